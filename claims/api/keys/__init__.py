"""Keys of the API, and how much may be asked with one and without (docs/decisions/0031).

``entrance.py`` looks at each request before anything else does; views find the key at
``request.auth`` (``authentication.py``) and ask for its scopes by ``scope.Scope``.
"""
