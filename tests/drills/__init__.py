"""Bad days, played for real: full form with ``make drills``, quick form in ``make test``."""
