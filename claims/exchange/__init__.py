"""The record as tables: written to files, read from them, each row's fate told before."""
