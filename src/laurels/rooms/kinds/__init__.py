"""Kinds of exercises: one folder each, all of the same shape.

    state.py   Settings, the kind's Step, State, and one frozen Struct for each act (its ``verb`` is the tag)
    rules.py   check, begin, why_not, apply, enter, total: pure
    look.py    part, own, sheet, offers, outline: what is drawn from a ``Stage``
    robot.py   turn: how somebody takes part, for rehearsals and previews
    parts/     templates, each with one root element whose id is ``{{ id }}``
    tests/     rules as properties, parts by keyboard and for axe

A new kind is a copied neighbour; it is found by its folder.
"""

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from random import Random
from types import UnionType
from typing import Any, get_args

import msgspec
from django.utils.translation import gettext as _

from laurels.kernel.refusal import Refusal, Refused
from laurels.rooms.kinds.scene import Card, Due, Eyes, Hand, Need, Offer, Outcome, Part, Plan, Scene, Section, Stage

TEXT_MOST = 2000
CONTROLS_ALLOWED = "\n\t"


type Turn = tuple[str, Mapping[str, object]]


def no_turn(stage: Stage, hand: Hand, luck: Random) -> Turn | None:
    """Nothing to do here."""
    return None


def nothing_together(stages: Sequence[Stage]) -> Part | None:
    """Canvases of this kind are not compared."""
    return None


def nothing_due(state: Any, scene: Scene) -> Due | None:
    """Nothing happens here by itself."""
    return None


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind of exercise. ``acts`` is the union of its act Structs, tagged by their verb.

    check(plan)                     what is wrong with settings and steps: (key path, sentence) each
    begin(plan, brought, seed)      the state a canvas begins with; ``brought`` are (card, into) in order
    why_not(act, state, scene)      why this act is refused now, or None
    apply(act, state, scene)        what it changes: an Outcome
    enter(state, scene, hands)      what the beginning of ``scene.step`` changes: an Outcome
    total(name, state)              a number that a taking-part rule names, such as rounds
    part(name, stage, eyes)         a shared part, or None when it is not there any more; "canvas" is the whole
    own(stage, hand)                what only this person sees: their forms, their hidden cards, their votes
    sheet(card_id, stage, hand)     what this person can do with a card; None when there is no such card
    offers(stage)                   what later exercises may bring in, best first
    outline(stage)                  sections for the team's product case
    together(stages)                what all teams' canvases show side by side, for the presenter; None: nothing
    due(state, scene)               what the canvas does by itself next and when, as it stands after an act; or None
    turn(stage, hand, luck)         a robot's next act in a rehearsal, (verb, form values), or None: nothing left to do
    """

    name: str
    title: Any
    settings: type[msgspec.Struct]
    step: type[msgspec.Struct]
    state: type[msgspec.Struct]
    acts: UnionType | type
    check: Callable[[Plan], list[tuple[str, str]]]
    begin: Callable[[Plan, Sequence[tuple[Card, str]], int], Any]
    why_not: Callable[[Any, Any, Scene], Refusal | None]
    apply: Callable[[Any, Any, Scene], Outcome]
    enter: Callable[[Any, Scene, Sequence[Hand]], Outcome]
    total: Callable[[str, Any], int]
    part: Callable[[str, Stage, Eyes], Part | None]
    own: Callable[[Stage, Hand], Part]
    sheet: Callable[[str, Stage, Hand], Part | None]
    offers: Callable[[Stage], list[Offer]]
    outline: Callable[[Stage], list[Section]]
    turn: Callable[[Stage, Hand, Random], Turn | None] = no_turn
    due: Callable[[Any, Scene], Due | None] = nothing_due
    together: Callable[[Sequence[Stage]], Part | None] = nothing_together

    @property
    def verbs(self) -> dict[str, type[msgspec.Struct]]:
        types = get_args(self.acts) or (self.acts,)
        return {each.__struct_config__.tag: each for each in types}


@cache
def kinds() -> dict[str, Kind]:
    """Every kind by its name: the folders here whose package holds a ``kind``."""
    folders = [module.name for module in iter_modules(__path__) if module.ispkg and module.name != "tests"]
    found = [getattr(import_module(f"{__name__}.{name}"), "kind", None) for name in sorted(folders)]
    return {kind.name: kind for kind in found if kind is not None}


def read_plan(raw: Mapping[str, Any]) -> Plan:
    """An exercise of a pack, read by its kind. Raises ``msgspec.ValidationError`` on the first fault."""
    kind = kinds()[raw["kind"]]
    plan = msgspec.convert(raw, Plan)
    return msgspec.structs.replace(
        plan,
        settings=msgspec.convert(plan.settings, kind.settings),
        steps=tuple(msgspec.convert(step, kind.step) for step in plan.steps),
    )


def problems(raw: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What the kind has against an exercise: (key path, sentence) each; for the pack reader."""
    kind = kinds().get(raw["kind"])
    if kind is None:
        return [("kind", _("There is no such kind. Use one of: %s.") % ", ".join(kinds()))]
    try:
        plan = read_plan(raw)
    except msgspec.ValidationError as error:
        return [_fault(error)]
    unknown = [
        (f"step.{number}.allow", _("“%s” is no verb of this kind. It has: %s.") % (verb, ", ".join(kind.verbs)))
        for number, step in enumerate(plan.steps)
        for verb in step.allow
        if verb not in kind.verbs
    ]
    return unknown + kind.check(plan)


def _fault(error: msgspec.ValidationError) -> tuple[str, str]:
    words, _at, path = str(error).partition(" - at `")
    return path.rstrip("`").removeprefix("$").removeprefix(".") or "settings", words


def read_act(kind: Kind, verb: str, values: Mapping[str, list[str]]) -> Any:
    """The act somebody asks for, from form values. Raises Refused when words or numbers do not fit."""
    act = kind.verbs.get(verb)
    if act is None:
        raise Refused(Refusal("verb", _("This exercise knows no “%s”. Reload the page.") % verb[:40]))
    fields = {field.encode_name: field for field in msgspec.structs.fields(act)}
    given = {name: _value(fields[name].type, values[name]) for name in fields if name in values}
    try:
        return msgspec.convert(given, act, strict=False)
    except msgspec.ValidationError as error:
        field, words = _fault(error)
        raise Refused(Refusal("values", f"{field}: {words}.", field)) from error


def _value(type_: Any, given: list[str]) -> Any:
    cleaned = [clean(text) for text in given]
    is_many = getattr(type_, "__origin__", None) in {list, tuple, frozenset}
    return cleaned if is_many else cleaned[-1]


def clean(text: str) -> str:
    """Words as they are kept: composed and trimmed. Raises Refused for control characters or too many of them."""
    words = unicodedata.normalize("NFC", text).replace("\r\n", "\n").strip()
    if len(words) > TEXT_MOST:
        raise Refused(Refusal("long", _("That is too long: %s letters, and %s fit.") % (len(words), TEXT_MOST)))
    if any(unicodedata.category(letter) == "Cc" and letter not in CONTROLS_ALLOWED for letter in words):
        raise Refused(Refusal("controls", _("There are invisible control characters in it. Type it again.")))
    return words


def level(plan: Plan, kind: Kind, state: Any, deeds: Mapping[str, Sequence[str]]) -> str:
    """``met``, ``partly`` or ``none``: how far somebody's deeds fill the exercise's rule. Never a count of words."""
    rule = plan.taking_part
    met = [_is_met(need, kind, state, deeds) for need in (rule.all or rule.any)]
    if all(met) if rule.all else any(met):
        return "met"
    return "partly" if any(deeds.values()) else "none"


def _is_met(need: Need, kind: Kind, state: Any, deeds: Mapping[str, Sequence[str]]) -> bool:
    times = need.times if isinstance(need.times, int) else kind.total(need.times, state)
    return len(set(deeds.get(need.deed, ()))) >= max(1, times)
