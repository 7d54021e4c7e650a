"""Doors for everybody (programmes, courses, rules) and for trainers (exercises)."""
