"""Pages are read from replicas of the database, where there are some (docs/decisions/0044)."""
