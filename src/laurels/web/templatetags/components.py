"""Small template tags that draw components (see /components)."""

from typing import Any

from django import template
from django.conf import settings
from django.templatetags.static import static

from laurels.web.styles import MAIN, sheet

register = template.Library()


@register.inclusion_tag("web/parts/field.html")
def field(bound: Any) -> dict[str, Any]:
    """One form field with label, hint and errors."""
    return {"field": bound}


@register.filter
def units(minutes: int) -> str:
    """Minutes as units: ``90`` is ``1.5``, ``-60`` is ``−1``."""
    shown = f"{abs(minutes) / 60:.2f}".rstrip("0").rstrip(".")
    return f"−{shown}" if minutes < 0 else shown


@register.simple_tag
def stylesheet() -> str:
    """The address of all styles in one; while developing, of the files themselves."""
    return static(MAIN) if settings.DEBUG else f"/styles/{sheet().digest}.css"


@register.inclusion_tag("web/parts/ring.html")
def ring(percent: int) -> dict[str, int]:
    """A ring that is full at 100 percent; the figure stands in it."""
    return {"percent": max(0, min(100, percent))}
