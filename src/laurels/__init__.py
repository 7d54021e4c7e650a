"""Laurels runs a participation-based certification programme, from the first lesson to the renewed credential."""

from laurels.sqlite import prefer_bundled_sqlite

prefer_bundled_sqlite()
