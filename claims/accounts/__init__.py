"""Who comes in to the desk, and how: passwords, second factor, sessions (docs/decisions/0042)."""
