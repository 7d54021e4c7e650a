"""What of a Lean Coffee is drawn, and for whom."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from laurels.rooms.kinds.leancoffee import rules
from laurels.rooms.kinds.leancoffee.state import State
from laurels.rooms.kinds.scene import Card, Eyes, Hand, Offer, Part, Section, Stage


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic with those that say the same; its votes once they are counted."""

    card: Card
    under: tuple[Card, ...]
    votes: int
    state: str


def part(name: str, stage: Stage, eyes: Eyes) -> Part | None:
    context = {**_topics(stage), **_table(stage, eyes), **_tally(stage), "takeaways": _takeaways(stage)}
    match name:
        case "canvas" | "topics" | "table" | "tally" | "takeaways":
            return Part(f"leancoffee/parts/{name}.html", context)
    return None


def own(stage: Stage, hand: Hand) -> Part:
    """What this person proposes, votes and shows; hidden topics are only here until the reveal."""
    state: State = stage.state
    given = state.votes.get(hand.id, [])
    mine = [card for card in _cards(state.topics, stage) if card.by == hand.id] if stage.is_hidden else []
    verbs = ("propose", "vote", "discuss", "ask", "thumb", "close", "next", "takeaway", "speak")
    context = {
        "may": {verb: stage.allows(verb) for verb in verbs},
        "mine": mine,
        "votes_left": stage.settings.votes - len(given),
        "voted": _cards(given, stage),
        "is_talking": bool(state.topic),
        "is_asking": state.is_asking,
        "thumb": state.thumbs.get(hand.id, ""),
        "is_waiting": hand.id in state.queue,
        "next": next(iter(_cards(rules.open_topics(state), stage)), None),
    }
    return Part("leancoffee/parts/own.html", context)


def sheet(card_id: str, stage: Stage, hand: Hand) -> Part | None:
    card = stage.cards.get(card_id)
    known = card_id in stage.state.topics or card_id in stage.state.takeaways
    if card is None or not known or (stage.is_hidden and card.by != hand.id):
        return None
    is_mine = card.by == hand.id or hand.is_trainer
    others = [each for each in _cards(stage.state.topics, stage) if each.id != card_id]
    context = {
        "card": card,
        "is_mine": is_mine,
        "others": [] if stage.is_hidden or card_id in stage.state.takeaways else others,
        "may": {verb: stage.allows(verb) for verb in ("edit", "withdraw", "merge", "discuss")},
        "is_free": not stage.state.topic and card_id in stage.state.topics,
    }
    return Part("leancoffee/parts/sheet.html", context)


def offers(stage: Stage) -> list[Offer]:
    """Topics, most wanted first: still open, discussed, and all as ``top``; take-aways."""
    state: State = stage.state
    ordered = [card.id for card in _cards(rules.in_order(state), stage)]
    return (
        [Offer(id_, "discussed" if id_ in state.discussed else "open") for id_ in ordered]
        + [Offer(id_, "top") for id_ in ordered]
        + [Offer(card.id, "takeaway") for card in _cards(state.takeaways, stage)]
    )


def outline(stage: Stage) -> list[Section]:
    votes = rules.counted(stage.state)
    ordered = _cards(rules.in_order(stage.state), stage)
    rows = tuple((card.text, str(votes[card.id]), _place(card.id, stage.state)) for card in ordered)
    taken = tuple(_line(card) for card in _takeaways(stage))
    sections = (Section(_("Take-aways"), points=taken),) if taken else ()
    columns = (_("Topic"), _("Votes"), _("Where it stands"))
    return [Section(stage.plan.title, columns=columns, rows=rows, sections=sections)]


def _place(id_: str, state: State) -> str:
    return _("discussed") if id_ in state.discussed else _("being discussed") if id_ == state.topic else _("open")


def _line(card: Card) -> str:
    owner = str(card.fields.get("owner", ""))
    return f"{card.text} ({owner})" if owner else card.text


def _cards(ids: list[str], stage: Stage) -> list[Card]:
    return [stage.cards[id_] for id_ in ids if id_ in stage.cards]


def _topics(stage: Stage) -> dict[str, Any]:
    state: State = stage.state
    votes = rules.counted(state)
    is_counted = bool(stage.now_step.results)
    ids = rules.in_order(state) if is_counted else state.topics
    shown = [] if stage.is_hidden else _cards(ids, stage)
    found = [
        Topic(card, tuple(_cards(state.under.get(card.id, []), stage)), votes[card.id] if is_counted else 0, where)
        for card in shown
        for where in ["now" if card.id == state.topic else "discussed" if card.id in state.discussed else "open"]
    ]
    heaps = [(_("To discuss"), "open"), (_("Discussing"), "now"), (_("Discussed"), "discussed")]
    return {
        "heaps": [(title, [topic for topic in found if topic.state == key]) for title, key in heaps],
        "count": len(_cards(state.topics, stage)),
        "may_vote": stage.allows("vote"),
    }


def _table(stage: Stage, eyes: Eyes) -> dict[str, Any]:
    """The topic that is talked about; thumbs are numbers only, and only once they are counted."""
    state: State = stage.state
    names = [stage.hands[id_].name for id_ in state.queue if id_ in stage.hands]
    return {
        "topic": stage.cards.get(state.topic),
        "ends_at": state.ends_at,
        "talk": state.talks.get(state.topic, 1),
        "is_asking": state.is_asking,
        "shown": len(state.thumbs),
        "people": max(len(state.table), len(state.thumbs)),
        "said": state.said,
        "queue": names,
    }


def _tally(stage: Stage) -> dict[str, Any]:
    return {"is_vote": stage.allows("vote"), "voted": sum(bool(ids) for ids in stage.state.votes.values())}


def _takeaways(stage: Stage) -> list[Card]:
    return _cards(stage.state.takeaways, stage)
