"""Money is whole minor units and a currency; never a float."""

from collections.abc import Sequence
from dataclasses import dataclass

# ISO 4217: currencies whose minor unit is not a hundredth.
MINOR_DIGITS = {"JPY": 0, "KRW": 0, "CLP": 0, "ISK": 0, "VND": 0, "BHD": 3, "KWD": 3, "TND": 3, "JOD": 3, "OMR": 3}


@dataclass(frozen=True, slots=True)
class Money:
    """``minor`` units (cents) of an ISO 4217 ``currency``."""

    minor: int
    currency: str

    @property
    def is_free(self) -> bool:
        return self.minor == 0

    def __add__(self, other: "Money") -> "Money":
        if self.currency != other.currency:
            raise ValueError(f"cannot add {other.currency} to {self.currency}")
        return Money(self.minor + other.minor, self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return self + Money(-other.minor, other.currency)

    def __str__(self) -> str:
        digits = MINOR_DIGITS.get(self.currency, 2)
        whole, part = divmod(abs(self.minor), 10**digits)
        amount = f"{whole:,}".replace(",", "\u2009") + (f".{part:0{digits}d}" if digits else "")
        return f"{'−' if self.minor < 0 else ''}{self.currency}\u00a0{amount}"


def part_of(minor: int, numerator: int, denominator: int) -> int:
    """``minor × numerator / denominator``, half up away from zero, in whole minor units."""
    sign = -1 if minor < 0 else 1
    return sign * ((2 * abs(minor) * numerator + denominator) // (2 * denominator))


def shares(minor: int, weights: Sequence[int]) -> list[int]:
    """``minor`` split by weight into whole minor units that add up to it exactly; earlier ones get the odd cents.

    Weights of nothing but zero split it evenly.
    """
    total = sum(weights)
    if not total:
        weights, total = [1] * len(weights), len(weights)
    upto, given, parts = 0, 0, []
    for weight in weights:
        upto += weight
        # Rounding the running sum up, not each part, is what makes them add up.
        reached = -(-minor * upto // total)
        parts.append(reached - given)
        given = reached
    return parts
