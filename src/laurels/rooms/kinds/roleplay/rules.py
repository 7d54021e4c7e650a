"""Who plays what, and what may be done."""

from collections.abc import Sequence
from random import Random

from django.utils.translation import gettext as _
from msgspec.structs import replace as with_

from laurels.kernel.refusal import Refusal
from laurels.rooms.kinds import cards
from laurels.rooms.kinds.cards import Edit, Withdraw
from laurels.rooms.kinds.roleplay.state import Act, ComeIn, Done, Insight, Note, Role, Settings, State
from laurels.rooms.kinds.scene import Card, Hand, Outcome, Plan, Scene


def check(plan: Plan) -> list[tuple[str, str]]:
    settings: Settings = plan.settings
    keys = [role.key for role in settings.roles]
    found = []
    if len(keys) < 2 or len(set(keys)) < len(keys):
        found.append(("settings.roles", _("A role play needs at least two roles, each with a key of its own.")))
    if not any(step.round for step in plan.steps):
        found.append(("step", _("At least one step is a round: give it round = 1.")))
    return found


def begin(plan: Plan, brought: Sequence[tuple[Card, str]], seed: int) -> State:
    return State()


def enter(state: State, scene: Scene, hands: Sequence[Hand]) -> Outcome:
    """Groups are dealt by chance when the exercise begins; who came since joins the smallest one."""
    size = len(scene.settings.roles)
    groups = state.groups or dealt([hand.id for hand in hands], size, scene.seed)
    known = {id_ for group in groups for id_ in group}
    for hand in hands:
        if hand.id not in known:
            groups = joined(groups, hand.id)
    number = scene.now_step.round
    played = sorted({*state.played, number}) if number else state.played
    return Outcome(with_(state, groups=groups, played=played), touched=("canvas", "own"))


def dealt(hands: list[int], size: int, seed: int) -> list[list[int]]:
    """Groups of about ``size``: what is left over makes a smaller group, or some of them larger by one."""
    order = sorted(hands)
    Random(seed).shuffle(order)
    count = max(1, round(len(order) / size))
    return [order[nth::count] for nth in range(count)] if order else []


def joined(groups: list[list[int]], hand: int) -> list[list[int]]:
    if not groups:
        return [[hand]]
    smallest = min(range(len(groups)), key=lambda nth: (len(groups[nth]), nth))
    return [[*group, hand] if nth == smallest else group for nth, group in enumerate(groups)]


def group_of(hand: int, state: State) -> list[int] | None:
    return next((group for group in state.groups if hand in group), None)


def roles_in(group: list[int], settings: Settings) -> list[Role]:
    """A role for each of the group: spare ones are left out first, those with notes are doubled."""
    roles = list(settings.roles)
    while len(roles) > max(2, len(group)) and any(role.spare for role in roles):
        roles.remove(next(role for role in reversed(roles) if role.spare))
    doubled = next((role for role in reversed(settings.roles) if role.notes), settings.roles[-1])
    return (roles + [doubled] * max(0, len(group) - len(roles)))[: max(1, len(group))]


def role_of(hand: int, number: int, state: State, settings: Settings) -> Role | None:
    """Which role somebody plays in a round: everybody moves on by one each time."""
    group = group_of(hand, state)
    if group is None or not number:
        return None
    roles = roles_in(group, settings)
    return roles[(group.index(hand) + number - 1) % len(roles)]


def total(name: str, state: State) -> int:
    return len(state.played) if name in {"rounds", "roles"} else 0


def why_not(act: Act, state: State, scene: Scene) -> Refusal | None:
    match act:
        case ComeIn():
            return why_not_come_in(state, scene)
        case Note(text=text):
            return why_not_note(state, scene) or cards.why_not_words(text, most=scene.settings.card_most)
        case Done():
            return why_not_done(state, scene)
        case Insight(text=text):
            return cards.why_not_words(text, most=scene.settings.card_most)
        case Edit(card=card, text=text):
            return cards.why_not_change(card, scene) or cards.why_not_words(text, most=scene.settings.card_most)
        case Withdraw(card=card):
            return cards.why_not_change(card, scene)


def why_not_come_in(state: State, scene: Scene) -> Refusal | None:
    if group_of(scene.by.id, state) is not None:
        return Refusal("in", _("You are in a group already."))
    return None


def why_not_note(state: State, scene: Scene) -> Refusal | None:
    role = role_of(scene.by.id, scene.now_step.round, state, scene.settings)
    if role is None or not role.notes:
        return Refusal("role", _("In this round somebody else takes the notes. Yours comes."))
    return None


def why_not_done(state: State, scene: Scene) -> Refusal | None:
    if role_of(scene.by.id, scene.now_step.round, state, scene.settings) is None:
        return Refusal("no-role", _("You have no role in this round yet. Come into a group first."))
    return None


def apply(act: Act, state: State, scene: Scene) -> Outcome:
    match act:
        case ComeIn():
            groups = joined(state.groups, scene.by.id)
            return Outcome(with_(state, groups=groups), touched=("canvas", "own"), deeds=(("come_in", "group"),))
        case Note(text=text):
            return note(text, state, scene)
        case Done():
            return done(state, scene)
        case Insight(text=text):
            made = cards.new_card(scene, text, sort="insight")
            state = with_(state, insights=[*state.insights, made.id])
            return Outcome(state, cards=(made,), touched=("insights",), deeds=(("insight", made.id),))
        case Edit(card=card, text=text):
            changed = cards.reworded(scene.cards[card], text)
            return Outcome(state, cards=(changed,), touched=("insights", "notes"), deeds=(("edit", card),))
        case Withdraw(card=card):
            mine = {hand: [id_ for id_ in ids if id_ != card] for hand, ids in state.notes.items()}
            insights = [id_ for id_ in state.insights if id_ != card]
            return Outcome(with_(state, notes=mine, insights=insights), gone=(card,), touched=("insights", "notes"))


def note(text: str, state: State, scene: Scene) -> Outcome:
    made = cards.new_card(scene, text, sort="note")
    mine = [*state.notes.get(scene.by.id, []), made.id]
    role = role_of(scene.by.id, scene.now_step.round, state, scene.settings)
    deeds = (("note", made.id), ("role", role.key if role else ""))
    return Outcome(with_(state, notes=state.notes | {scene.by.id: mine}), cards=(made,), deeds=deeds)


def done(state: State, scene: Scene) -> Outcome:
    role = role_of(scene.by.id, scene.now_step.round, state, scene.settings)
    key = role.key if role else ""
    hands = sorted({*state.done.get(key, []), scene.by.id})
    return Outcome(with_(state, done=state.done | {key: hands}), touched=("groups",), deeds=(("role", key),))
