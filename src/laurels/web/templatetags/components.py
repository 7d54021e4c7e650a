"""Small template tags that draw components (see /components)."""

from typing import Any

from django import template

register = template.Library()


@register.inclusion_tag("web/parts/field.html")
def field(bound: Any) -> dict[str, Any]:
    """One form field with label, hint and errors."""
    return {"field": bound}
