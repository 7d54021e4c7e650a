"""The letters a pack words, and the blanks the software fills in for each. Who writes a letter passes these."""

from datetime import date

from laurels.programmes.rules.contents import PackConduct, PackLetter, PackLicence
from laurels.programmes.rules.pages import BLANK, Page
from laurels.programmes.rules.tables import Table, digest_of

_WORKSHOP = {"name", "course", "dates", "provider", "link"}
_WAY_IN = {"place", "hours", "joining"}
_QUEUE = {"name", "course", "provider", "link"}
_GATHERING = {"name", "title", "when", "where", "body", "link"}
_EXPERIENCE = {"name", "role", "organisation", "since", "body", "link"}
_CERTIFICATE = {"name", "scheme", "number", "body", "link"}

LETTERS: dict[str, frozenset[str]] = {
    key: frozenset(blanks)
    for key, blanks in {
        "seat-confirmed": _WORKSHOP | {"place"},
        "seat-due": _WORKSHOP | {"place", "amount", "due_on", "reference"},
        "seat-paid": _WORKSHOP | {"amount", "reference"},
        "booking-confirmed": _WORKSHOP | {"payment", "people"},
        "places-to-name": _WORKSHOP | {"unnamed"},
        "seat-cancelled": _WORKSHOP,
        "workshop-cancelled": _WORKSHOP | {"reason"},
        "workshop-changed": _WORKSHOP | _WAY_IN | {"changes"},
        "workshop-prepare": _WORKSHOP | _WAY_IN,
        "workshop-joining": _WORKSHOP | _WAY_IN,
        "workshop-reminder": _WORKSHOP | _WAY_IN,
        "queue-joined": _QUEUE | {"position", "wish"},
        "queue-offer": _QUEUE | {"dates", "seats", "until"},
        "queue-offer-expired": _QUEUE | {"dates", "reason"},
        "seat-moved": _WORKSHOP | {"place", "old_dates"},
        "seat-substituted": _WORKSHOP | {"colleague"},
        "workshop-confirmed": _WORKSHOP | {"place"},
        "workshop-cancelled-place": _WORKSHOP | {"reason", "until"},
        "workshop-cancelled-choose": _WORKSHOP | {"reason", "amount", "until"},
        "choice-reminder": _WORKSHOP | {"reason", "amount", "until"},
        "choice-noted": _WORKSHOP | {"outcome"},
        "workshop-decide": _WORKSHOP | {"booked", "decide_on"},
        "declare-reminder": _WORKSHOP,
        "attested": _WORKSHOP | {"trainer"},
        "not-yet": _WORKSHOP | {"trainer", "reason"},
        "not-eligible": _WORKSHOP | {"trainer", "reason"},
        "roster-received": _WORKSHOP | {"body", "people"},
        "line-returned": _WORKSHOP | {"body", "person", "reason"},
        "invitation": {"name", "scheme", "course", "body", "expires_on", "link"},
        "invitation-reminder": {"name", "scheme", "course", "body", "expires_on", "link"},
        "certificate-issued": _CERTIFICATE | {"valid_until"},
        "certification-suspended": _CERTIFICATE | {"reason"},
        "certification-revoked": _CERTIFICATE | {"reason"},
        "certification-reinstated": _CERTIFICATE | {"valid_until"},
        "name-corrected": _CERTIFICATE,
        "experience-accepted": _EXPERIENCE,
        "experience-refused": _EXPERIENCE | {"reason"},
        "experience-question": _EXPERIENCE | {"reason"},
        "cosigning": {"name", "what", "on", "units", "body", "link"},
        "audit-notice": {"name", "body", "entries", "due_on", "link"},
        "audit-question": {"name", "body", "reason", "due_on", "link"},
        "audit-reminder": {"name", "body", "entries", "due_on", "link"},
        "audit-outcome": {"name", "body", "outcome", "link"},
        "audit-appeal": {"name", "body", "what", "outcome", "reason", "link"},
        "gathering-place": _GATHERING,
        "gathering-waiting": _GATHERING,
        "gathering-reminder": _GATHERING,
        "gathering-moved": _GATHERING,
        "gathering-cancelled": _GATHERING | {"reason"},
        "gathering-summary": _GATHERING | {"topics"},
        "gathering-ticket": _GATHERING,
        "renewal-paid-for": {"company", "body", "link"},
        "renewal-paid-for-reminder": {"company", "body", "link", "until"},
        "message-waiting": {"name", "writer", "body", "link"},
        "report-outcome": {"name", "body", "outcome", "link"},
        "conduct-ruling": {"name", "body", "outcome", "reason", "link"},
        "conduct-appeal": {"name", "body", "outcome", "reason", "link"},
        "renewal-short": {"name", "schemes", "units", "amount", "body", "link"},
        "renewal-reminder": _CERTIFICATE | {"certificates", "ends_on", "price", "units"},
    }.items()
}
# A letter that asks for a click is worth nothing without its link.
NEEDS_LINK = frozenset(
    {
        *("workshop-changed", "workshop-prepare", "workshop-joining"),
        *("seat-due", "declare-reminder", "invitation", "invitation-reminder", "certificate-issued"),
        *("renewal-reminder", "renewal-short", "renewal-paid-for", "renewal-paid-for-reminder", "cosigning"),
        *("audit-notice", "audit-question", "audit-reminder"),
        *("gathering-place", "gathering-waiting", "gathering-moved", "gathering-reminder"),
        *("gathering-summary", "gathering-ticket"),
        *("message-waiting", "conduct-ruling", "queue-offer"),
        *("experience-question", "booking-confirmed", "places-to-name"),
        *("workshop-cancelled-choose", "workshop-cancelled-place", "choice-reminder", "workshop-decide"),
    }
)


def read_letter(page: Page, language: str, key: str) -> PackLetter | None:
    """The letter in ``letters/<language>/<key>.md``, or None with the reason in ``page.problems``."""
    front = page.front_matter()
    if front is None:
        return None
    if key not in LETTERS:
        page.say(0, "", f"No letter is called “{key}”. Letters are: {', '.join(sorted(LETTERS))}.")
        return None
    subject = front.text("subject", limit=250)
    declared = front.texts("placeholders")
    front.close()
    _check_declared(front, key, declared)
    _check_blanks(page, key, subject, set(declared))
    body = page.body.strip() + "\n"
    return PackLetter(key, language, subject, body, frozenset(declared), digest_of([subject, sorted(declared), body]))


def _check_declared(front: Table, key: str, declared: list[str]) -> None:
    for blank in sorted(set(declared) - LETTERS[key]):
        allowed = ", ".join(sorted(LETTERS[key]))
        front.say("placeholders", f"Nobody fills in “{blank}” for this letter. Take it out, or use one of: {allowed}.")


def _check_blanks(page: Page, key: str, subject: str, declared: set[str]) -> None:
    used = {blank for _, blank in page.blanks()} | set(BLANK.findall(subject))
    for line, blank in [*page.blanks(), *((page.line_of("subject"), blank) for blank in BLANK.findall(subject))]:
        if blank not in declared:
            page.say(
                line, "placeholders", f"{{{blank}}} is used but not declared. Add it to placeholders, or remove it."
            )
    for line in page.stray_braces():
        page.say(line, "", "A brace that is not part of a {placeholder}. Write the words without braces.")
    if key in NEEDS_LINK and "link" not in used:
        page.say(0, "placeholders", "This letter asks for a click and has no {link}. Add a line [Words]({link}).")


def read_licence(page: Page) -> PackLicence | None:
    """Terms in ``licence/<anything>.md``, dated in their front matter."""
    dated, text = _read_dated(page, "The terms are empty. Write what a person agrees to.")
    return PackLicence(dated, text, digest_of([dated.isoformat(), text])) if dated else None


def read_conduct(page: Page) -> PackConduct | None:
    """The code of conduct in ``conduct/<anything>.md``, dated in its front matter."""
    dated, text = _read_dated(page, "The code of conduct is empty. Write how people treat one another.")
    return PackConduct(dated, text, digest_of([dated.isoformat(), text])) if dated else None


def _read_dated(page: Page, if_empty: str) -> tuple[date | None, str]:
    """No day where there is no front matter; that has been said then."""
    front = page.front_matter()
    if front is None:
        return None, ""
    dated = front.day("dated") or date.min
    front.close()
    text = page.body.strip() + "\n"
    if text == "\n":
        page.say(0, "", if_empty)
    return dated, text
