"""Writing by key: candidates, evidence and developments are proposed, an editor decides
(docs/decisions/0036). Nothing here publishes."""
