"""Measure the extractor against articles annotated by hand; see ``seeds/gold``."""
