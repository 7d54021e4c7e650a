"""Who asks, for which account, with what: all that the till's own verbs need to know of a request."""

from dataclasses import dataclass, field

from laurels.web.demo.stripe_like.errors import Thing
from laurels.web.demo.stripe_like.parameters import Parameters
from laurels.web.demo.stripe_like.state import State


@dataclass(frozen=True, slots=True)
class Call:
    state: State
    account: str
    public_url: str
    asked: Parameters = field(default_factory=lambda: Parameters({}))
    names: tuple[str, ...] = ()  # those in the address
    request_id: str | None = None
    idempotency_key: str | None = None

    def get(self, kind: str, name: str, *, param: str = "id", status: int = 404) -> Thing:
        return self.state.get(kind, name, self.account, param=param, status=status)

    def add(self, thing: Thing) -> Thing:
        return self.state.add(thing, self.account)
