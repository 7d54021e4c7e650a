"""The verbs; the only writers. Packs are loaded, trainers make exercises and bodies rules of their own."""

from laurels.programmes.actions.exercises import (
    LoadedExercises,
    change_exercise,
    copy_exercise,
    load_exercises,
    withdraw_exercise,
)
from laurels.programmes.actions.loading import Loaded, load, load_pack
from laurels.programmes.actions.policies import (
    begin_policy,
    change_policy,
    drop_policy,
    put_into_effect,
    read_draft_policy,
)

__all__ = [
    "Loaded",
    "LoadedExercises",
    "begin_policy",
    "change_exercise",
    "change_policy",
    "copy_exercise",
    "drop_policy",
    "load",
    "load_exercises",
    "load_pack",
    "put_into_effect",
    "read_draft_policy",
    "withdraw_exercise",
]
