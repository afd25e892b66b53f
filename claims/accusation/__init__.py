"""Claims that somebody did what the law forbids."""
