"""What may be done in a Lean Coffee, and what it changes."""

from collections import Counter
from collections.abc import Sequence

from django.utils.translation import gettext as _
from msgspec.structs import replace as with_

from laurels.kernel.refusal import Refusal
from laurels.rooms.kinds import cards
from laurels.rooms.kinds.cards import Edit, Withdraw
from laurels.rooms.kinds.leancoffee.state import (
    Act,
    Ask,
    Close,
    Discuss,
    Merge,
    Next,
    Propose,
    Settings,
    ShowThumb,
    Speak,
    State,
    TakeAway,
    Unvote,
    Vote,
)
from laurels.rooms.kinds.scene import Card, Hand, Outcome, Plan, Scene


def check(plan: Plan) -> list[tuple[str, str]]:
    settings: Settings = plan.settings
    found = []
    if settings.timebox < 1 or any(minutes < 1 for minutes in settings.extensions):
        found.append(("settings.timebox", _("A timebox has at least one minute.")))
    if any(brings.into for brings in plan.brings):
        found.append(("brings.into", _("Topics have one place: leave “into” out.")))
    return found


def begin(plan: Plan, brought: Sequence[tuple[Card, str]], seed: int) -> State:
    return State(topics=[card.id for card, _into in brought][: plan.settings.topics_most])


def enter(state: State, scene: Scene, hands: Sequence[Hand]) -> Outcome:
    return Outcome(with_(state, table=[hand.id for hand in hands]), touched=("canvas",))


def total(name: str, state: State) -> int:
    return len(state.discussed) if name == "topics" else 0


def counted(state: State) -> Counter[str]:
    return Counter(id_ for ids in state.votes.values() for id_ in ids)


def in_order(state: State) -> list[str]:
    """Most votes first; among equals, what was proposed first."""
    votes = counted(state)
    return sorted(state.topics, key=lambda id_: -votes[id_])


def open_topics(state: State) -> list[str]:
    return [id_ for id_ in in_order(state) if id_ not in state.discussed and id_ != state.topic]


# Why not


def why_not(act: Act, state: State, scene: Scene) -> Refusal | None:
    match act:
        case Propose(text=text):
            return why_not_propose(text, state, scene)
        case Edit(card=card, text=text):
            return cards.why_not_change(card, scene) or cards.why_not_words(text, most=scene.settings.card_most)
        case Withdraw(card=card):
            return cards.why_not_change(card, scene)
        case Merge():
            return why_not_merge(act, state)
        case Vote(card=card):
            return why_not_topic(card, state) or why_not_vote(card, state, scene)
        case Unvote(card=card):
            return why_not_topic(card, state)
        case Discuss():
            return why_not_discuss(act, state)
        case TakeAway(text=text):
            return cards.why_not_words(text, most=scene.settings.card_most)
        case Speak():
            return None
        case Ask() | Next():
            return why_not_talking(state)
        case ShowThumb() | Close():
            return why_not_asking(state)


def why_not_propose(text: str, state: State, scene: Scene) -> Refusal | None:
    if len(state.topics) >= scene.settings.topics_most:
        return Refusal("full", _("There are %s topics already. Merge some first.") % scene.settings.topics_most)
    return cards.why_not_words(text, most=scene.settings.card_most)


def why_not_topic(id_: str, state: State) -> Refusal | None:
    if id_ not in state.topics:
        return Refusal("no-card", _("This topic is not here any more. Somebody may have merged or withdrawn it."))
    return None


def why_not_merge(act: Merge, state: State) -> Refusal | None:
    if act.card == act.into:
        return Refusal("merge", _("Choose two different topics."))
    return why_not_topic(act.card, state) or why_not_topic(act.into, state)


def why_not_vote(id_: str, state: State, scene: Scene) -> Refusal | None:
    given, settings = state.votes.get(scene.by.id, []), scene.settings
    if len(given) >= settings.votes:
        return Refusal("spent", _("You have given all %s votes. Take one back to give it elsewhere.") % settings.votes)
    if given.count(id_) >= settings.on_one:
        return Refusal("one-card", _("At most %s of your votes on one topic.") % settings.on_one)
    return None


def why_not_discuss(act: Discuss, state: State) -> Refusal | None:
    if state.topic:
        return Refusal("talking", _("You are talking about another topic. Close it first."))
    if act.card:
        return why_not_topic(act.card, state)
    return None if open_topics(state) else Refusal("none", _("All topics have been talked about."))


def why_not_talking(state: State) -> Refusal | None:
    return None if state.topic else Refusal("no-topic", _("Choose a topic to talk about first."))


def why_not_asking(state: State) -> Refusal | None:
    return None if state.is_asking else Refusal("not-asked", _("Nobody has asked whether to go on."))


# What changes


def apply(act: Act, state: State, scene: Scene) -> Outcome:
    match act:
        case Propose(text=text):
            made = cards.new_card(scene, text, sort="topic")
            state = with_(state, topics=[*state.topics, made.id])
            return Outcome(state, cards=(made,), touched=("topics", "own"), deeds=(("propose", made.id),))
        case Edit(card=card, text=text):
            changed = cards.reworded(scene.cards[card], text)
            return Outcome(state, cards=(changed,), touched=("canvas", "own"), deeds=(("edit", card),))
        case Withdraw(card=card):
            return withdraw(card, state)
        case Merge():
            return merge(act, state)
        case Vote(card=card):
            votes = state.votes | {scene.by.id: [*state.votes.get(scene.by.id, []), card]}
            return Outcome(with_(state, votes=votes), touched=("tally",), deeds=(("vote", card),))
        case Unvote(card=card):
            return unvote(card, state, scene)
        case Discuss():
            return discuss(act.card or open_topics(state)[0], state, scene)
        case Ask():
            return Outcome(with_(state, is_asking=True, thumbs={}), touched=("table", "own"))
        case ShowThumb():
            return thumb(act, state, scene)
        case Close():
            return settled(state, scene)
        case Next():
            return done(state)
        case TakeAway(text=text, owner=owner):
            made = cards.new_card(scene, text, sort="takeaway", owner=owner[:60])
            state = with_(state, takeaways=[*state.takeaways, made.id])
            return Outcome(state, cards=(made,), touched=("takeaways",), deeds=(("takeaway", made.id),))
        case Speak():
            waits = [id_ for id_ in state.queue if id_ != scene.by.id]
            queue = waits if scene.by.id in state.queue else [*waits, scene.by.id]
            return Outcome(with_(state, queue=queue), touched=("table",), deeds=(("speak", "queue"),))


def withdraw(id_: str, state: State) -> Outcome:
    """A topic or a take-away leaves; votes on it go back."""
    state = with_(
        state,
        topics=[each for each in state.topics if each != id_],
        takeaways=[each for each in state.takeaways if each != id_],
        discussed=[each for each in state.discussed if each != id_],
        votes={hand: [each for each in ids if each != id_] for hand, ids in state.votes.items()},
        **({"topic": "", "ends_at": 0, "is_asking": False} if state.topic == id_ else {}),
    )
    return Outcome(state, gone=(id_,), touched=("canvas", "own"))


def merge(act: Merge, state: State) -> Outcome:
    under = [*state.under.get(act.into, []), act.card, *state.under.get(act.card, [])]
    state = with_(
        state,
        topics=[id_ for id_ in state.topics if id_ != act.card],
        under={id_: ids for id_, ids in state.under.items() if id_ != act.card} | {act.into: under},
        votes={hand: [act.into if id_ == act.card else id_ for id_ in ids] for hand, ids in state.votes.items()},
    )
    return Outcome(state, touched=("topics", "own"), deeds=(("merge", act.card),))


def unvote(id_: str, state: State, scene: Scene) -> Outcome:
    given = list(state.votes.get(scene.by.id, []))
    if id_ in given:
        given.remove(id_)
    return Outcome(with_(state, votes=state.votes | {scene.by.id: given}), touched=("tally",))


def discuss(id_: str, state: State, scene: Scene) -> Outcome:
    ends_at = int(scene.at.timestamp()) + scene.settings.timebox * 60
    talks = state.talks | {id_: 1}
    discussed = [each for each in state.discussed if each != id_]
    state = with_(state, topic=id_, ends_at=ends_at, talks=talks, discussed=discussed, queue=[], is_asking=False)
    return Outcome(state, touched=("table", "topics", "own"))


def thumb(act: ShowThumb, state: State, scene: Scene) -> Outcome:
    """The last one of the table to show theirs settles it."""
    state = with_(state, thumbs=state.thumbs | {scene.by.id: act.way})
    deeds = (("thumb", f"{state.topic}/{state.talks.get(state.topic, 1)}"),)
    if state.table and set(state.table) <= state.thumbs.keys():
        found = settled(state, scene)
        return Outcome(found.state, touched=found.touched, deeds=deeds)
    return Outcome(state, touched=("table",), deeds=deeds)


def settled(state: State, scene: Scene) -> Outcome:
    """More thumbs up than down, and time left to give: the topic goes on. A tie moves on."""
    found = Counter(state.thumbs.values())
    talks, extensions = state.talks.get(state.topic, 1), scene.settings.extensions
    said = {way: found[way] for way in ("up", "side", "down")}
    if found["up"] <= found["down"] or talks > len(extensions):
        return done(with_(state, said=said))
    ends_at = int(scene.at.timestamp()) + extensions[talks - 1] * 60
    talks_now = state.talks | {state.topic: talks + 1}
    state = with_(state, is_asking=False, said=said, ends_at=ends_at, talks=talks_now)
    return Outcome(state, touched=("table", "own"))


def done(state: State) -> Outcome:
    discussed = [*state.discussed, state.topic]
    state = with_(state, topic="", ends_at=0, is_asking=False, thumbs={}, queue=[], discussed=discussed)
    return Outcome(state, touched=("table", "topics", "own"))
