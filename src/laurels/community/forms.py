"""Input → clean values; never saves."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from laurels.community import rules
from laurels.community.models import Profile, Report, Ruling
from laurels.community.queries import Badge
from laurels.kernel.refusal import Refusal


class ProfileForm(forms.Form):
    about = forms.CharField(
        label=_("About me"),
        required=False,
        help_text=_("What you do, what you like to talk about, what others may ask you. Markdown works here."),
        widget=forms.Textarea(attrs={"rows": 7}),
    )
    place = forms.CharField(
        label=_("Place"), required=False, max_length=80, help_text=_("As exactly as you like: a town, a country.")
    )
    languages = forms.CharField(
        label=_("Languages you speak"),
        required=False,
        max_length=400,
        help_text=_("With commas between them, such as: English, Deutsch, 日本語."),
    )
    links = forms.CharField(
        label=_("Links"),
        required=False,
        help_text=_("Up to five, one a line. Each begins with https://."),
        widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false", "autocapitalize": "none"}),
    )
    shown = forms.MultipleChoiceField(
        label=_("Certifications to show"),
        required=False,
        help_text=_("Each with how it stands on the day somebody looks."),
        widget=forms.CheckboxSelectMultiple,
    )
    audience = forms.ChoiceField(
        label=_("Who may see it"),
        choices=Profile.Audience.choices,
        initial=Profile.Audience.MEMBERS,
        widget=forms.RadioSelect,
    )
    is_listed = forms.BooleanField(label=_("List me in the directory of members"), required=False, initial=True)
    takes_letters = forms.BooleanField(
        label=_("Others may write to me"),
        required=False,
        initial=True,
        help_text=_("Here, on a page. Nobody learns your e-mail address, and you can block anybody."),
    )

    def __init__(self, *args: Any, badges: list[Badge], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(one.certification.number, f"{one.scheme.name} ({one.standing.label})") for one in badges]
        self.fields["shown"].choices = choices  # type: ignore[attr-defined]
        if not choices:
            del self.fields["shown"]

    def clean_languages(self) -> list[str]:
        return self._read(rules.read_languages(self.cleaned_data["languages"]))

    def clean_links(self) -> list[str]:
        return self._read(rules.read_links(self.cleaned_data["links"]))

    def _read(self, found: list[str] | Refusal) -> list[str]:
        if isinstance(found, Refusal):
            raise forms.ValidationError(str(found))
        return found


class SearchForm(forms.Form):
    """What the directory is searched by; only ever drawn, for whatever is wrong with it finds nobody or everybody."""

    # Of a search everybody knows that it may be left empty; to say so four times is in the way.
    use_required_attribute = False

    name = forms.CharField(label=_("Name"), max_length=100)
    place = forms.CharField(label=_("Place"), max_length=80)
    language = forms.ChoiceField(label=_("Language"))
    scheme = forms.ChoiceField(label=_("Certification"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = sorted(rules.language_names().items(), key=lambda one: one[1])
        self.fields["language"].choices = [("", _("Any")), *names]  # type: ignore[attr-defined]


class MessageForm(forms.Form):
    text = forms.CharField(
        label=_("Your message"),
        widget=forms.Textarea(attrs={"rows": 4, "maxlength": rules.LENGTH_MOST}),
    )


class ReportForm(forms.Form):
    reason = forms.ChoiceField(label=_("What is wrong?"), choices=Report.Reason.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("In your words"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class RulingForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("What follows?"),
        choices=[
            (Ruling.Kind.NONE, _("Nothing: it does not break the code")),
            (Ruling.Kind.WARN, _("A word of warning, by letter")),
            (Ruling.Kind.HIDE, _("Hide it")),
            (Ruling.Kind.EXCLUDE, _("Exclude the person: no profile, no writing; the certification is not touched")),
        ],
        widget=forms.RadioSelect,
    )
    months = forms.TypedChoiceField(
        label=_("An exclusion lasts"),
        required=False,
        coerce=int,
        initial="1",
        empty_value=None,
        choices=[("1", _("one month")), ("3", _("three months")), ("12", _("a year")), ("", _("for good"))],
    )
    words = forms.CharField(
        label=_("Why"),
        max_length=2000,
        error_messages={"required": _("Say why: the person concerned reads it.")},
        help_text=_("The person concerned reads it. Whoever reported it does not."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
