from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from laurels.credentials.models import ExperienceRuling
from laurels.credentials.queries import InvitationPage

LARGEST_FILE = 2_000_000


class AcceptanceForm(forms.Form):
    """The terms; and, where the letter went to another address, that this account is meant."""

    accepts_licence = forms.BooleanField(label=_("I have read the terms and accept them."), required=False)
    uses_this_account = forms.BooleanField(
        error_messages={"required": _("Tick this if the account is yours, or sign out and open the link again.")}
    )

    def __init__(self, data: Any = None, *, page: InvitationPage) -> None:
        super().__init__(data)
        if page.is_elsewhere:
            words = _("The letter went to %(email)s. I want the certificate in the account that I am signed in to.")
            self.fields["uses_this_account"].label = words % {"email": page.invitation.email}
        else:
            del self.fields["uses_this_account"]


class NumberForm(forms.Form):
    number = forms.CharField(label=_("Certificate number"), max_length=60, help_text=_("Such as CG-CSPO-7K3M-92QF."))
    name = forms.CharField(label=_("Name on the certificate"), max_length=200)


class FileForm(forms.Form):
    file = forms.FileField(
        label=_("File"), help_text=_("The credential (JSON), the badge (PNG or SVG) or the certificate (PDF).")
    )

    def clean_file(self) -> UploadedFile[bytes]:
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if file.size and file.size > LARGEST_FILE:
            raise forms.ValidationError(_("This file is larger than any certificate of ours."))
        return file


class LinkForm(forms.Form):
    link = forms.CharField(label=_("Link"), max_length=500, help_text=_("The address printed beside the QR code."))


class SearchForm(forms.Form):
    q = forms.CharField(label=_("Name or number"), max_length=120, required=False)


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("One sentence; the person reads it too."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class NameForm(forms.Form):
    name = forms.CharField(label=_("Right name"), max_length=200)
    reason = forms.CharField(label=_("Why"), max_length=2000, required=False)


class ExperienceForm(forms.Form):
    """A stretch of work in a role."""

    role = forms.ChoiceField(label=_("Role, and the body that asks"))
    organisation = forms.CharField(
        label=_("Where"), max_length=160, widget=forms.TextInput(attrs={"autocomplete": "organization"})
    )
    since = forms.DateField(label=_("From"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    until = forms.DateField(
        label=_("Until"),
        required=False,
        help_text=_("Leave it empty if it goes on."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    did = forms.CharField(
        label=_("What did you do?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Two or three sentences: the product, the team, what you decided."),
    )
    referee = forms.EmailField(
        label=_("Somebody who can confirm it"),
        required=False,
        help_text=_("An address; only the certifying body sees it."),
    )

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["role"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def claim(self) -> dict[str, Any]:
        """Arguments of ``claim_experience``, with the body's slug as ``slug``."""
        values = dict(self.cleaned_data)
        slug, _colon, role = values.pop("role").partition(":")
        return values | {"slug": slug, "role": role}


class WordsForm(forms.Form):
    words = forms.CharField(max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2}))


class RulingForm(WordsForm):
    verdict = forms.ChoiceField(choices=ExperienceRuling.Verdict.choices)
