from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from laurels.participation.queries import OwnSeat
from laurels.participation.rules import clean_name, why_not_this_name
from laurels.people.models import normal_email


class DeclarationForm(forms.Form):
    """The learner's words for the certificate; the addresses offered are their own verified ones."""

    certificate_name = forms.CharField(
        label=gettext_lazy("Your name, as it shall stand on the certificate"),
        help_text=gettext_lazy("Any script, one word or many."),
        max_length=400,
        strip=True,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.ChoiceField(label=gettext_lazy("Where the invitation goes"), widget=forms.RadioSelect)
    is_member_already = forms.TypedChoiceField(
        label=gettext_lazy("Are you a member of the certifying body already?"),
        choices=[("no", gettext_lazy("No, this is my first certification there")), ("yes", gettext_lazy("Yes"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    member_email = forms.EmailField(
        label=gettext_lazy("Under which e-mail?"),
        help_text=gettext_lazy("Only if you said yes. It keeps you from getting a second account."),
        required=False,
        max_length=254,
    )

    def __init__(self, *args: Any, own: OwnSeat, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(address.email, address.email) for address in own.addresses]
        self.fields["email"] = forms.ChoiceField(
            label=self.base_fields["email"].label, choices=offered, widget=forms.RadioSelect
        )
        self.order_fields(["certificate_name", "email", "is_member_already", "member_email"])

    def clean_certificate_name(self) -> str:
        name = clean_name(self.cleaned_data["certificate_name"])
        if refusal := why_not_this_name(name):
            raise forms.ValidationError(str(refusal))
        return name

    def clean(self) -> dict[str, Any]:
        values = self.cleaned_data
        values["member_email"] = normal_email(values.get("member_email", ""))
        is_member = values.get("is_member_already")
        if is_member and not values["member_email"] and "member_email" not in self.errors:
            self.add_error("member_email", _("Write the address of your account there."))
        if is_member is False:
            values["member_email"] = ""
        return values

    @classmethod
    def initial_for(cls, own: OwnSeat) -> dict[str, Any]:
        """What was confirmed last, else what the booking knows."""
        said = getattr(own.seat, "declaration", None)
        first = own.addresses[0].email if own.addresses else ""
        if said is None:
            return {"certificate_name": own.seat.name, "email": first}
        return {
            "certificate_name": said.certificate_name,
            "email": said.email,
            "is_member_already": "yes" if said.is_member_already else "no",
            "member_email": said.member_email,
        }
