"""Ways to rank, one module each, all of the same shape.

COLUMNS                         what stands beside an item, in words
verbs                           what may be done besides adding, rewording, withdrawing and explaining
why_not(act, state, scene)      why not now
apply(act, state, scene)        what it changes
ranking(state, cards, settings) every item best first: its place for later exercises, its figures for people
"""

from types import ModuleType

from laurels.rooms.kinds.ranking.modes import buy, kano, moscow, order, relative, wsjf

MODES: dict[str, ModuleType] = {
    "order": order,
    "wsjf": wsjf,
    "relative": relative,
    "moscow": moscow,
    "kano": kano,
    "buy": buy,
}
