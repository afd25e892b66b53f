"""The record as Atom feeds: what is new in it, for readers' programs."""
