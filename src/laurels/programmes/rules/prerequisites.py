"""What a person must bring before a scheme can be awarded to them, beside its course."""

from dataclasses import dataclass
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

ACTIVE, ACTIVE_OR_LAPSED = "active", "active-or-lapsed"
STANDINGS = (ACTIVE, ACTIVE_OR_LAPSED)


@dataclass(frozen=True, slots=True)
class LowerCertificate:
    """A certification of the same body, by its code, and how it must stand."""

    scheme: str
    standing: str

    @property
    def in_words(self) -> Any:
        wanted = _("active") if self.standing == ACTIVE else _("active or lapsed")
        return format_lazy("{} ({})", self.scheme, wanted)


@dataclass(frozen=True, slots=True)
class AskedExperience:
    """Months of work in a role, counted back so many months from the day of the award."""

    months: int
    within_months: int
    role: str

    @property
    def in_words(self) -> str:
        words = ngettext(
            "%(months)s month of work as a %(role)s in the last %(within)s, before or after the course",
            "%(months)s months of work as a %(role)s in the last %(within)s, before or after the course",
            self.months,
        )
        return words % {"months": self.months, "role": self.role, "within": _stretch(self.within_months)}


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that is needed. For a certain person: whether it is there, and how far it has come."""

    words: Any
    is_met: bool | None = None
    progress: str = ""


@dataclass(frozen=True, slots=True)
class Prerequisites:
    """One of ``requires`` is enough; ``experience`` is asked beside it."""

    requires: tuple[LowerCertificate, ...] = ()
    experience: AskedExperience | None = None

    def __bool__(self) -> bool:
        return bool(self.requires or self.experience)

    def names(self, scheme: str, role: str) -> bool:
        """Whether a certification of ``scheme`` or work in ``role`` could be what is waited for."""
        return scheme in {each.scheme for each in self.requires} or bool(
            self.experience and self.experience.role == role
        )

    @property
    def in_words(self) -> list[str]:
        """A line for each thing that is needed, for people."""
        lower = str(_(" or ")).join(str(each.in_words) for each in self.requires)
        return [*([lower] if lower else []), *([self.experience.in_words] if self.experience else [])]


def prerequisites(stored: dict[str, Any]) -> Prerequisites:
    """What ``Scheme.prerequisites`` holds, typed."""
    experience = stored.get("experience")
    return Prerequisites(
        tuple(LowerCertificate(**each) for each in stored.get("requires", [])),
        AskedExperience(**experience) if experience else None,
    )


def _stretch(months: int) -> str:
    years, rest = divmod(months, 12)
    if rest:
        return ngettext("%(n)s month", "%(n)s months", months) % {"n": months}
    return ngettext("year", "%(n)s years", years) % {"n": years}
