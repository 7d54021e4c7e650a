"""From parts to HTML. A part's root element has the id ``{{ id }}``; ids inside begin with ``{{ prefix }}``."""

from collections.abc import Iterable, Sequence

from django.template.loader import get_template
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from laurels.rooms.kinds import Kind
from laurels.rooms.kinds.scene import Eyes, Hand, Part, Stage


def element_id(stage: Stage, name: str) -> str:
    """``c5-card-x7`` for the part ``card:x7`` of canvas 5."""
    return f"{stage.prefix}-{name.replace(':', '-')}"


def shared(kind: Kind, names: Iterable[str], stage: Stage, eyes: Eyes) -> str:
    """The named parts as everybody of an audience sees them; what is gone is said to be gone."""
    return mark_safe("".join(_drawn(kind, name, stage, eyes) for name in dict.fromkeys(names)))


def own(kind: Kind, stage: Stage, hand: Hand) -> str:
    return html(kind.own(stage, hand), stage, "own")


def sheet(kind: Kind, card_id: str, stage: Stage, hand: Hand) -> str | None:
    part = kind.sheet(card_id, stage, hand)
    return None if part is None else html(part, stage, "sheet")


def together(kind: Kind, stages: Sequence[Stage]) -> str:
    """Canvases of all teams compared, under the id ``together``; empty where the kind compares nothing."""
    part = kind.together(stages) if len(stages) > 1 else None
    return mark_safe("" if part is None else get_template(part.template).render({"id": "together", **part.context}))


def _drawn(kind: Kind, name: str, stage: Stage, eyes: Eyes) -> str:
    part = kind.part(name, stage, eyes)
    if part is None:
        return format_html('<template id="{}" data-gone></template>', element_id(stage, name))
    return html(part, stage, name)


def html(part: Part, stage: Stage, name: str) -> str:
    context = {"stage": stage, "prefix": stage.prefix, "id": element_id(stage, name), **part.context}
    return get_template(part.template).render(context)
