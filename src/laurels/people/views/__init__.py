"""Doors for people: signing in, one's own account, organisations."""
