"""The REST API over what is published."""
