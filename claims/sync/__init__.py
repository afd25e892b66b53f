"""Synchronisation: what others need to stay in step with the record: the change log, webhooks,
dumps."""
