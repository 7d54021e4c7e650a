"""What ``laurels fsck`` looks through, part by part: each yields the faults of one organisation."""

from collections.abc import Callable, Iterator

from laurels.kernel.faults import Fault
from laurels.payments.queries.soundness import money_faults
from laurels.people.models import Organisation
from laurels.workshops.queries.soundness import seat_faults

PARTS: dict[str, Callable[[Organisation], Iterator[Fault]]] = {"money": money_faults, "seats": seat_faults}
