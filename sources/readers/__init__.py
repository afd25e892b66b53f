"""Files become words: one module for each kind of file, and the child process they work in.

No Django here, so that the child starts with the readers alone. `sources/read.py` is the way in.
"""
