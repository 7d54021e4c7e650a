"""Money is whole minor units and a currency; never a float."""

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

    def __str__(self) -> str:
        digits = MINOR_DIGITS.get(self.currency, 2)
        whole, part = divmod(abs(self.minor), 10**digits)
        amount = f"{whole:,}".replace(",", "\u2009") + (f".{part:0{digits}d}" if digits else "")
        return f"{'−' if self.minor < 0 else ''}{self.currency}\u00a0{amount}"
