"""The REST API: what is published, as JSON that PostgreSQL builds (docs/decisions/0034)."""
