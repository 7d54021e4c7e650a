"""What may be done on a tree, and what it changes."""

from collections import Counter
from collections.abc import Sequence

from django.utils.translation import gettext as _
from msgspec.structs import replace as with_

from laurels.kernel.refusal import Refusal
from laurels.rooms.kinds import cards
from laurels.rooms.kinds.cards import Edit, Withdraw
from laurels.rooms.kinds.scene import Card, Hand, Outcome, Plan, Scene
from laurels.rooms.kinds.tree.state import Act, Grow, Level, Move, Settings, State, Unvote, Vote


def check(plan: Plan) -> list[tuple[str, str]]:
    settings: Settings = plan.settings
    keys = [level.key for level in settings.levels]
    found = [] if len(keys) > 1 else [("settings.levels", _("A tree needs at least two levels."))]
    found += [("settings.levels", _("The level “%s” stands here twice.") % key) for key in keys if keys.count(key) > 1]
    named = [("brings", brought.into) for brought in plan.brings if brought.into]
    named += [(f"step.{number}.vote_on", key) for number, step in enumerate(plan.steps) for key in step.vote_on]
    found += [(path, _("There is no level “%s”.") % key) for path, key in named if key not in keys]
    return list(dict.fromkeys(found))


def begin(plan: Plan, brought: Sequence[tuple[Card, str]], seed: int) -> State:
    """Brought cards lie at their level and hang on nothing until somebody connects them."""
    keys = [level.key for level in plan.settings.levels]
    levels = {card.id: keys.index(into) if into else 0 for card, into in brought}
    return State(order=list(levels), levels=levels, parents=dict.fromkeys(levels, ""))


def enter(state: State, scene: Scene, hands: Sequence[Hand]) -> Outcome:
    """A step that is not hidden reveals what was written in silence; a new vote begins from nothing."""
    if not scene.now_step.hidden:
        state = with_(state, secret=[])
    if scene.now_step.votes:
        state = with_(state, votes={})
    return Outcome(state, touched=("canvas",))


# Why not


def why_not(act: Act, state: State, scene: Scene) -> Refusal | None:
    match act:
        case Grow():
            return why_not_grow(act, state, scene)
        case Edit(card=card, text=text):
            return cards.why_not_change(card, scene) or cards.why_not_words(text, most=scene.settings.card_most)
        case Withdraw(card=card):
            return cards.why_not_change(card, scene) or why_not_without(card, state)
        case Move():
            return why_not_move(act, state, scene)
        case Vote():
            return why_not_vote(act.card, state, scene)
        case Unvote(card=card):
            return cards.why_not_this_card(card, scene)


def why_not_grow(act: Grow, state: State, scene: Scene) -> Refusal | None:
    if refusal := cards.why_not_words(act.text, most=scene.settings.card_most):
        return refusal
    if act.parent and (refusal := why_not_seen(act.parent, state, scene)):
        return refusal
    number = below(state, act.parent)
    if number >= len(scene.settings.levels):
        return Refusal("leaf", _("Nothing hangs on a card of the last level. Choose one further up."), "parent")
    level: Level = scene.settings.levels[number]
    if level.most and list(state.levels.values()).count(number) >= level.most:
        message = _("“%(level)s” is full: %(most)s fit. Change what stands there, or withdraw one.")
        return Refusal("full", message % {"level": level.title, "most": level.most}, "parent")
    return None


def why_not_seen(card_id: str, state: State, scene: Scene) -> Refusal | None:
    """Why this person can do nothing with a card: it is not here, or was written by somebody in silence."""
    if card_id not in state.levels or (card_id in state.secret and not _is_mine(card_id, scene)):
        return Refusal("no-card", _("This card is not here any more. Somebody may have withdrawn it."))
    return cards.why_not_this_card(card_id, scene)


def why_not_without(card_id: str, state: State) -> Refusal | None:
    """A branch is never lost with the card it hangs on."""
    if children(state, card_id):
        return Refusal("branch", _("Other cards hang on this one. Move them to another card first, then withdraw it."))
    return None


def why_not_move(act: Move, state: State, scene: Scene) -> Refusal | None:
    if refusal := why_not_seen(act.card, state, scene) or why_not_seen(act.parent, state, scene):
        return refusal
    number = state.levels[act.card]
    if number == 0:
        return Refusal("root", _("This card is of the first level; it hangs on no other. Nothing to move."))
    if state.levels[act.parent] != number - 1:
        wanted = scene.settings.levels[number - 1].title
        return Refusal("level", _("This card hangs on a card of “%s”. Choose one of those.") % wanted, "parent")
    return None


def why_not_vote(card_id: str, state: State, scene: Scene) -> Refusal | None:
    if refusal := why_not_seen(card_id, state, scene):
        return refusal
    step, level = scene.now_step, state.levels[card_id]
    if not is_votable(level, scene.settings, step):
        return Refusal("level", _("This vote is about another level. Choose a card there."))
    given = state.votes.get(scene.by.id, [])
    counted_ = [id_ for id_ in given if not step.each_level or state.levels[id_] == level]
    if len(counted_) >= step.votes:
        return Refusal("spent", _("You have given all %s votes. Take one back to give it elsewhere.") % step.votes)
    if given.count(card_id) >= step.on_one:
        return Refusal("one-card", _("At most %s of your votes on one card. Choose another one.") % step.on_one)
    return None


# What changes


def apply(act: Act, state: State, scene: Scene) -> Outcome:
    match act:
        case Grow():
            return grow(act, state, scene)
        case Edit(card=card, text=text):
            changed = cards.reworded(scene.cards[card], text)
            return Outcome(state, cards=(changed,), touched=(f"card:{card}",), deeds=(("edit", card),))
        case Withdraw(card=card):
            return withdraw(card, state)
        case Move(card=card, parent=parent):
            order = [*(id_ for id_ in state.order if id_ != card), card]
            state = with_(state, order=order, parents=state.parents | {card: parent})
            return Outcome(state, touched=("canvas",), deeds=(("move", card),))
        case Vote(card=card):
            votes = state.votes | {scene.by.id: [*state.votes.get(scene.by.id, []), card]}
            return Outcome(with_(state, votes=votes), touched=("tally",), deeds=(("vote", card),))
        case Unvote(card=card):
            return unvote(card, state, scene)


def grow(act: Grow, state: State, scene: Scene) -> Outcome:
    number = below(state, act.parent)
    key = scene.settings.levels[number].key
    card = cards.new_card(scene, act.text, sort=key)
    state = with_(
        state,
        order=[*state.order, card.id],
        levels=state.levels | {card.id: number},
        parents=state.parents | {card.id: act.parent},
        secret=[*state.secret, card.id] if scene.now_step.hidden else state.secret,
    )
    deeds = (("card", card.id), ("level", key))
    return Outcome(state, cards=(card,), touched=(f"card:{card.id}", "counts"), deeds=deeds)


def withdraw(card_id: str, state: State) -> Outcome:
    state = with_(
        state,
        order=[id_ for id_ in state.order if id_ != card_id],
        levels={id_: number for id_, number in state.levels.items() if id_ != card_id},
        parents={id_: parent for id_, parent in state.parents.items() if id_ != card_id},
        secret=[id_ for id_ in state.secret if id_ != card_id],
        votes={hand: [id_ for id_ in ids if id_ != card_id] for hand, ids in state.votes.items()},
    )
    return Outcome(state, gone=(card_id,), touched=(f"card:{card_id}", "counts", "tally"))


def unvote(card_id: str, state: State, scene: Scene) -> Outcome:
    given = list(state.votes.get(scene.by.id, []))
    if card_id in given:
        given.remove(card_id)
    return Outcome(with_(state, votes=state.votes | {scene.by.id: given}), touched=("tally",))


def total(name: str, state: State) -> int:
    """``cards``: how many there are; ``levels``: how many levels have any."""
    return {"cards": len(state.order), "levels": len(set(state.levels.values()))}.get(name, 1)


# Where things are


def children(state: State, parent: str) -> list[str]:
    return [id_ for id_ in state.order if parent and state.parents[id_] == parent]


def roots(state: State) -> list[str]:
    return [id_ for id_ in state.order if state.levels[id_] == 0]


def loose(state: State) -> list[str]:
    """Cards that came along and hang on nothing yet."""
    return [id_ for id_ in state.order if state.levels[id_] and not state.parents[id_]]


def below(state: State, parent: str) -> int:
    """The number of the level of what hangs on ``parent``."""
    return state.levels[parent] + 1 if parent else 0


def is_votable(number: int, settings: Settings, step: object) -> bool:
    named = getattr(step, "vote_on", ())
    return not named or settings.levels[number].key in named


def counted(state: State) -> dict[str, int]:
    """Votes on each card."""
    return Counter(id_ for ids in state.votes.values() for id_ in ids)


def _is_mine(card_id: str, scene: Scene) -> bool:
    return card_id in scene.cards and scene.cards[card_id].by == scene.by.id
