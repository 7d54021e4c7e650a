"""The verbs; the only writers. Packs are loaded, trainers make exercises of their own."""

from laurels.programmes.actions.exercises import (
    LoadedExercises,
    change_exercise,
    copy_exercise,
    load_exercises,
    withdraw_exercise,
)
from laurels.programmes.actions.loading import Loaded, load, load_pack

__all__ = [
    "Loaded",
    "LoadedExercises",
    "change_exercise",
    "copy_exercise",
    "load",
    "load_exercises",
    "load_pack",
    "withdraw_exercise",
]
