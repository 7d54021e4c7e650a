"""What may be done in a Lean Coffee, and what it changes."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _
from msgspec.structs import replace as with_

from laurels.kernel.refusal import Refusal
from laurels.rooms.kinds import cards
from laurels.rooms.kinds.cards import Edit, Withdraw
from laurels.rooms.kinds.leancoffee.state import (
    Act,
    Action,
    Again,
    Ask,
    Close,
    Discuss,
    Heard,
    Merge,
    NameMe,
    Next,
    Note,
    Prefer,
    Propose,
    Reopen,
    Settings,
    ShowThumb,
    Speak,
    Split,
    State,
    TakeAway,
    Unvote,
    Vote,
    WrapUp,
)
from laurels.rooms.kinds.scene import Card, Due, Hand, Outcome, Plan, Scene

# What only the host does where a host leads.
LEADING = (Discuss, Ask, Close, Next, Prefer, Reopen, Heard)


def check(plan: Plan) -> list[tuple[str, str]]:
    settings: Settings = plan.settings
    found = []
    if settings.timebox < 1 or any(minutes < 1 for minutes in (*settings.extensions, *settings.timeboxes)):
        found.append(("settings.timebox", _("A timebox has at least one minute.")))
    if settings.rounds_most < 1:
        found.append(("settings.rounds_most", _("Every topic is talked about once at least.")))
    if any(brings.into for brings in plan.brings):
        found.append(("brings.into", _("Topics have one place: leave “into” out.")))
    return found


def begin(plan: Plan, brought: Sequence[tuple[Card, str]], seed: int) -> State:
    return State(topics=[card.id for card, _into in brought][: plan.settings.topics_most])


def enter(state: State, scene: Scene, hands: Sequence[Hand]) -> Outcome:
    state = with_(state, table=[hand.id for hand in hands], next_at=_now(scene) + scene.settings.pause_seconds)
    return Outcome(state, touched=("canvas",))


def total(name: str, state: State) -> int:
    return len(state.discussed) if name == "topics" else 0


def counted(state: State) -> Counter[str]:
    return Counter(id_ for ids in state.votes.values() for id_ in ids)


def in_order(state: State) -> list[str]:
    """Most votes first; among equals what the host put first, then what was proposed first."""
    votes = counted(state)
    preferred = {id_: at for at, id_ in enumerate(state.prefers)}
    return sorted(state.topics, key=lambda id_: (-votes[id_], preferred.get(id_, len(preferred))))


def _heard(state: State) -> set[int]:
    """Whose topics have been talked about."""
    return {state.authors[id_] for id_ in state.discussed if id_ in state.authors}


def why_next(id_: str, state: State) -> str:
    """In words, why this one comes before the other open ones."""
    votes, rest = counted(state), [each for each in open_topics(state) if each != id_]
    equal = [each for each in rest if votes[each] == votes[id_]]
    if not equal:
        return _("It has most votes.") if rest else _("It is the last one.")
    if any(state.authors.get(each) in _heard(state) for each in equal) and state.authors.get(id_) not in _heard(state):
        return _("As many votes as others, and a voice that was not heard yet.")
    if id_ in state.prefers:
        return _("As many votes as others; the host put it first.")
    return _("As many votes as others, and proposed first.")


def open_topics(state: State) -> list[str]:
    """What was not talked about, in its order; among equals a voice that was not heard yet comes before all else."""
    votes, heard = counted(state), _heard(state)
    left = [id_ for id_ in in_order(state) if id_ not in state.discussed and id_ != state.topic]
    return sorted(left, key=lambda id_: (-votes[id_], state.authors.get(id_) in heard))


def may_add(hand: int, state: State) -> bool:
    """Whether this person may propose one more during the talk."""
    return state.more.get(hand, 0) > 0 or (state.more_all and hand not in state.more_used)


def is_bell(state: State, at: int) -> bool:
    """Everybody is asked, or would be this second: thumbs count from the bell on, before the server says so."""
    return state.is_asking or (bool(state.topic) and at >= state.ends_at)


def due(state: State, scene: Scene) -> Due | None:
    """The bell asks, the time for thumbs ends; where the clock leads, the next topic begins or the step is over."""
    settings: Settings = scene.settings
    if "discuss" not in scene.now_step.allow:
        return None
    if state.topic and settings.poll_seconds:
        return Due(state.asked_at + settings.poll_seconds, Close()) if state.is_asking else Due(state.ends_at, Ask())
    if state.topic or settings.led_by != "clock":
        return None
    return Due(state.next_at, Discuss() if open_topics(state) else None)


def _now(scene: Scene) -> int:
    return int(scene.at.timestamp())


# Why not


def why_not(act: Act, state: State, scene: Scene) -> Refusal | None:
    if refusal := why_not_lead(act, scene):
        return refusal
    most = scene.settings.card_most
    match act:
        case Propose(text=text):
            return why_not_propose(text, state, scene)
        case Edit(card=card, text=text):
            return cards.why_not_change(card, scene) or cards.why_not_words(text, most=most)
        case Withdraw(card=card):
            return cards.why_not_change(card, scene) or why_not_withdraw(card, state)
        case Merge():
            return why_not_merge(act, state)
        case Split(card=card):
            return why_not_split(card, state)
        case Vote(card=card):
            return why_not_topic(card, state) or why_not_vote(card, state, scene)
        case Unvote(card=card) | Prefer(card=card):
            return why_not_topic(card, state)
        case Discuss():
            return why_not_discuss(act, state, scene)
        case Note(text=text) | TakeAway(text=text):
            return cards.why_not_words(text, most=most)
        case Action(text=text, due=due):
            return cards.why_not_words(text, most=most) or why_not_due(due)
        case WrapUp(text=text):
            return why_not_wrap_up(state, scene) or cards.why_not_words(text, most=most)
        case Again(card=card):
            return why_not_again(card, state, scene)
        case Speak() | Heard() | NameMe() | Reopen():
            return None
        case Ask():
            return why_not_talking(state) or why_not_ask(state)
        case Next():
            return why_not_talking(state)
        case ShowThumb():
            return None if is_bell(state, _now(scene)) else not_asked(state)
        case Close():
            return None if state.is_asking else not_asked(state)


def why_not_lead(act: Act, scene: Scene) -> Refusal | None:
    if isinstance(act, LEADING) and scene.settings.led_by == "host" and not scene.by.is_trainer:
        return Refusal("host", _("The host takes everybody on. Ask them, or raise your hand."))
    return None


def why_not_propose(text: str, state: State, scene: Scene) -> Refusal | None:
    if scene.now_step.results and not scene.by.is_trainer and not may_add(scene.by.id, state):
        return Refusal("closed", _("Proposing is over. The host can open it again for you."))
    if len(state.topics) >= scene.settings.topics_most:
        return Refusal("full", _("There are %s topics already. Merge some first.") % scene.settings.topics_most)
    return cards.why_not_words(text, most=scene.settings.card_most)


def why_not_topic(id_: str, state: State) -> Refusal | None:
    if id_ not in state.topics:
        return Refusal("no-card", _("This topic is not here any more. Somebody may have merged or withdrawn it."))
    return None


def why_not_withdraw(id_: str, state: State) -> Refusal | None:
    if state.under.get(id_):
        return Refusal("merged", _("Others were merged into it. Split them off first, so that nothing is lost."))
    if any(id_ in ids for ids in state.under.values()):
        return Refusal("merged", _("It was merged into another. Split it off first."))
    return None


def why_not_merge(act: Merge, state: State) -> Refusal | None:
    if act.card == act.into:
        return Refusal("merge", _("Choose two different topics."))
    if act.card in (state.topic, *state.discussed):
        return Refusal("merge", _("This one is being talked about, or has been."))
    return why_not_topic(act.card, state) or why_not_topic(act.into, state)


def why_not_split(id_: str, state: State) -> Refusal | None:
    if not any(id_ in ids for ids in state.under.values()):
        return Refusal("no-card", _("This was not merged into another."))
    return None


def why_not_vote(id_: str, state: State, scene: Scene) -> Refusal | None:
    given, settings = state.votes.get(scene.by.id, []), scene.settings
    if not settings.own_topics and state.authors.get(id_) == scene.by.id:
        return Refusal("own", _("Here nobody votes for a topic of their own. Give it to another."))
    if len(given) >= settings.votes:
        return Refusal("spent", _("You have given all %s votes. Take one back to give it elsewhere.") % settings.votes)
    if given.count(id_) >= settings.on_one:
        return Refusal("one-card", _("At most %s of your votes on one topic.") % settings.on_one)
    return None


def why_not_discuss(act: Discuss, state: State, scene: Scene) -> Refusal | None:
    settings: Settings = scene.settings
    if state.topic:
        return Refusal("talking", _("You are talking about another topic. Close it first."))
    if act.minutes and act.minutes not in (settings.timebox, *settings.timeboxes):
        return Refusal("minutes", _("Choose one of the lengths that are offered."), "minutes")
    if act.card:
        return why_not_topic(act.card, state)
    return None if open_topics(state) else Refusal("none", _("All topics have been talked about."))


def why_not_talking(state: State) -> Refusal | None:
    return None if state.topic else Refusal("no-topic", _("Choose a topic to talk about first."))


def why_not_ask(state: State) -> Refusal | None:
    return Refusal("asked", _("Everybody is being asked already.")) if state.is_asking else None


def not_asked(state: State) -> Refusal:
    if state.said:
        return Refusal("not-asked", _("The thumbs have been counted already. You are asked again at the next bell."))
    return Refusal("not-asked", _("Nobody has asked whether to go on."))


def why_not_due(day: str) -> Refusal | None:
    try:
        date.fromisoformat(day or "2026-01-01")
    except ValueError:
        return Refusal("due", _("Write the day like 2026-12-24, or leave it empty."), "due")
    return None


def why_not_wrap_up(state: State, scene: Scene) -> Refusal | None:
    if any(id_ in scene.cards and scene.cards[id_].by == scene.by.id for id_ in state.wrapups):
        return Refusal("once", _("You have said yours. Touch it to change its words."))
    return None


def why_not_again(id_: str, state: State, scene: Scene) -> Refusal | None:
    if refusal := why_not_topic(id_, state):
        return refusal
    if state.authors.get(id_) != scene.by.id:
        return Refusal("not-yours", _("Whoever proposed it says whether it comes again."))
    return None


# What changes


def apply(act: Act, state: State, scene: Scene) -> Outcome:
    match act:
        case Propose(text=text):
            return propose(text, state, scene)
        case Edit(card=card, text=text):
            changed = cards.reworded(scene.cards[card], text)
            return Outcome(state, cards=(changed,), touched=("canvas", "own"), deeds=(("edit", card),))
        case Withdraw(card=card):
            return withdraw(card, state)
        case Merge():
            return merge(act, state)
        case Split(card=card):
            return split(card, state)
        case Vote(card=card):
            votes = state.votes | {scene.by.id: [*state.votes.get(scene.by.id, []), card]}
            return Outcome(with_(state, votes=votes), touched=("tally",), deeds=(("vote", card),))
        case Unvote(card=card):
            return unvote(card, state, scene)
        case Prefer(card=card):
            prefers = [card, *(id_ for id_ in state.prefers if id_ != card)]
            return Outcome(with_(state, prefers=prefers), touched=("table", "topics"))
        case Discuss():
            return discuss(act, state, scene)
        case Ask():
            return Outcome(with_(state, is_asking=True, asked_at=_now(scene), thumbs={}), touched=("table",))
        case ShowThumb():
            return thumb(act, state, scene)
        case Close():
            return settled(state, scene)
        case Next():
            return done(state, scene)
        case Reopen(who=who):
            return reopen(who, state)
        case Note(text=text):
            return added("note", "notes", text, state, scene)
        case TakeAway(text=text, owner=owner):
            return added("takeaway", "takeaways", text, state, scene, owner=owner[:60])
        case Action(text=text, owner=owner, due=due):
            return added("action", "actions", text, state, scene, owner=owner[:60], due=due)
        case WrapUp(text=text):
            return added("wrapup", "wrapups", text, state, scene)
        case Again(card=card):
            return Outcome(with_(state, again=toggled(card, state.again)), touched=("topics", "own"))
        case NameMe():
            return Outcome(with_(state, named=toggled(scene.by.id, state.named)))
        case Speak():
            queue = toggled(scene.by.id, state.queue)
            return Outcome(with_(state, queue=queue), touched=("table",), deeds=(("speak", "queue"),))
        case Heard(who=who):
            return Outcome(with_(state, queue=[id_ for id_ in state.queue if id_ != who]), touched=("table",))


def toggled[T](one: T, ones: list[T]) -> list[T]:
    """Without it where it was; else with it, last."""
    return [each for each in ones if each != one] if one in ones else [*ones, one]


def propose(text: str, state: State, scene: Scene) -> Outcome:
    made, by = cards.new_card(scene, text, sort="topic"), scene.by.id
    state = with_(state, topics=[*state.topics, made.id], authors=state.authors | ({made.id: by} if by else {}))
    if scene.now_step.results and not scene.by.is_trainer:
        left = state.more.get(by, 0)
        state = (
            with_(state, more=state.more | {by: left - 1}) if left else with_(state, more_used=[*state.more_used, by])
        )
    return Outcome(state, cards=(made,), touched=("topics", "own"), deeds=(("propose", made.id),))


def added(sort: str, where: str, text: str, state: State, scene: Scene, **fields: str) -> Outcome:
    """A line that belongs to the topic on the table, or to none."""
    made = replace(cards.new_card(scene, text, sort=sort), fields={"topic": state.topic, **fields})
    state = with_(state, **{where: [*getattr(state, where), made.id]})
    return Outcome(state, cards=(made,), touched=("takeaways", "own"), deeds=((sort, made.id),))


def withdraw(id_: str, state: State) -> Outcome:
    """A topic or a line leaves; votes on it go back."""
    lists = ("topics", "notes", "takeaways", "actions", "wrapups", "discussed", "prefers", "again")
    state = with_(
        state,
        **{name: [each for each in getattr(state, name) if each != id_] for name in lists},
        votes={hand: [each for each in ids if each != id_] for hand, ids in state.votes.items()},
        **({"topic": "", "ends_at": 0, "is_asking": False} if state.topic == id_ else {}),
    )
    return Outcome(state, gone=(id_,), touched=("canvas", "own"))


def merge(act: Merge, state: State) -> Outcome:
    under = [*state.under.get(act.into, []), act.card, *state.under.get(act.card, [])]
    carried = {hand: ids.count(act.card) for hand, ids in state.votes.items() if act.card in ids}
    state = with_(
        state,
        topics=[id_ for id_ in state.topics if id_ != act.card],
        under={id_: ids for id_, ids in state.under.items() if id_ != act.card} | {act.into: under},
        carried=state.carried | {act.card: carried},
        votes={hand: [act.into if id_ == act.card else id_ for id_ in ids] for hand, ids in state.votes.items()},
    )
    return Outcome(state, touched=("topics", "own"), deeds=(("merge", act.card),))


def split(id_: str, state: State) -> Outcome:
    """The votes it brought go back with it, as far as they are still where they went."""
    into = next(each for each, ids in state.under.items() if id_ in ids)
    carried = state.carried.get(id_, {})
    state = with_(
        state,
        topics=[*state.topics, id_],
        under=state.under | {into: [each for each in state.under[into] if each != id_]},
        carried={each: votes for each, votes in state.carried.items() if each != id_},
        votes={hand: _moved(ids, into, id_, carried.get(hand, 0)) for hand, ids in state.votes.items()},
    )
    return Outcome(state, touched=("topics", "own"))


def _moved(ids: list[str], here: str, there: str, most: int) -> list[str]:
    found = list(ids)
    for _nth in range(min(most, found.count(here))):
        found[found.index(here)] = there
    return found


def unvote(id_: str, state: State, scene: Scene) -> Outcome:
    given = list(state.votes.get(scene.by.id, []))
    if id_ in given:
        given.remove(id_)
    return Outcome(with_(state, votes=state.votes | {scene.by.id: given}), touched=("tally",))


def reopen(who: int, state: State) -> Outcome:
    if who:
        state = with_(state, more=state.more | {who: state.more.get(who, 0) + 1})
    else:
        state = with_(state, more_all=True, more_used=[])
    return Outcome(state, touched=("table", "own"))


def discuss(act: Discuss, state: State, scene: Scene) -> Outcome:
    id_ = act.card or open_topics(state)[0]
    state = with_(
        state,
        topic=id_,
        began_at=_now(scene),
        ends_at=_now(scene) + (act.minutes or scene.settings.timebox) * 60,
        talks=state.talks | {id_: 1},
        discussed=[each for each in state.discussed if each != id_],
        queue=[],
        is_asking=False,
        said={},
    )
    return Outcome(state, touched=("table", "topics"))


def thumb(act: ShowThumb, state: State, scene: Scene) -> Outcome:
    """The last one of the table to show theirs settles it."""
    if not state.is_asking:
        state = with_(state, is_asking=True, asked_at=state.ends_at, thumbs={})
    state = with_(state, thumbs=state.thumbs | {scene.by.id: act.way})
    deeds = (("thumb", f"{state.topic}/{state.talks.get(state.topic, 1)}"),)
    if state.table and set(state.table) <= state.thumbs.keys():
        found = settled(state, scene)
        return Outcome(found.state, touched=(*found.touched, "own"), deeds=deeds)
    return Outcome(state, touched=("table",), deeds=deeds)


def settled(state: State, scene: Scene) -> Outcome:
    """More thumbs up than down, and time left to give: the topic goes on. A tie moves on."""
    found = Counter(state.thumbs.values())
    talks, settings = state.talks.get(state.topic, 1), scene.settings
    said = {way: found[way] for way in ("up", "side", "down")}
    rounds = settings.rounds_most - 1 if settings.extensions else 0
    if found["up"] <= found["down"] or talks > rounds:
        return done(with_(state, said=said), scene)
    ends_at = _now(scene) + settings.extensions[min(talks, len(settings.extensions)) - 1] * 60
    talks_now = state.talks | {state.topic: talks + 1}
    state = with_(state, is_asking=False, thumbs={}, said=said, ends_at=ends_at, talks=talks_now)
    return Outcome(state, touched=("table",))


def done(state: State, scene: Scene) -> Outcome:
    now = _now(scene)
    spent = state.spent | {state.topic: state.spent.get(state.topic, 0) + max(0, now - (state.began_at or now))}
    state = with_(
        state,
        discussed=[*state.discussed, state.topic],
        spent=spent,
        next_at=now + scene.settings.pause_seconds,
        topic="",
        ends_at=0,
        is_asking=False,
        thumbs={},
        queue=[],
    )
    return Outcome(state, touched=("table", "topics"))
