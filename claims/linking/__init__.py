"""Repeats, contradictions and updates found by comparing claims, and what editors make of them."""
