import json
from dataclasses import dataclass

from django.utils.translation import gettext as _

from laurels.participation.queries.participants import participants_on
from laurels.participation.rules import Participant
from laurels.programmes.models import Block
from laurels.workshops.models import Workshop

PAGE = 50


@dataclass(frozen=True, slots=True)
class Missing:
    """A block that somebody was not in from start to end; ``minutes`` None: not noted."""

    block: Block
    minutes: int | None

    def __str__(self) -> str:
        if self.minutes is None:
            return _("%(block)s (not noted)") % {"block": self.block.title}
        words = {"block": self.block.title, "minutes": self.minutes, "length": self.block.minutes}
        return _("%(block)s (%(minutes)s of %(length)s min)") % words


@dataclass(frozen=True, slots=True)
class DecisionRow:
    someone: Participant
    missing: list[Missing]
    was_there_throughout: bool
    chosen: str
    reason: str
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class DecisionPage:
    workshop: Workshop
    rows: list[DecisionRow]
    minimum: int
    page: int
    has_more: bool

    @property
    def seen(self) -> str:
        """seat → the decision the page showed, sent back with it, so that nobody decides over a newer one unseen."""
        shown = {row.someone.public_id: row.someone.attestation_id for row in self.rows if row.someone.attestation_id}
        return json.dumps(shown, separators=(",", ":"))

    @property
    def undecided(self) -> int:
        return sum(not row.someone.decision for row in self.rows)

    @property
    def throughout(self) -> int:
        return sum(not row.someone.decision and row.was_there_throughout for row in self.rows)


def decision_page(
    workshop: Workshop, *, page: int = 1, refused: dict[str, tuple[str, str, str]] | None = None
) -> DecisionPage:
    """``refused``: seat's public id → decision and reason as typed, and why they were not saved."""
    blocks = counted_blocks(workshop)
    start = (max(page, 1) - 1) * PAGE
    people = participants_on(workshop, workshop.seats.filled().by_name()[start : start + PAGE + 1])
    rows = [_row(someone, blocks, (refused or {}).get(someone.public_id)) for someone in people[:PAGE]]
    return DecisionPage(workshop, rows, workshop.curriculum.minimum_minutes, max(page, 1), len(people) > PAGE)


def counted_blocks(workshop: Workshop) -> list[Block]:
    return list(Block.objects.filter(curriculum=workshop.curriculum_id).counted().in_order())


def missing(someone: Participant, blocks: list[Block]) -> list[Missing]:
    return [
        Missing(block, someone.minutes.get(block.key))
        for block in blocks
        if someone.minutes.get(block.key) != block.minutes
    ]


def was_there_throughout(someone: Participant, blocks: list[Block]) -> bool:
    """In every block from start to end, and with a part in every required exercise that was held."""
    return not missing(someone, blocks) and not someone.missed


def _row(someone: Participant, blocks: list[Block], typed: tuple[str, str, str] | None) -> DecisionRow:
    chosen, reason, refusal = typed or (someone.decision, someone.reason, "")
    throughout = was_there_throughout(someone, blocks)
    return DecisionRow(someone, missing(someone, blocks), throughout, chosen, reason, refusal)
