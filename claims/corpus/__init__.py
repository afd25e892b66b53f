"""Millions of documents: read by many processes, on one machine or several, loaded by COPY.

``run`` cuts files into parts, has the workers of ``cluster`` read them (``work``) and loads each in
one transaction with a mark of how far it came (``load``, ``mark``).
"""
