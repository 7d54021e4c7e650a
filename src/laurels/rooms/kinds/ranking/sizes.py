"""How big an item is, however it was said."""

from collections.abc import Iterable, Mapping

from laurels.rooms.kinds.ranking.state import Settings
from laurels.rooms.kinds.scene import Card

SHIRTS = {"XS": 1, "S": 2, "M": 3, "L": 5, "XL": 8, "XXL": 13}


def size_of(card: Card, settings: Settings) -> int:
    """In points, at least 1: a number, a T-shirt, or what the exercise says of an item without a size."""
    said = str(card.fields.get("size", "")).strip().upper()
    if said in SHIRTS:
        return SHIRTS[said]
    try:
        return max(1, round(float(said)))
    except ValueError:
        return settings.size


def sizes(ids: Iterable[str], cards: Mapping[str, Card], settings: Settings) -> int:
    return sum(size_of(cards[id_], settings) for id_ in ids if id_ in cards)
