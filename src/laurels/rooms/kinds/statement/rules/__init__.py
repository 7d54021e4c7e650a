"""What may be done with statements, and what it changes."""

from laurels.rooms.kinds.statement.rules.allowing import why_not
from laurels.rooms.kinds.statement.rules.beginning import begin, check, enter
from laurels.rooms.kinds.statement.rules.changing import apply, total

__all__ = ["apply", "begin", "check", "enter", "total", "why_not"]
