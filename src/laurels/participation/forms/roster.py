from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class SignForm(forms.Form):
    """The signature is typed, so that nobody signs by a slip; ``seen`` is the digest of what was read."""

    words = forms.CharField(label=gettext_lazy("Type “I attest” to sign"), max_length=40)
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def clean_words(self) -> str:
        typed = " ".join(self.cleaned_data["words"].split()).strip(".").casefold()
        if typed not in {"i attest", str(_("I attest")).casefold()}:
            raise forms.ValidationError(_("Type the two words “I attest”."))
        return typed


class ReturnForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("What has to be put right"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )
