"""A package, so that a fixture can be of its scope."""
