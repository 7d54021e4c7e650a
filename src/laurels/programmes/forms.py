"""How trainers find, copy and change exercises."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from laurels.programmes.rules import StepWords, Wording, wording


class ShelfForm(forms.Form):
    """The filters of the exercises; nothing is required and anything unknown finds nothing."""

    q = forms.CharField(
        label=_("Words"), required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"})
    )
    kind = forms.ChoiceField(label=_("Kind"), required=False)

    def __init__(self, asked: Any, kinds: list[str]) -> None:
        super().__init__(asked)
        self.fields["kind"] = forms.ChoiceField(
            label=_("Kind"), required=False, choices=[("", _("Any")), *((kind, kind) for kind in kinds)]
        )


class CopyForm(forms.Form):
    key = forms.CharField(
        label=_("Short name of your copy"),
        max_length=60,
        help_text=_(
            "Small letters, digits and hyphens. With the name of the original, later exercises go on from yours."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class TextForm(forms.Form):
    """The whole exercise as TOML."""

    text = forms.CharField(
        label=_("The exercise"),
        strip=False,
        max_length=200_000,
        widget=forms.Textarea(attrs={"rows": 40, "spellcheck": "false", "autocapitalize": "off", "class": "code"}),
    )


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class WordsForm(forms.Form):
    """What most people want to change: title, minutes, what is said."""

    title = forms.CharField(label=_("Title"), max_length=120)
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=600)
    says = forms.CharField(
        label=_("What counts as taking part"),
        max_length=300,
        widget=_area(2),
        help_text=_("Shown to everybody. What is counted stands in the text of the exercise."),
    )
    about = forms.CharField(label=_("For the trainer"), max_length=20_000, required=False, widget=_area(8))

    def __init__(self, asked: Any, plan: Mapping[str, Any]) -> None:
        words = wording(plan)
        initial: dict[str, Any] = {name: getattr(words, name) for name in ("title", "minutes", "says", "about")}
        for at, step in enumerate(words.steps):
            initial |= {f"step-{at}-{name}": getattr(step, name) for name in ("title", "minutes", "say")}
        super().__init__(asked, initial=initial)
        self.count = len(words.steps)
        for at in range(self.count):
            self.fields[f"step-{at}-title"] = forms.CharField(label=_("Title"), max_length=120)
            self.fields[f"step-{at}-minutes"] = forms.IntegerField(label=_("Minutes"), min_value=0, max_value=600)
            self.fields[f"step-{at}-say"] = forms.CharField(label=_("What to say"), max_length=2000, widget=_area(3))

    def whole(self) -> list[BoundField]:
        """The fields of the exercise as a whole."""
        return [self[name] for name in ("title", "minutes", "says", "about")]

    def steps(self) -> Iterator[list[BoundField]]:
        for at in range(self.count):
            yield [self[f"step-{at}-{name}"] for name in ("title", "minutes", "say")]

    def wording(self) -> Wording:
        """What was typed, once it is valid."""
        typed = {name: _plain(value) for name, value in self.cleaned_data.items()}
        steps = [
            StepWords(typed[f"step-{at}-title"], typed[f"step-{at}-minutes"], typed[f"step-{at}-say"])
            for at in range(self.count)
        ]
        return Wording(typed["title"], typed["minutes"], typed["about"], tuple(steps), typed["says"])


def _plain(value: Any) -> Any:
    """Browsers send two characters for the end of a line."""
    return value.replace("\r\n", "\n") if isinstance(value, str) else value
