"""Small template tags that draw components (see /components)."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.conf import settings
from django.templatetags.static import static

from laurels.programmes.rules.categories import category_in_words
from laurels.web.styles import MAIN, sheet

register = template.Library()


@register.inclusion_tag("web/parts/field.html")
def field(bound: Any) -> dict[str, Any]:
    """One form field with label, hint and errors."""
    # Each look at a bound field costs its template three tries: what is shown is looked up here, once.
    errors = bound.errors
    kind = "hidden" if bound.is_hidden else "set" if bound.use_fieldset else bound.widget_type
    return {
        "field": bound,
        "kind": kind,
        "label": bound.label,
        "hint": bound.help_text,
        "id": bound.auto_id,
        "target": bound.id_for_label,
        "is_optional": not bound.field.required,
        "errors": errors,
        "tone": " has-errors" if errors else "",
    }


@register.filter
def units(minutes: int) -> str:
    """Minutes as units: ``90`` is ``1.5``, ``-60`` is ``−1``."""
    shown = f"{abs(minutes) / 60:.2f}".rstrip("0").rstrip(".")
    return f"−{shown}" if minutes < 0 else shown


@register.filter
def labelled(key: str, labels: Mapping[str, str]) -> str:
    """The category's label among those of the rules that bind; of other rules', the words of its key."""
    return labels.get(key) or category_in_words(key)


@register.simple_tag
def stylesheet() -> str:
    """The address of all styles in one; while developing, of the files themselves."""
    return static(MAIN) if settings.DEBUG else f"/styles/{sheet().digest}.css"


@register.inclusion_tag("web/parts/ring.html")
def ring(percent: int) -> dict[str, int]:
    """A ring that is full at 100 percent; the figure stands in it."""
    return {"percent": max(0, min(100, percent))}
