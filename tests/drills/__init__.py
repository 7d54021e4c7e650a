"""Drills: what must hold on the worst of days, at full size with `make drills`, at a small one in the tests."""
