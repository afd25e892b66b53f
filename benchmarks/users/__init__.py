"""Who uses a site, for Locust (benchmarks/load.py): people with time to think between two requests.

These modules run in an environment of their own, without Django: what they ask for, and what must
be in the answers, comes from the file that ASKED names.
"""
