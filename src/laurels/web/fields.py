"""Inputs drawn without a template each: a form has a dozen, and the template of one costs more than a query."""

from typing import Any

from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.utils.html import escape
from django.utils.safestring import SafeString

WIDGETS = "django/forms/widgets/"
INPUTS = {f"{WIDGETS}{kind}.html" for kind in ("text", "email", "number", "hidden", "password", "url", "date")}
TEXTAREA = f"{WIDGETS}textarea.html"


class FieldRenderer(DjangoTemplates):
    """The same markup as Django's own templates, which are asked for everything that is not a plain input."""

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> SafeString:
        if template_name in INPUTS:
            return SafeString(_input(context["widget"]))
        if template_name == TEXTAREA:
            return SafeString(_textarea(context["widget"]))
        return SafeString(super().render(template_name, context, request))


def _input(widget: dict[str, Any]) -> str:
    value = "" if widget["value"] is None else f' value="{escape(str(widget["value"]))}"'
    return f'<input type="{escape(widget["type"])}" name="{escape(widget["name"])}"{value}{_attrs(widget)}>'


def _textarea(widget: dict[str, Any]) -> str:
    return f'<textarea name="{escape(widget["name"])}"{_attrs(widget)}>\n{escape(widget["value"] or "")}</textarea>'


def _attrs(widget: dict[str, Any]) -> str:
    given = [(name, value) for name, value in widget["attrs"].items() if value is not False]
    return "".join(
        f" {escape(name)}" if value is True else f' {escape(name)}="{escape(str(value))}"' for name, value in given
    )
