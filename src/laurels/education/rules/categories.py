"""In which categories somebody reports: those of the bodies at which they hold something."""

from collections.abc import Collection, Iterable, Mapping

from django.utils.translation import gettext as _

from laurels.education.rules.binding import Binding
from laurels.kernel.refusal import Refusal
from laurels.programmes.rules.categories import categories_of, category_in_words, is_category


def categories(bindings: Iterable[Binding]) -> dict[str, str]:
    """Key → label, of each body after the other; the usual four where no rules bind."""
    found: dict[str, str] = {}
    for one in bindings:
        found = categories_of(one.policy.parameters) | found
    return found or categories_of({})


def with_kept(labels: Mapping[str, str], kept: str) -> dict[str, str]:
    """``kept`` among them: what stands in a line may stay there, whatever the rules name now."""
    return {**labels, kept: labels.get(kept) or category_in_words(kept)} if kept else dict(labels)


def why_not_category(key: str, bindings: Collection[Binding], *, kept: str = "") -> Refusal | None:
    """``kept`` is what stands in the line that is corrected."""
    labels = with_kept(categories(bindings), kept)
    if key in labels:
        return None
    choices = ", ".join(labels.values())
    if not bindings:
        words = _("“%(said)s” is none of the categories here. Choose one of these: %(choices)s.")
        return Refusal("category", words % {"said": key[:80], "choices": choices}, field="category")
    where = ", ".join(f"{one.body.name} ({one.policy.key} · categories)" for one in bindings)
    words = _("“%(said)s” is none of the categories at %(where)s. Choose one of these: %(choices)s.")
    return Refusal("category", words % {"said": key[:80], "where": where, "choices": choices}, field="category")


def why_not_hold(key: str) -> Refusal | None:
    """What other stages credit is of their own kind, whatever a body calls it; a ledger has to be able to hold it."""
    if is_category(key):
        return None
    return Refusal("category", _("“%(said)s” cannot be a category.") % {"said": key[:80]}, field="category")
