"""The authors' handbook names every letter, blank and rule there is."""

from django.conf import settings

from laurels.programmes.rules import LETTERS
from laurels.programmes.rules.parameters import PARAMETERS
from laurels.programmes.rules.words import SENTENCES


def test_the_handbook_is_in_step_with_the_code():
    handbook = (settings.PACKS.parent / "docs" / "packs.md").read_text(encoding="utf-8")

    for key, blanks in LETTERS.items():
        assert f"| `{key}` | {', '.join(f'`{blank}`' for blank in sorted(blanks))} |" in handbook
    for name in PARAMETERS:
        assert f"`{name}`" in handbook


def test_every_rule_has_a_sentence():
    assert SENTENCES.keys() == PARAMETERS.keys()
