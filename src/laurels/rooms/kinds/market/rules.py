"""What may be done in a Sprint market, and what it changes."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from msgspec.structs import replace as with_

from laurels.kernel.refusal import Refusal
from laurels.rooms.kinds import cards
from laurels.rooms.kinds.market import game
from laurels.rooms.kinds.market.model.market import CRITERIA, FEEDBACK, OUTCOME, TESTED
from laurels.rooms.kinds.market.state import Act, Entry, Forecast, Move, Note, Planned, Run, Settings, State, Try
from laurels.rooms.kinds.scene import Card, Hand, Outcome, Plan, Scene
from laurels.rooms.kinds.sizes import points


def check(plan: Plan) -> list[tuple[str, str]]:
    settings: Settings = plan.settings
    found = []
    if len(settings.segments) < 2:
        found.append(("settings.segments", _("A market needs at least two segments of customers.")))
    if sum(one.is_loudest for one in settings.segments) != 1:
        found.append(("settings.segments", _("One segment is the loudest: give one of them is_loudest = true.")))
    if not 2 <= settings.sprints <= 6:
        found.append(("settings.sprints", _("Play two to six Sprints.")))
    if len(settings.own) < settings.least:
        found.append(("settings.own", _("Bring as many items of your own as a backlog has at least.")))
    if any(brings.into for brings in plan.brings):
        found.append(("brings.into", _("A market has one backlog: leave “into” out.")))
    return found


def begin(plan: Plan, brought: Sequence[tuple[Card, str]], seed: int) -> State:
    """The team's own backlog in its order, filled up where it is too small for a market."""
    settings: Settings = plan.settings
    entries = [entry_of(card) for card, _into in brought][: settings.most]
    lacking = max(0, settings.least - len(entries))
    entries += [Entry(f"own{nth}", title) for nth, title in enumerate(settings.own[:lacking])]
    return State(seed=str(seed), entries=entries, order=[entry.key for entry in entries])


def entry_of(card: Card) -> Entry:
    """What earlier work proved of an item makes its value and size less of a guess."""
    given = card.fields
    proofs = [(OUTCOME, given.get("outcome")), (CRITERIA, given.get("criteria"))]
    proofs += [(TESTED, given.get("tested") or card.sort == "test"), (FEEDBACK, card.sort == "change")]
    size = points(card)
    evidence = [name for name, proof in proofs if proof]
    return Entry(card.id, card.text, float(size) if size else None, evidence)


def enter(state: State, scene: Scene, hands: Sequence[Hand]) -> Outcome:
    return Outcome(state, touched=("canvas",))


def total(name: str, state: State) -> int:
    return len(state.plans) if name == "sprints" else 0


def why_not(act: Act, state: State, scene: Scene) -> Refusal | None:
    if isinstance(act, Note):
        return cards.why_not_words(act.text, most=scene.settings.card_most)
    if game.is_over(state, scene.settings):
        return Refusal("over", _("All Sprints are over. Read the chart, and write what you learned."))
    match act:
        case Move():
            return why_not_item(act.card, state, scene) or why_not_move(act, state, scene)
        case Try():
            return why_not_item(act.card, state, scene) or why_not_test(act.card, state, scene)
        case Forecast(items=items):
            return why_not_forecast(items, state, scene)
        case Run():
            return why_not_run(state)


def why_not_item(key: str, state: State, scene: Scene) -> Refusal | None:
    if key not in game.open_items(state, game.market_of(state, scene.settings)):
        return Refusal("no-card", _("This item is delivered, or not there any more. Look at the list again."))
    return None


def why_not_move(act: Move, state: State, scene: Scene) -> Refusal | None:
    count = len(game.open_items(state, game.market_of(state, scene.settings)))
    if act.position and not 1 <= act.position <= count:
        return Refusal("position", _("There are places 1 to %s. Choose one of them.") % count, "position")
    if not act.position and not act.places:
        return Refusal("nowhere", _("Say where it goes: a number, or up or down."), "position")
    return None


def why_not_test(key: str, state: State, scene: Scene) -> Refusal | None:
    if key in game.tested(state):
        return Refusal("tested", _("You know this one already: it was tested."))
    most = game.market_of(state, scene.settings).terms.most_tests
    if len(state.tests) >= most:
        return Refusal("tests", _("%s tests in one Sprint are the most.") % most)
    return None


def why_not_forecast(items: int, state: State, scene: Scene) -> Refusal | None:
    count = len(game.open_items(state, game.market_of(state, scene.settings)))
    if not 0 <= items <= count:
        return Refusal("forecast", _("Forecast a number from 0 to %s.") % count, "items")
    return None


def why_not_run(state: State) -> Refusal | None:
    if state.forecast is None:
        return Refusal("no-forecast", _("First say how many items you expect to deliver."))
    return None


def apply(act: Act, state: State, scene: Scene) -> Outcome:
    number = str(game.coming(state))
    market = game.market_of(state, scene.settings)
    match act:
        case Move():
            moved = with_(state, order=_moved(act, game.open_items(state, market), state))
            return Outcome(moved, touched=("canvas", "own"), deeds=(("sprint", number), ("move", act.card)))
        case Try(card=card):
            deeds = (("sprint", number), ("test", card))
            return Outcome(with_(state, tests=[*state.tests, card]), touched=("canvas", "own"), deeds=deeds)
        case Forecast(items=items):
            deeds = (("sprint", number), ("forecast", number))
            return Outcome(with_(state, forecast=items), touched=("canvas", "own"), deeds=deeds)
        case Run():
            return run(state, scene, number)
        case Note(text=text):
            made = cards.new_card(scene, text, sort="lesson")
            noted = with_(state, notes=[*state.notes, made.id])
            return Outcome(noted, cards=(made,), touched=("canvas",), deeds=(("debrief", made.id),))


def _moved(act: Move, open_: list[str], state: State) -> list[str]:
    rest = [key for key in open_ if key != act.card]
    to = act.position - 1 if act.position else open_.index(act.card) + act.places
    rest.insert(max(0, min(to, len(rest))), act.card)
    return [key for key in state.order if key not in rest] + rest


def run(state: State, scene: Scene, number: str) -> Outcome:
    """The Sprint happens; after the last one all curves are worked out."""
    settings: Settings = scene.settings
    market = game.market_of(state, settings)
    open_ = game.open_items(state, market)
    plan = Planned(open_, list(state.tests), state.forecast or 0)
    state = with_(state, plans=[*state.plans, plan], tests=[], forecast=None, order=_after(open_, state))
    if game.is_over(state, settings):
        state = game.finished(state, market)
    return Outcome(state, touched=("canvas", "own"), deeds=(("sprint", number),))


def _after(open_: list[str], state: State) -> list[str]:
    return [key for key in state.order if key not in open_] + open_
