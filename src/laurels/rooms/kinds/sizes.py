"""How big an item was said to be: a number, or a T-shirt."""

from laurels.rooms.kinds.scene import Card

SHIRTS = {"XS": 1, "S": 2, "M": 3, "L": 5, "XL": 8, "XXL": 13}


def points(card: Card) -> int | None:
    """In points, at least 1; None when nobody said a size that can be read."""
    said = str(card.fields.get("size", "")).strip().upper()
    if said in SHIRTS:
        return SHIRTS[said]
    try:
        return max(1, round(float(said)))
    except ValueError:
        return None
