"""The staff's queue of reports, one case, and a ruling as the person concerned sees it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Prefetch

from laurels.community.models import Appeal, Case, Report, Ruling
from laurels.community.rules.conduct import DAYS_TO_APPEAL
from laurels.kernel.actor import Actor
from laurels.people.models import Role

PAGE = 100


@dataclass(frozen=True, slots=True)
class Queue:
    """What waits, the oldest first; ``ruled`` are the latest that are done."""

    cases: list[Case]
    appeals: list[Appeal]
    ruled: list[Case]

    @property
    def is_empty(self) -> bool:
        return not (self.cases or self.appeals or self.ruled)


@dataclass(frozen=True, slots=True)
class CasePage:
    """``earlier`` are other cases that concern the same person."""

    case: Case
    reports: list[Report]
    rulings: list[Ruling]
    earlier: list[Case]


@dataclass(frozen=True, slots=True)
class RulingPage:
    """``shown`` is what was reported, as it was then."""

    ruling: Ruling
    shown: str
    appeal: Appeal | None
    may_appeal: bool


def queue(by: Actor) -> Queue:
    held = Case.objects.held_by(by).select_related("concerned", "body").annotate(count=Count("reports"))
    appeals = Appeal.objects.filter(outcome="", ruling__case__in=Case.objects.held_by(by))
    ruled = held.filter(closed_at__isnull=False).prefetch_related(_rulings())
    return Queue(
        list(held.open()[:PAGE]),
        list(appeals.select_related("ruling__case__concerned").order_by("made_at", "pk")[:PAGE]),
        list(ruled.newest_first()[:20]),
    )


def case_page(case: Case) -> CasePage:
    earlier: list[Case] = []
    if case.concerned_id:
        others = Case.objects.filter(concerned=case.concerned_id, body=case.body_id).exclude(pk=case.pk)
        earlier = list(others.prefetch_related(_rulings()).newest_first()[:20])
    rulings = case.rulings.select_related("by", "lifted_by", "appeal__settled_by", "lifts").order_by("pk")
    return CasePage(case, list(case.reports.select_related("reporter").order_by("pk")), list(rulings), earlier)


def ruling_page(ruling: Ruling, now: datetime) -> RulingPage:
    shown = ruling.case.reports.order_by("pk").values_list("shown", flat=True).first() or ""
    appeal = getattr(ruling, "appeal", None)
    in_time = now <= ruling.at + timedelta(days=DAYS_TO_APPEAL)
    may_appeal = ruling.has_effect and not ruling.is_lifted and appeal is None and in_time
    return RulingPage(ruling, shown, appeal, may_appeal)


def is_alone(ruling: Ruling) -> bool:
    """Whether nobody else on the body's staff could look at it."""
    kinds = (Role.Kind.STAFF, Role.Kind.OWNER)
    staff = Role.objects.filter(organisation=ruling.case.body_id, kind__in=kinds)
    return not staff.exclude(person__in=[ruling.by_id or 0, ruling.case.concerned_id or 0]).exists()


def _rulings() -> Prefetch[str]:
    return Prefetch("rulings", Ruling.objects.select_related("lifted_by").order_by("pk"))
