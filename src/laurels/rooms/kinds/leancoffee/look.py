"""What of a Lean Coffee is drawn, and for whom."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from laurels.rooms.kinds.leancoffee import rules
from laurels.rooms.kinds.leancoffee.state import State
from laurels.rooms.kinds.scene import Card, Eyes, Hand, Offer, Part, Section, Stage

VERBS = ("vote", "takeaway", "note", "action", "wrapup", "again", "name")


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic with those that say the same; its votes once they are counted."""

    card: Card
    under: tuple[Card, ...]
    votes: int
    state: str
    by: str
    is_again: bool


def part(name: str, stage: Stage, eyes: Eyes) -> Part | None:
    match name:
        case "topics":
            return Part("leancoffee/parts/topics.html", _topics(stage))
        case "table":
            return Part("leancoffee/parts/table.html", _table(stage, eyes))
        case "tally":
            return Part("leancoffee/parts/tally.html", _tally(stage))
        case "takeaways":
            return Part("leancoffee/parts/takeaways.html", _lines(stage))
        case "canvas":
            context = {**_topics(stage), **_table(stage, eyes), **_tally(stage), **_lines(stage)}
            return Part("leancoffee/parts/canvas.html", context)
    return None


def own(stage: Stage, hand: Hand) -> Part:
    """What this person proposes, votes and says; hidden topics are only here until the reveal."""
    state: State = stage.state
    given = state.votes.get(hand.id, [])
    theirs = [card for card in _cards(state.topics, stage) if card.by == hand.id]
    left = [card for card in theirs if card.id not in state.discussed and card.id != state.topic]
    context = {
        "may": {verb: stage.allows(verb) for verb in VERBS} | {"propose": _may_propose(stage, hand)},
        "mine": theirs if stage.is_hidden else [],
        "votes_left": stage.settings.votes - len(given),
        "voted": _cards(given, stage),
        "is_late": bool(stage.now_step.results),
        "said_mine": next((card for card in _cards(state.wrapups, stage) if card.by == hand.id), None),
        "left": [(card, card.id in state.again) for card in left] if stage.allows("again") else [],
        "is_named": hand.id in state.named,
        "names": sorted({one.name for one in stage.hands.values()}) if stage.allows("action") else [],
    }
    return Part("leancoffee/parts/own.html", context)


def _may_propose(stage: Stage, hand: Hand) -> bool:
    if not stage.allows("propose"):
        return False
    return not stage.now_step.results or rules.may_add(hand.id, stage.state)


def sheet(card_id: str, stage: Stage, hand: Hand) -> Part | None:
    state: State = stage.state
    card = stage.cards.get(card_id)
    lines = {*state.notes, *state.takeaways, *state.actions, *state.wrapups}
    known = card_id in state.topics or card_id in lines
    if card is None or not known or (stage.is_hidden and card.by != hand.id):
        return None
    is_mine = card.by == hand.id or hand.is_trainer
    is_topic, settings = card_id in state.topics, stage.settings
    others = [each for each in _cards(state.topics, stage) if each.id != card_id]
    context = {
        "card": card,
        "is_mine": is_mine,
        "others": [] if stage.is_hidden or not is_topic or card_id in state.discussed else others,
        "under": _cards(state.under.get(card_id, []), stage),
        "may": {verb: stage.allows(verb) for verb in ("edit", "withdraw", "merge", "split", "discuss", "prefer")},
        "leads": settings.led_by != "host" or hand.is_trainer,
        "is_free": is_topic and not state.topic,
        "lengths": [settings.timebox, *(one for one in settings.timeboxes if one != settings.timebox)],
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
    lists = (
        (_("Notes"), stage.state.notes),
        (_("Take-aways"), stage.state.takeaways),
        (_("To do"), stage.state.actions),
        (_("At the end"), stage.state.wrapups),
    )
    said = [(title, tuple(_line(card) for card in _cards(ids, stage))) for title, ids in lists]
    sections = tuple(Section(title, points=points) for title, points in said if points)
    columns = (_("Topic"), _("Votes"), _("Where it stands"))
    return [Section(stage.plan.title, columns=columns, rows=rows, sections=sections)]


def _place(id_: str, state: State) -> str:
    return _("discussed") if id_ in state.discussed else _("being discussed") if id_ == state.topic else _("open")


def _line(card: Card) -> str:
    more = ", ".join(str(card.fields[name]) for name in ("owner", "due") if card.fields.get(name))
    return f"{card.text} ({more})" if more else card.text


def _cards(ids: list[str], stage: Stage) -> list[Card]:
    return [stage.cards[id_] for id_ in ids if id_ in stage.cards]


def _topics(stage: Stage) -> dict[str, Any]:
    state: State = stage.state
    votes = rules.counted(state)
    is_counted = bool(stage.now_step.results)
    ids = rules.in_order(state) if is_counted else state.topics
    shown = [] if stage.is_hidden else _cards(ids, stage)
    shows_names = stage.plan.names == "everybody"
    found = [
        Topic(
            card,
            tuple(_cards(state.under.get(card.id, []), stage)),
            votes[card.id] if is_counted else 0,
            "now" if card.id == state.topic else "discussed" if card.id in state.discussed else "open",
            _name(card.by, stage) if shows_names else "",
            card.id in state.again,
        )
        for card in shown
    ]
    heaps = [(_("To discuss"), "open"), (_("Discussing"), "now"), (_("Discussed"), "discussed")]
    return {
        "heaps": [(title, [topic for topic in found if topic.state == key]) for title, key in heaps],
        "count": len(_cards(state.topics, stage)),
        "may_vote": stage.allows("vote"),
    }


def _table(stage: Stage, eyes: Eyes) -> dict[str, Any]:
    """What is talked about, or what comes next and why; thumbs are numbers only, and only once they are counted.

    Everybody gets the same bytes: what only the host does is there for all and shown to hosts alone (``data-host``).
    """
    state: State = stage.state
    settings = stage.settings
    following = next(iter(_cards(rules.open_topics(state), stage)), None) if stage.allows("discuss") else None
    return {
        "topic": stage.cards.get(state.topic),
        "ends_at": state.ends_at,
        "talk": state.talks.get(state.topic, 1),
        "is_asking": state.is_asking,
        "asks_itself": bool(settings.poll_seconds),
        "counts_at": state.asked_at + settings.poll_seconds if state.is_asking and settings.poll_seconds else 0,
        "shown": len(state.thumbs),
        "people": max(len(state.table), len(state.thumbs)),
        "said": state.said,
        "queue": [(id_, stage.hands[id_].name) for id_ in state.queue if id_ in stage.hands],
        "is_talk": stage.allows("discuss"),
        "next": following,
        "why_next": rules.why_next(following.id, state) if following else "",
        "next_at": state.next_at if settings.led_by == "clock" else 0,
        "by_host": settings.led_by == "host",
        "lengths": [settings.timebox, *(one for one in settings.timeboxes if one != settings.timebox)],
        "is_board": not eyes.is_presenter,
        "can": {verb: stage.allows(verb) for verb in ("thumb", "speak", "ask", "close", "next", "reopen", "heard")},
    }


def _name(hand: int | None, stage: Stage) -> str:
    known = stage.hands.get(hand or 0)
    return known.name if known else ""


def _tally(stage: Stage) -> dict[str, Any]:
    return {"is_vote": stage.allows("vote"), "voted": sum(bool(ids) for ids in stage.state.votes.values())}


def _lines(stage: Stage) -> dict[str, Any]:
    """Lines of the topic on the table first; what was said at the end last."""
    state: State = stage.state
    groups = [
        (_("Notes"), _cards(state.notes, stage)),
        (_("We take along"), _cards(state.takeaways, stage)),
        (_("To do"), _cards(state.actions, stage)),
        (_("At the end"), _cards(state.wrapups, stage)),
    ]
    return {"groups": [(title, found) for title, found in groups if found]}
