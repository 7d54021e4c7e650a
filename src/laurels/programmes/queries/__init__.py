"""What a body's programmes say today, the exercises there are, and the read models of the pages."""

from laurels.programmes.queries.exercises import (
    ExercisePage,
    Shelf,
    exercise_file,
    exercise_named,
    exercise_page,
    exercises_for,
    exercises_of,
    kinds_of_exercises,
    objective_codes,
    own_pack,
    shelf,
)
from laurels.programmes.queries.pages import (
    course_page,
    latest_curriculum,
    latest_layout,
    latest_licence,
    letter_template,
    policy_in_force,
    policy_page,
    scheme_page,
)

__all__ = [
    "ExercisePage",
    "Shelf",
    "course_page",
    "exercise_file",
    "exercise_named",
    "exercise_page",
    "exercises_for",
    "exercises_of",
    "kinds_of_exercises",
    "latest_curriculum",
    "latest_layout",
    "latest_licence",
    "letter_template",
    "objective_codes",
    "own_pack",
    "policy_in_force",
    "policy_page",
    "scheme_page",
    "shelf",
]
