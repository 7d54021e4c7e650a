from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _


class PaymentForm(forms.Form):
    """How the money of an order came; both may stay empty."""

    note = forms.CharField(label=_("Note"), max_length=250, required=False)


class SecretField(forms.CharField):
    """Typed once, never shown again: not even after a mistake."""

    def __init__(self, **more: Any) -> None:
        widget = forms.PasswordInput(render_value=False, attrs={"autocomplete": "off", "spellcheck": "false"})
        super().__init__(max_length=300, widget=widget, **more)


class CardAccountForm(forms.Form):
    key = SecretField(
        label=_("Secret key"),
        validators=[RegexValidator(r"^(sk|rk)_[\w]+$", _("A secret key begins with sk_ or rk_."))],
        help_text=_("From the card service's dashboard. A restricted key (rk_) is enough."),
    )
    webhook_secret = SecretField(
        label=_("Webhook secret"),
        required=False,
        validators=[RegexValidator(r"^whsec_[\w+/=]+$", _("A webhook secret begins with whsec_."))],
        help_text=_("You get it where you enter the webhook address; it can follow later."),
    )


class WebhookSecretForm(forms.Form):
    secret = SecretField(
        label=_("New webhook secret"),
        validators=[RegexValidator(r"^whsec_[\w+/=]+$", _("A webhook secret begins with whsec_."))],
    )
