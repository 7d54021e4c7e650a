"""Reading ``lessons/NN-key.md``: what is taught before class, each with one practice that is never graded."""

from typing import Any

from laurels.programmes.rules.contents import PackLesson
from laurels.programmes.rules.pages import Page
from laurels.programmes.rules.problems import Problem
from laurels.programmes.rules.tables import Table, digest_of

# Adults read plain text at about two hundred words a minute.
WORDS_A_MINUTE = 200
SORT, ORDER, MATCH = KINDS = "sort", "order", "match"
# Under which name a card says its answer; one to put in order stands where it belongs.
ANSWER_IN = {SORT: "answer", MATCH: "partner"}


def read_lessons(pages: list[Page], problems: list[Problem]) -> tuple[PackLesson, ...]:
    """In the order of their numbers."""
    found: dict[str, PackLesson] = {}
    for page in sorted(pages, key=lambda one: one.file):
        lesson = _lesson(page)
        if lesson is None:
            continue
        if lesson.key in found:
            problems.append(
                Problem(page.file, 0, "", f"Another lesson is called “{lesson.key}”. Give each its own name.")
            )
        found[lesson.key] = lesson
    return tuple(found.values())


def _lesson(page: Page) -> PackLesson | None:
    front = page.front_matter()
    if front is None:
        return None
    number, _, key = page.file.removeprefix("lessons/").removesuffix(".md").partition("-")
    title, summary = front.text("title", limit=120), front.text("summary", limit=300)
    asked = front.table("practice")
    practice = _practice(asked) if asked else {}
    front.close()
    text = page.body.strip() + "\n"
    if text == "\n":
        page.say(0, "", "The lesson is empty. Write what there is to learn.")
    minutes = max(1, round(len(text.split()) / WORDS_A_MINUTE))
    digest = digest_of([int(number), title, summary, text, practice])
    return PackLesson(key, int(number), title, summary, text, practice, minutes, digest)


def _practice(table: Table) -> dict[str, Any]:
    kind = table.choice("kind", KINDS, SORT)
    if kind not in KINDS:
        return {}
    answers = table.texts("answers") if kind == SORT else []
    cards: list[dict[str, Any]] = []
    for row in table.tables("card"):
        card = {"words": row.text("words", limit=300), "why": row.text("why", limit=400)}
        card["answer"] = str(len(cards) + 1) if kind == ORDER else row.text(ANSWER_IN[kind], limit=120)
        if kind == SORT and card["answer"] not in answers:
            row.say("answer", f"“{card['answer']}” is none of the answers. Correct it, or add it to answers.")
        if kind == MATCH and card["answer"] in answers:
            row.say("partner", f"“{card['answer']}” is the partner of another card too. Word one of them differently.")
        if kind != SORT:
            answers.append(card["answer"])
        cards.append(card)
        row.close()
    if kind != SORT and len(cards) == 1:
        table.say("card", "One card leaves nothing to choose. Write two at least.")
    found = {"ask": table.text("ask", limit=200), "kind": kind, "answers": answers, "cards": cards}
    table.close()
    return found
