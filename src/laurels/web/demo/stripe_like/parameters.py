"""What a request asks for: ``line_items[0][price_data][currency]=eur`` read into groups and lists, and checked."""

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qsl

from laurels.web.demo.stripe_like.errors import Thing, Wrong, bad

MOST_METADATA, LONGEST_KEY, LONGEST_VALUE = 50, 40, 500


def parse(encoded: str) -> Thing:
    read: Thing = {}
    for name, value in parse_qsl(encoded, keep_blank_values=True):
        first, *rest = re.findall(r"[^\[\]]+|\[\]", name) or [name]
        at = read
        for step, following in zip([first, *rest], [*rest, None], strict=True):
            key = str(len(at)) if step == "[]" else step
            if following is None:
                at[key] = value
            else:
                at = at.setdefault(key, {})
                if not isinstance(at, dict):
                    raise bad(name, f"{name} is both a value and a group.")
    return dict(_with_lists(read))


def _with_lists(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    inner = {key: _with_lists(item) for key, item in value.items()}
    if inner and all(key.isdigit() for key in inner):
        return [inner[key] for key in sorted(inner, key=int)]
    return inner


class Parameters:
    """One group of parameters. ``within`` is how its own name is written in a message."""

    def __init__(self, values: Any, within: str = "") -> None:
        if not isinstance(values, dict):
            raise bad(within, f"{within} should be a group of values.")
        self.values, self.within = values, within

    def named(self, name: str) -> str:
        return f"{self.within}[{name}]" if self.within else name

    def know_only(self, names: Iterable[str]) -> None:
        """A parameter that this till does not act on is refused; passing over it would promise too much."""
        for name in self.values.keys() - {*names, "expand"}:
            told = self.named(name)
            raise Wrong(f"The test till knows no such parameter: {told}", code="parameter_unknown", param=told)

    def text(self, name: str) -> str | None:
        value = self.values.get(name)
        if isinstance(value, dict | list):
            raise bad(self.named(name), f"{self.named(name)} should be a text.")
        return value or None

    def needed(self, name: str) -> str:
        value = self.text(name)
        if value is None:
            raise Wrong(
                f"Missing required param: {self.named(name)}.", code="parameter_missing", param=self.named(name)
            )
        return value

    def whole(self, name: str, *, least: int = 0, most: int = 2**53) -> int | None:
        value = self.text(name)
        if value is None:
            return None
        if not re.fullmatch(r"-?\d{1,16}", value):
            raise bad(self.named(name), f"Invalid integer: {value}", "parameter_invalid_integer")
        if not least <= int(value) <= most:
            raise bad(self.named(name), f"{self.named(name)} must be from {least} to {most}.", "parameter_out_of_range")
        return int(value)

    def group(self, name: str) -> "Parameters":
        return Parameters(self.values.get(name) or {}, self.named(name))

    def groups(self, name: str) -> "list[Parameters]":
        values = self.values.get(name) or []
        if not isinstance(values, list):
            raise bad(self.named(name), f"{self.named(name)} should be a list.")
        return [Parameters(value, f"{self.named(name)}[{number}]") for number, value in enumerate(values)]

    def texts(self, name: str) -> list[str]:
        values = self.values.get(name) or []
        return [str(value) for value in values] if isinstance(values, list) else [str(values)]

    def metadata(self, before: dict[str, str] | None = None) -> dict[str, str]:
        """The metadata as it now is; an empty value takes a key away."""
        given = self.group("metadata").values
        for key, value in given.items():
            if len(key) > LONGEST_KEY or len(str(value)) > LONGEST_VALUE:
                raise bad(f"metadata[{key}]", "Metadata keys have 40 and values 500 letters at most.")
        merged = {key: value for key, value in {**(before or {}), **given}.items() if value != ""}
        if len(merged) > MOST_METADATA:
            raise bad("metadata", "Metadata has 50 keys at most.")
        return merged

    def currency(self, name: str = "currency") -> str:
        value = self.needed(name).lower()
        if not re.fullmatch(r"[a-z]{3}", value):
            raise bad(self.named(name), f"Invalid currency: {value}", "parameter_invalid_currency")
        return value
