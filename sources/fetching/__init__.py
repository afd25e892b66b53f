"""Fetch what stands at an address of the web: only public addresses, politely, within limits."""
