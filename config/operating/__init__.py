"""What those who run Constat see of it: probes, metrics and logs (docs/decisions/0043)."""
