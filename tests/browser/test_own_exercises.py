"""A trainer makes an exercise their own in a real browser; every page passes before axe."""

import re

import pytest

from tests.browser.conftest import Eyes

pytestmark = pytest.mark.browser


def test_an_exercise_is_found_copied_and_changed(eyes: Eyes):
    eyes.enter("Tess Lindqvist")
    eyes.go("/desk/workshops")
    eyes.follow("Exercises")
    eyes.page.get_by_label("Words").fill("vision")
    eyes.press("Show")
    eyes.look("exercises")
    eyes.follow("Product vision board")
    eyes.look("exercise")

    eyes.press("Copy into my exercises")
    eyes.sees("This copy is yours.")
    eyes.page.get_by_label("Title").first.fill("Our vision board")
    eyes.page.get_by_label("Minutes").first.fill("3")
    eyes.press("Save")
    eyes.sees("the exercise has 3")
    eyes.look("exercise-words")
    assert eyes.page.get_by_label("Title").first.input_value() == "Our vision board"

    eyes.follow("Everything else")
    text = eyes.page.get_by_label("The exercise")
    text.fill(re.sub("per = .*", 'pre = "team"', text.input_value()))
    eyes.press("Save")
    eyes.sees("Did you mean")
    eyes.look("exercise-text")
    text.fill(text.input_value().replace('pre = "team"', 'per = "team"  # five at a table'))
    eyes.press("Save")
    eyes.sees("is saved.")
    eyes.go("/desk/exercises")
    eyes.sees("Your own")
