from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

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
