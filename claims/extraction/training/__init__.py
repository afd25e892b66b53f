"""Train what the extractor learns from annotated articles: ``make weights GOLD=folder``."""
