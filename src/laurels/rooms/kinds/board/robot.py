"""How a robot takes part on a board: it writes, sorts, colours and votes until its share is done."""

from random import Random

from laurels.rooms.kinds import Turn
from laurels.rooms.kinds.board import rules
from laurels.rooms.kinds.board.state import TOP, Settings, State, Zone
from laurels.rooms.kinds.scene import Hand, Stage
from laurels.rooms.kinds.words import different_words

CARDS_EACH = 2
CROWDED = 3


def turn(stage: Stage, hand: Hand, luck: Random) -> Turn | None:
    """The first thing that is allowed now and still to be done."""
    doings = {"write": write, "place": place, "merge": merge, "colour": colour, "vote": vote}
    found = (do(stage, hand, luck) for verb, do in doings.items() if stage.allows(verb))
    return next((each for each in found if each is not None), None)


def write(stage: Stage, hand: Hand, luck: Random) -> Turn | None:
    """A card where this hand has none yet, until it has as many as the exercise asks for."""
    open_zones = [zone for zone in zones_with_room(stage) if zone.key != stage.settings.tray]
    mine = {id_ for id_, card in stage.cards.items() if card.by == hand.id and rules.zone_of(stage.state, id_)}
    mine -= set(stage.state.known)
    if len(mine) >= share(stage) or not (open_zones or stage.settings.tray):
        return None
    held = {zone.key: len(mine.intersection(stage.state.zones[zone.key])) for zone in open_zones}
    zone = min(held, key=lambda key: held[key], default=stage.settings.tray)
    words = different_words(luck, {card.text for card in stage.cards.values()})
    return "write", {"text": words, "zone": zone, "x": luck.randint(0, TOP), "y": luck.randint(0, TOP)}


def share(stage: Stage) -> int:
    """How many cards a robot writes: two, or more when taking part asks for more."""
    rule = stage.plan.taking_part
    asked = [need.times for need in (*rule.all, *rule.any) if need.deed in {"card", "zone"}]
    return max([CARDS_EACH, *(n if isinstance(n, int) else rules.total(n, stage.state) for n in asked)])


def place(stage: Stage, hand: Hand, luck: Random) -> Turn | None:
    """Sort what waits: a card of the tray, one without a spot, or one that stands where it does not belong."""
    if stage.is_hidden:
        return None
    settings: Settings = stage.settings
    if settings.axes:
        waiting = [id_ for id_ in lying(stage) if id_ not in stage.state.spots]
        spot = {"x": luck.randint(0, TOP), "y": luck.randint(0, TOP)}
        return ("place", {"card": waiting[0], **spot}) if waiting else None
    waiting = [id_ for id_ in stage.state.zones.get(settings.tray, []) if id_ in stage.cards]
    if waiting and (zone := where(waiting[0], stage, luck)):
        return "place", {"card": waiting[0], "zone": zone}
    return put_right(stage)


def where(card_id: str, stage: Stage, luck: Random) -> str | None:
    """Where it belongs, with an honest mistake now and then; without an answer, one of the next two places."""
    open_zones = [zone.key for zone in zones_with_room(stage) if zone.key != stage.settings.tray]
    belongs: str | None = stage.state.belongs.get(card_id)
    if belongs in open_zones and luck.random() > 1 / 5:
        return belongs
    choice = open_zones if belongs else open_zones[:2]
    return luck.choice(choice) if choice else None


def put_right(stage: Stage) -> Turn | None:
    state: State = stage.state
    for card_id, belongs in state.belongs.items() if stage.now_step.solution else ():
        if rules.zone_of(state, card_id) not in {None, belongs} and belongs in _keys(zones_with_room(stage)):
            return "place", {"card": card_id, "zone": belongs}
    return None


def merge(stage: Stage, hand: Hand, luck: Random) -> Turn | None:
    """Two cards of a crowded place, once."""
    written = [[id_ for id_ in ids if id_ in stage.cards] for ids in stage.state.zones.values()]
    crowded = [ids for ids in written if len(ids) > CROWDED and not stage.state.belongs.keys() & set(ids)]
    if stage.is_hidden or stage.state.merged or not crowded:
        return None
    return "merge", {"card": crowded[0][-1], "into": crowded[0][0]}


def colour(stage: Stage, hand: Hand, luck: Random) -> Turn | None:
    plain = [id_ for id_ in lying(stage) if id_ not in stage.state.tones]
    legend = stage.settings.legend
    if stage.is_hidden or not legend or not plain:
        return None
    return "colour", {"card": plain[0], "tone": luck.choice(legend).key}


def vote(stage: Stage, hand: Hand, luck: Random) -> Turn | None:
    step, given = stage.now_step, stage.state.votes.get(hand.id, [])
    choice = [id_ for id_ in lying(stage) if given.count(id_) < step.on_one]
    if len(given) >= step.votes or not choice:
        return None
    return "vote", {"card": luck.choice(choice)}


def lying(stage: Stage) -> list[str]:
    """Cards on top, zone by zone."""
    return [id_ for ids in stage.state.zones.values() for id_ in ids if id_ in stage.cards]


def zones_with_room(stage: Stage) -> list[Zone]:
    zones: tuple[Zone, ...] = stage.settings.zones
    return [zone for zone in zones if not zone.most or len(stage.state.zones[zone.key]) < zone.most]


def _keys(zones: list[Zone]) -> set[str]:
    return {zone.key for zone in zones}
