"""What of a role play is drawn, and for whom."""

from typing import Any

from django.utils.translation import gettext as _

from laurels.rooms.kinds.roleplay import rules
from laurels.rooms.kinds.roleplay.state import Settings, State
from laurels.rooms.kinds.scene import Card, Eyes, Hand, Offer, Part, Section, Stage


def part(name: str, stage: Stage, eyes: Eyes) -> Part | None:
    context = {**_groups(stage, eyes), "notes": _notes(stage), "insights": insights(stage)}
    match name:
        case "canvas" | "groups" | "notes" | "insights":
            return Part(f"roleplay/parts/{name}.html", context)
    return None


def own(stage: Stage, hand: Hand) -> Part:
    """One's role with its secret, one's own notes; the way in for who came late."""
    state, settings, number = stage.state, stage.settings, stage.now_step.round
    role = rules.role_of(hand.id, number, state, settings)
    mine = [stage.cards[id_] for id_ in state.notes.get(hand.id, []) if id_ in stage.cards]
    context = {
        "role": role,
        "secret": _secret(hand.id, stage) if role and role.secret else "",
        "is_out": bool(number) and rules.group_of(hand.id, state) is None and not hand.is_trainer,
        "can_note": bool(role and role.notes) and stage.allows("note"),
        "mine": mine,
        "is_done": bool(role) and hand.id in state.done.get(role.key if role else "", []),
        "may": {verb: stage.allows(verb) for verb in ("come_in", "done", "insight")},
    }
    return Part("roleplay/parts/own.html", context)


def sheet(card_id: str, stage: Stage, hand: Hand) -> Part | None:
    card = stage.cards.get(card_id)
    if card is None or (card not in insights(stage) and not _may_read(card_id, stage, hand)):
        return None
    is_mine = card.by == hand.id or hand.is_trainer
    may = {verb: stage.allows(verb) and is_mine for verb in ("edit", "withdraw")}
    return Part("roleplay/parts/sheet.html", {"card": card, "may": may})


def offers(stage: Stage) -> list[Offer]:
    return [Offer(card.id, "insight") for card in insights(stage)]


def outline(stage: Stage) -> list[Section]:
    return [Section(stage.plan.title, points=tuple(card.text for card in insights(stage)))]


def insights(stage: Stage) -> list[Card]:
    """What the table learned, in the order it was written."""
    return [stage.cards[id_] for id_ in stage.state.insights if id_ in stage.cards]


def _may_read(card_id: str, stage: Stage, hand: Hand) -> bool:
    state: State = stage.state
    is_note = any(card_id in ids for ids in state.notes.values())
    return is_note and (stage.now_step.shared or card_id in state.notes.get(hand.id, []))


def _secret(hand: int, stage: Stage) -> str:
    """A story of one's own for whoever plays the part: another one for each group and round."""
    settings: Settings = stage.settings
    role = rules.role_of(hand, stage.now_step.round, stage.state, settings)
    stories = settings.secrets
    if not stories:
        return role.secret if role else ""
    nth = next((nth for nth, group in enumerate(stage.state.groups) if hand in group), 0)
    return f"{role.secret if role else ''} {stories[(nth + stage.now_step.round + stage.seed) % len(stories)]}".strip()


def _groups(stage: Stage, eyes: Eyes) -> dict[str, Any]:
    """Groups with their people's names: a role play is played face to face. What they noted is not drawn here."""
    state, number = stage.state, stage.now_step.round
    found = []
    for group in state.groups:
        names = [(_name(id_, stage), rules.role_of(id_, number, state, stage.settings)) for id_ in group]
        said = [id_ for id_ in group if any(id_ in state.done.get(role.key, []) for role in stage.settings.roles)]
        found.append((names, len(said)))
    return {"groups": found, "roles": stage.settings.roles, "number": number}


def _name(id_: int, stage: Stage) -> str:
    hand = stage.hands.get(id_)
    return hand.name if hand else _("Somebody")


def _notes(stage: Stage) -> list[Card]:
    """All notes once they are shared, without who wrote them; before that, none."""
    if not stage.now_step.shared:
        return []
    ids = [id_ for each in stage.state.notes.values() for id_ in each]
    return [stage.cards[id_] for id_ in sorted(ids) if id_ in stage.cards]
