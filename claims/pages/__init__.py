"""The public pages: read-only, no login. One file a page; ``urls.py`` says where each is."""
