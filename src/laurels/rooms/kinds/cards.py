"""What most kinds do with cards, once: writing, changing and withdrawing them."""

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _
from msgspec import Struct

from laurels.kernel.refusal import Refusal
from laurels.rooms.kinds.scene import Card, Scene

CARD_MOST = 280


class Edit(Struct, frozen=True, tag_field="verb", tag="edit"):
    """Give a card other words."""

    card: str
    text: str


class Withdraw(Struct, frozen=True, tag_field="verb", tag="withdraw"):
    """Take a card back."""

    card: str


def new_card(scene: Scene, text: str, *, sort: str = "card", origin: str = "", nth: int = 0, **fields: Any) -> Card:
    """The card this act makes; its id was set aside by the engine."""
    return Card(id=scene.fresh[nth], text=text, sort=sort, fields=fields, by=scene.by.id, origin=origin)


def reworded(card: Card, text: str) -> Card:
    return replace(card, text=text)


def why_not_words(text: str, *, most: int = CARD_MOST) -> Refusal | None:
    if not text:
        return Refusal("empty", _("There are no words on it yet. Write something first."), "text")
    if len(text) > most:
        message = _("That is %(length)s letters; %(most)s fit on one. Shorten it, or make two.")
        return Refusal("long", message % {"length": len(text), "most": most}, "text")
    return None


def why_not_this_card(card_id: str, scene: Scene) -> Refusal | None:
    """Why nothing can be done with this card: it is not here, or not any more."""
    if card_id not in scene.cards:
        return Refusal("no-card", _("This card is not here any more. Somebody may have merged or withdrawn it."))
    return None


def why_not_change(card_id: str, scene: Scene) -> Refusal | None:
    """Words belong to whoever wrote them; the trainer may change any."""
    if refusal := why_not_this_card(card_id, scene):
        return refusal
    if scene.cards[card_id].by != scene.by.id and not scene.by.is_trainer:
        return Refusal("not-yours", _("Only whoever wrote this changes its words. You can talk about it, or add one."))
    return None
