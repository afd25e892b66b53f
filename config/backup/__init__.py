"""The backup of all there is, and the way back (docs/decisions/0043)."""
