"""What a page tells machines, in the terms of schema.org: rows in, JSON-LD as dicts out.

Every address is that of the page in the site's first language: a thing has one, whichever page
tells of it. Nothing here asks the database but ``reviewed.py`` and what a row has not loaded.
"""
