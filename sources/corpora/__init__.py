"""Corpora: files of millions of documents, gone through from any place on, a document at a time."""
