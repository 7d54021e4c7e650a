"""What a statement is checked for and begins with."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from msgspec.structs import replace as with_

from laurels.rooms.kinds.scene import Card, Hand, Outcome, Plan, Scene
from laurels.rooms.kinds.statement.rules.reading import filled, forms, gaps, path
from laurels.rooms.kinds.statement.state import Settings, State


def check(plan: Plan) -> list[tuple[str, str]]:
    settings: Settings = plan.settings
    keys, forms = [slot.key for slot in settings.slots], [form.key for form in settings.statements]
    found = [] if keys else [("settings.slots", _("A statement needs at least one slot."))]
    found += [("settings", _("“%s” stands here twice.") % key) for names in (keys, forms) for key in _twice(names)]
    wanted = [*gaps(settings.sentence), settings.named_by, *(slot.more_than for slot in settings.slots)]
    wanted += [brought.into for brought in plan.brings]
    found += [("settings", _("There is no slot “%s”.") % key) for key in wanted if key and key not in keys]
    for slot in settings.slots:
        if (slot.sort == "choice") != bool(slot.choices):
            found.append((f"settings.slots.{slot.key}", _("A choice, and only a choice, needs its choices.")))
        if slot.more_than and slot.sort not in {"number", "date"}:
            found.append((f"settings.slots.{slot.key}", _("Only a number or a date can be more than another.")))
    return list(dict.fromkeys(found))


def _twice(keys: list[str]) -> list[str]:
    return [key for key in keys if keys.count(key) > 1]


def begin(plan: Plan, brought: Sequence[tuple[Card, str]], seed: int) -> State:
    return State(brought=[(card.id, into) for card, into in brought])


def enter(state: State, scene: Scene, hands: Sequence[Hand]) -> Outcome:
    """A step begins: what flowed in fills its slots with the first one, a new vote begins from nothing."""
    made: tuple[Card, ...] = ()
    if scene.step == 0 and not state.statements:
        state, made = _with_brought(state, scene)
    if scene.now_step.votes:
        state = with_(state, votes={})
    return Outcome(state, cards=made, touched=("canvas",))


def _with_brought(state: State, scene: Scene) -> tuple[State, tuple[Card, ...]]:
    """The first card for a slot goes to the first statement, the second to the second; those left over stay beside."""
    made: dict[str, Card] = {}
    for nth, form in enumerate(forms(scene.plan)):
        for slot in scene.settings.slots:
            cards_for = [id_ for id_, into in state.brought if into == slot.key and id_ in scene.cards]
            if nth < len(cards_for):
                origin = scene.cards[cards_for[nth]]
                card = made.get(form.key) or Card(f"{scene.fresh[0]}s{nth}", "", scene.settings.sort, origin=origin.id)
                made[form.key] = filled(card, {slot.key: str(origin.fields.get(slot.key) or origin.text)}, scene.plan)
    revisions = {path(key, slot): 1 for key, card in made.items() for slot in card.fields}
    statements = {key: card.id for key, card in made.items()}
    return with_(state, statements=statements, revisions=revisions), tuple(made.values())
