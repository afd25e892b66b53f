"""What sites publish, as they announce it: feeds and news sitemaps, polled; each entry once."""
