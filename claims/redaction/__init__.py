"""Words taken out of the record for good: everywhere it holds them, and provably nothing else
(docs/decisions/0046)."""
