"""What may be done on a board, and what it changes."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from msgspec.structs import replace as with_

from laurels.kernel.refusal import Refusal
from laurels.rooms.kinds import cards
from laurels.rooms.kinds.board.state import (
    TOP,
    Act,
    Best,
    Colour,
    Merge,
    Place,
    Settings,
    Spot,
    State,
    Unmerge,
    Unvote,
    Vote,
    Write,
    Zone,
)
from laurels.rooms.kinds.cards import Edit, Withdraw
from laurels.rooms.kinds.scene import Card, Hand, Outcome, Plan, Scene


def check(plan: Plan) -> list[tuple[str, str]]:
    settings: Settings = plan.settings
    keys = [zone.key for zone in settings.zones]
    found = [] if keys else [("settings.zones", _("A board needs at least one zone."))]
    found += [("settings.zones", _("The zone “%s” stands here twice.") % key) for key in keys if keys.count(key) > 1]
    named = [settings.tray, *(given.belongs for given in settings.given), *(brought.into for brought in plan.brings)]
    found += [("settings", _("There is no zone “%s”.") % key) for key in named if key and key not in keys]
    if settings.best and settings.axes is None:
        found.append(("settings.best", _("Best and worst need two axes: add settings.axes.")))
    return list(dict.fromkeys(found))


def begin(plan: Plan, brought: Sequence[tuple[Card, str]], seed: int) -> State:
    settings: Settings = plan.settings
    zones: dict[str, list[str]] = {zone.key: [] for zone in settings.zones}
    for card, into in brought:
        zones[into or tray(settings)].append(card.id)
    return State(zones=zones, known=tuple(card.id for card, _into in brought))


def tray(settings: Settings) -> str:
    return settings.tray or settings.zones[0].key


def enter(state: State, scene: Scene, hands: Sequence[Hand]) -> Outcome:
    """A step begins: the exercise's own cards come with the first one, a new vote begins from nothing."""
    made: tuple[Card, ...] = ()
    if scene.step == 0 and not state.belongs:
        state, made = _with_given(state, scene)
    if scene.now_step.votes:
        state = with_(state, votes={})
    return Outcome(state, cards=made, touched=("canvas",))


def _with_given(state: State, scene: Scene) -> tuple[State, tuple[Card, ...]]:
    settings: Settings = scene.settings
    made = tuple(
        Card(id=f"{scene.fresh[0]}g{nth}", text=given.text, sort=settings.sort, fields={"why": given.why})
        for nth, given in enumerate(settings.given)
    )
    pairs = zip(made, settings.given, strict=True)
    belongs = {card.id: given.belongs for card, given in pairs if given.belongs}
    key = tray(settings)
    zones = {**state.zones, key: [*state.zones[key], *(card.id for card in made)]}
    known = (*state.known, *(card.id for card in made))
    return with_(state, zones=zones, belongs=belongs, known=known), made


# Why not


def why_not(act: Act, state: State, scene: Scene) -> Refusal | None:
    match act:
        case Write():
            return why_not_write(act, state, scene)
        case Edit(card=card, text=text):
            return cards.why_not_change(card, scene) or cards.why_not_words(text, most=scene.settings.card_most)
        case Withdraw(card=card):
            return cards.why_not_change(card, scene)
        case Place():
            return why_not_place(act, state, scene)
        case Colour():
            return cards.why_not_this_card(act.card, scene) or why_not_tone(act.tone, scene)
        case Merge():
            return why_not_merge(act, state, scene)
        case Vote():
            return why_not_vote(act.card, state, scene)
        case Unmerge(card=card) | Unvote(card=card):
            return cards.why_not_this_card(card, scene)


def why_not_write(act: Write, state: State, scene: Scene) -> Refusal | None:
    return (
        cards.why_not_words(act.text, most=scene.settings.card_most)
        or why_not_tone(act.tone, scene)
        or why_not_zone(act.zone or tray(scene.settings), state, scene)
        or why_not_spot(act.x, act.y)
    )


def why_not_place(act: Place, state: State, scene: Scene) -> Refusal | None:
    if refusal := cards.why_not_this_card(act.card, scene):
        return refusal
    if zone_of(state, act.card) is None:
        return Refusal("under", _("This card lies under another one. Take it out first."))
    if act.zone and act.card not in state.zones.get(act.zone, []):
        return why_not_zone(act.zone, state, scene)
    return why_not_spot(act.x or 0, act.y or 0)


def why_not_zone(key: str, state: State, scene: Scene) -> Refusal | None:
    zone = zone_named(scene.settings, key)
    if zone is None:
        return Refusal("zone", _("There is no such place on this board. Reload the page."), "zone")
    if zone.most and len(state.zones[key]) >= zone.most:
        message = _("“%(zone)s” is full: %(most)s cards fit. Merge or trim before you add.")
        return Refusal("full", message % {"zone": zone.title, "most": zone.most}, "zone")
    return None


def why_not_spot(x: int, y: int) -> Refusal | None:
    if not (0 <= x <= TOP and 0 <= y <= TOP):
        return Refusal("spot", _("Both axes go from 0 to 10. Choose a number between."), "x")
    return None


def why_not_tone(tone: str, scene: Scene) -> Refusal | None:
    if tone and tone not in {each.key for each in scene.settings.legend}:
        return Refusal("tone", _("This colour has no meaning here. Choose one of the legend."), "tone")
    return None


def why_not_merge(act: Merge, state: State, scene: Scene) -> Refusal | None:
    if refusal := cards.why_not_this_card(act.card, scene) or cards.why_not_this_card(act.into, scene):
        return refusal
    if act.card == act.into or zone_of(state, act.card) is None or zone_of(state, act.into) is None:
        return Refusal("merge", _("Choose two cards that both lie on the board."))
    return None


def why_not_vote(card_id: str, state: State, scene: Scene) -> Refusal | None:
    if refusal := cards.why_not_this_card(card_id, scene):
        return refusal
    step, given = scene.now_step, state.votes.get(scene.by.id, [])
    if len(given) >= step.votes:
        return Refusal("spent", _("You have given all %s votes. Take one back to give it elsewhere.") % step.votes)
    if given.count(card_id) >= step.on_one:
        return Refusal("one-card", _("At most %s of your votes on one card. Choose another one.") % step.on_one)
    return None


# What changes


def apply(act: Act, state: State, scene: Scene) -> Outcome:
    match act:
        case Write():
            return write(act, state, scene)
        case Edit(card=card, text=text):
            changed = cards.reworded(scene.cards[card], text)
            return Outcome(state, cards=(changed,), touched=(f"card:{card}",), deeds=(("edit", card),))
        case Withdraw(card=card):
            return withdraw(card, state)
        case Place():
            return place(act, state)
        case Colour(card=card, tone=tone):
            tones = {id_: kept for id_, kept in state.tones.items() if id_ != card} | ({card: tone} if tone else {})
            return Outcome(with_(state, tones=tones), touched=(f"card:{card}",), deeds=(("colour", card),))
        case Merge():
            return merge(act, state)
        case Unmerge(card=card):
            return unmerge(card, state)
        case Vote(card=card):
            votes = state.votes | {scene.by.id: [*state.votes.get(scene.by.id, []), card]}
            return Outcome(with_(state, votes=votes), touched=("tally",), deeds=(("vote", card),))
        case Unvote(card=card):
            return unvote(card, state, scene)


def write(act: Write, state: State, scene: Scene) -> Outcome:
    key = act.zone or tray(scene.settings)
    card = cards.new_card(scene, act.text, sort=scene.settings.sort)
    state = with_(
        state,
        zones=state.zones | {key: [*state.zones[key], card.id]},
        spots=state.spots | ({card.id: Spot(act.x, act.y)} if scene.settings.axes else {}),
        tones=state.tones | ({card.id: act.tone} if act.tone else {}),
    )
    deeds = (("card", card.id), ("zone", key))
    return Outcome(state, cards=(card,), touched=(f"card:{card.id}", f"count:{key}", *_plot(state)), deeds=deeds)


def withdraw(card_id: str, state: State) -> Outcome:
    """The card goes, and what lay under it comes up again in its place."""
    key, under = zone_of(state, card_id), state.merged.get(card_id, [])
    zones = {name: _replaced(ids, card_id, under if name == key else []) for name, ids in state.zones.items()}
    merged = {into: [id_ for id_ in ids if id_ != card_id] for into, ids in state.merged.items() if into != card_id}
    votes = {hand: [id_ for id_ in ids if id_ != card_id] for hand, ids in state.votes.items()}
    state = with_(state, zones=zones, merged=merged, votes=votes)
    risen = [f"card:{id_}" for id_ in under]
    return Outcome(state, gone=(card_id,), touched=(f"card:{card_id}", *risen, f"count:{key}", "tally", *_plot(state)))


def place(act: Place, state: State) -> Outcome:
    origin = zone_of(state, act.card) or ""
    key = act.zone or origin
    if act.x is not None and act.y is not None:
        state = with_(state, spots=state.spots | {act.card: Spot(act.x, act.y)})
    if act.zone:
        zones = {name: [id_ for id_ in ids if id_ != act.card] for name, ids in state.zones.items()}
        at = zones[key].index(act.before) if act.before in zones[key] else len(zones[key])
        state = with_(state, zones=zones | {key: [*zones[key][:at], act.card, *zones[key][at:]]})
    counts = [f"count:{name}" for name in dict.fromkeys([origin, key]) if origin != key]
    deeds = (("move", act.card), ("zone", key))
    return Outcome(state, touched=(f"card:{act.card}", *counts, *_plot(state)), deeds=deeds)


def merge(act: Merge, state: State) -> Outcome:
    key = zone_of(state, act.card)
    under = [*state.merged.get(act.into, []), act.card, *state.merged.get(act.card, [])]
    merged = {into: ids for into, ids in state.merged.items() if into != act.card} | {act.into: under}
    zones = {name: [id_ for id_ in ids if id_ != act.card] for name, ids in state.zones.items()}
    votes = {hand: [act.into if id_ == act.card else id_ for id_ in ids] for hand, ids in state.votes.items()}
    state = with_(state, zones=zones, merged=merged, votes=votes)
    touched = (f"card:{act.card}", f"card:{act.into}", f"count:{key}", "tally", *_plot(state))
    return Outcome(state, touched=touched, deeds=(("merge", act.card),))


def unmerge(card_id: str, state: State) -> Outcome:
    into = next((into for into, ids in state.merged.items() if card_id in ids), None)
    if into is None:
        return Outcome(state)
    key = zone_of(state, into) or ""
    merged = state.merged | {into: [id_ for id_ in state.merged[into] if id_ != card_id]}
    state = with_(state, zones=state.zones | {key: [*state.zones[key], card_id]}, merged=merged)
    return Outcome(state, touched=(f"card:{into}", f"card:{card_id}", f"count:{key}", *_plot(state)))


def unvote(card_id: str, state: State, scene: Scene) -> Outcome:
    given = list(state.votes.get(scene.by.id, []))
    if card_id in given:
        given.remove(card_id)
    return Outcome(with_(state, votes=state.votes | {scene.by.id: given}), touched=("tally",))


def total(name: str, state: State) -> int:
    """``zones`` and ``cards``: how many there are."""
    return {"zones": len(state.zones), "cards": sum(map(len, state.zones.values()))}.get(name, 1)


# Where things are


def zone_named(settings: Settings, key: str) -> Zone | None:
    return next((zone for zone in settings.zones if zone.key == key), None)


def zone_of(state: State, card_id: str) -> str | None:
    """The zone a card lies in; None when it lies under another or nowhere."""
    return next((key for key, ids in state.zones.items() if card_id in ids), None)


def merit(best: Best, state: State, card_id: str) -> int:
    """How far a card lies in the wanted corner of the plane; the middle when nobody placed it yet."""
    spot = state.spots.get(card_id, Spot(TOP // 2, TOP // 2))
    return sum({"high": at, "low": TOP - at, "": 0}[wanted] for wanted, at in ((best.x, spot.x), (best.y, spot.y)))


def counted(state: State) -> dict[str, int]:
    """Votes on each card."""
    found: dict[str, int] = {}
    for ids in state.votes.values():
        for card_id in ids:
            found[card_id] = found.get(card_id, 0) + 1
    return found


def _plot(state: State) -> tuple[str, ...]:
    return ("plot",) if state.spots else ()


def _replaced(ids: list[str], card_id: str, by: Sequence[str]) -> list[str]:
    if card_id not in ids:
        return ids
    at = ids.index(card_id)
    return [*ids[:at], *by, *ids[at + 1 :]]
