"""Work that nobody waits for: a queue of jobs in the database, and the worker that does them."""
