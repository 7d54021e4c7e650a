"""Doors to orders and their money."""
