"""How big an item is, however it was said."""

from collections.abc import Iterable, Mapping

from laurels.rooms.kinds.ranking.state import Settings
from laurels.rooms.kinds.scene import Card
from laurels.rooms.kinds.sizes import points


def size_of(card: Card, settings: Settings) -> int:
    """In points; what the exercise says of an item without a size."""
    return points(card) or settings.size


def sizes(ids: Iterable[str], cards: Mapping[str, Card], settings: Settings) -> int:
    return sum(size_of(cards[id_], settings) for id_ in ids if id_ in cards)
