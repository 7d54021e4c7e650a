"""The CSPO pack reads well; broken in any way, the problem is named with file, line and key."""

import random
from datetime import date

import pytest
from django.conf import settings

from laurels.programmes.rules import LETTERS, PackProblems, prerequisites, read_pack
from laurels.programmes.rules.lines import key_lines
from laurels.programmes.rules.prerequisites import AskedExperience


@pytest.fixture(scope="module")
def pack():
    return read_pack(settings.PACKS / "cspo")


def test_the_two_days_hold_960_net_minutes_and_cover_all_52_objectives(pack):
    course = pack.courses[0]

    assert (course.minimum_minutes, course.net_minutes) == (960, 960)
    assert [sum(b.minutes for b in course.blocks if b.day == day and not b.is_break) for day in (1, 2)] == [480, 480]
    assert len(course.objectives) == 52
    assert {code for block in course.blocks for code in block.objectives} == {each.code for each in course.objectives}


def test_the_higher_courses_hold_sixteen_hours_too_and_say_what_is_needed_before(pack):
    schemes = {scheme.code: prerequisites(scheme.prerequisites) for scheme in pack.schemes}

    assert [(course.slug, course.net_minutes) for course in pack.courses[1:]] == [("a-cspo", 960), ("csp-po", 960)]
    assert not schemes["CSPO"]
    assert schemes["A-CSPO"].in_words == [
        "CSPO (active or lapsed)",
        "12 months of work as a Product Owner in the last 5 years, before or after the course",
    ]
    assert schemes["CSP-PO"].experience == AskedExperience(24, 60, "Product Owner")


def test_the_days_run_from_half_past_eight_to_six_without_holes(pack):
    for day in (1, 2):
        blocks = [block for block in pack.courses[0].blocks if block.day == day]
        starts = [block.starts.hour * 60 + block.starts.minute for block in blocks]
        ends = [start + block.minutes for start, block in zip(starts, blocks, strict=True)]

        assert (starts[0], ends[-1]) == (8 * 60 + 30, 18 * 60)
        assert starts[1:] == ends[:-1]


def test_the_binding_policies_follow_one_another_and_reference_policies_stand_apart(pack):
    binding = [policy for policy in pack.policies if not policy.is_reference]

    assert [(policy.key, policy.in_force_from, policy.in_force_until) for policy in binding] == [
        ("SA-2018", date(2018, 1, 1), date(2019, 2, 3)),
        ("SA-2019", date(2019, 2, 4), date(2024, 4, 14)),
        ("SA-2024", date(2024, 4, 15), None),
    ]
    assert sorted(policy.key for policy in pack.policies if policy.is_reference) == [
        "IIBA",
        "INVENTED",
        "INVENTED-CLUB",
        "NOEXPIRY",
        "PMI-CCR",
        "SA-TRAINER",
        "SAFE",
        "SCRUMINC",
    ]


def test_amounts_of_2024_are_those_of_the_published_table(pack):
    levels = next(policy for policy in pack.policies if policy.key == "SA-2024").parameters["levels"]

    assert [(key, row["fee"]["minor"], row["units_primary"], row["units_add_on"]) for key, row in levels.items()] == [
        ("foundational", 10000, 20, 10),
        ("advanced", 17500, 30, 15),
        ("professional", 25000, 40, 20),
    ]


def test_every_value_of_every_policy_names_its_source(pack):
    for policy in pack.policies:
        named = {name for name in policy.parameters if name not in {"levels", "rules"}}
        named |= {f"levels.{key}" for key in policy.parameters.get("levels", {})}

        assert named <= policy.sources.keys()
        assert all(source["from"] for source in policy.sources.values())


def test_every_letter_uses_every_blank_it_declares(pack):
    assert {letter.key for letter in pack.letters if letter.language == "en"} == set(LETTERS)
    for letter in pack.letters:
        assert letter.placeholders == LETTERS[letter.key]
        assert all(f"{{{blank}}}" in letter.subject + letter.text for blank in letter.placeholders)


def test_comments_and_line_ends_make_no_difference(pack, own_pack):
    for path in own_pack.rglob("*.toml"):
        path.write_bytes(b"# a comment\r\n" + path.read_bytes().replace(b"\n", b"\r\n"))

    assert read_pack(own_pack).digest == pack.digest


# name · file · what stands there · what is put there · expected (file:line | "", key, words of the message)
BREAKS = [
    ("unknown-key", "pack.toml", 'zone = "Eu', 'zonee = "Eu', "pack.toml", 'zonee = "', "body.zonee",
     "Did you mean “zone”?"),
    ("missing-key", "pack.toml", 'pack = "cspo"\n', "", "pack.toml", "", "pack", "This key is missing"),
    ("missing-table-key", "pack.toml", 'zone = "Europe/Lisbon"\n', "", "pack.toml", "[body]", "body.zone", "missing"),
    ("wrong-format", "pack.toml", "format = 1", "format = 2", "pack.toml", "format = 2", "format",
     "reads packs of format 1"),
    ("wrong-type", "pack.toml", "format = 1", 'format = "1"', "pack.toml", "format =", "format", "not words"),
    ("no-zone", "pack.toml", "Europe/Lisbon", "Europe/Lissabon", "pack.toml", "zone =", "body.zone", "no time zone"),
    ("bad-slug", "pack.toml", '"commonground"', '"Common Ground"', "pack.toml", "slug =", "body.slug", "right form"),
    ("bad-email", "pack.toml", "certificates@", "certificates.", "pack.toml", "email =", "body.email", "right form"),
    ("empty", "pack.toml", '"Commonground Guild"', '"  "', "pack.toml", 'name = "  "', "body.name", "This is empty"),
    ("no-toml", "pack.toml", "format = 1", "format : 1", "pack.toml", "format :", "", "not valid TOML"),
    ("twice-a-key", "pack.toml", "format = 1", "format = 1\nformat = 1", "pack.toml", "format = 1\npack", "",
     "not valid TOML"),
    ("duplicate-scheme", "schemes.toml", '"A-CSPO"', '"CSPO"', "schemes.toml", 2, "scheme.code", "stands here twice"),
    ("same-address", "schemes.toml", '"CAL-E"', '"CAL-1"', "schemes.toml", 'code = "CAL-1"', "scheme.code", "twice"),
    ("flag-as-words", "schemes.toml", "never_expires = true", 'never_expires = "true"', "schemes.toml", "never_expires",
     "scheme.never_expires", "must be true or false"),
    ("scheme-without-level", "schemes.toml", 'level = "foundational"\n', "", "schemes.toml", "[[scheme]]",
     "scheme.level",
     "missing"),
    ("requires-nobody", "schemes.toml", 'scheme = "CSPO"', 'scheme = "CXPO"', "schemes.toml", 'scheme = "CXPO"',
     "scheme.requires.scheme", "No scheme has the code “CXPO”"),
    ("requires-itself", "schemes.toml", 'scheme = "CSPO"', 'scheme = "A-CSPO"', "schemes.toml", 'scheme = "A-CSPO"',
     "scheme.requires.scheme", "nobody could begin"),
    ("requires-in-a-circle", "schemes.toml", 'scheme = "CSPO"', 'scheme = "CSP-PO"', "schemes.toml",
     'scheme = "CSP-PO"', "scheme.requires.scheme", "needs “A-CSPO” itself"),
    ("odd-standing", "schemes.toml", '"active-or-lapsed"', '"lapsed"', "schemes.toml", 'standing = "lapsed"',
     "scheme.requires.standing", "Use one of: active, active-or-lapsed"),
    ("more-than-fits", "schemes.toml", "within_months = 60", "within_months = 11", "schemes.toml", "months = 12",
     "scheme.experience.months", "do not fit into the last 11"),
    ("no-role", "schemes.toml", 'role = "Product Owner"\n', "", "schemes.toml", "[scheme.experience]",
     "scheme.experience.role", "missing"),
    ("overlap", "policies/sa-2019.toml", "2024-04-14", "2024-04-15", "policies/sa-2024.toml", "in_force_from",
     "in_force_from", "overlaps"),
    ("for-ever-overlap", "policies/sa-2018.toml", "in_force_until = 2019-02-03\n", "", "policies/sa-2019.toml",
     "in_force_from", "in_force_from", "for ever and overlaps"),
    ("gap", "policies/sa-2019.toml", "2024-04-14", "2024-04-10", "policies/sa-2024.toml", "in_force_from",
     "in_force_from", "Close the gap"),
    ("bad-date", "policies/sa-2024.toml", "2024-04-15", "2024-04-31", "policies/sa-2024.toml", "2024-04-31", "",
     "not valid TOML"),
    ("date-in-quotes", "policies/sa-2024.toml", "2024-04-15", '"2024-04-15"', "policies/sa-2024.toml", "in_force_from",
     "in_force_from", "without quotes"),
    ("ends-before-start", "policies/sa-2018.toml", "2019-02-03", "2017-02-03", "policies/sa-2018.toml",
     "in_force_until",
     "in_force_until", "before in_force_from"),
    ("unknown-scheme", "policies/sa-2024.toml", '"CASP", "CAF"', '"CASPER", "CAF"', "policies/sa-2024.toml",
     'schemes = ["CSM", "CSPO", "CSD", "CASPER"', "level.schemes", "No scheme has the code “CASPER”"),
    ("scheme-in-two-levels", "policies/sa-2024.toml", '"CAL 2"]\nfee', '"CSPO"]\nfee', "policies/sa-2024.toml",
     '"A-CSD", "CSPO"]', "level.schemes", "another level"),
    ("unknown-rule", "policies/sa-2024.toml", "[term_months]", "[term_month]", "policies/sa-2024.toml", "[term_month]",
     "term_month", "Did you mean “term_months”?"),
    ("no-term", "policies/sa-2024.toml", '[term_months]\nvalue = 24\nsource = ["SA-SUPP-RENEW-C", "JP-CSM"]\n', "",
     "policies/sa-2024.toml", "", "term_months", "how long a certificate is valid"),
    ("no-source", "policies/sa-2024.toml", 'source = ["ROGER"]\n', "", "policies/sa-2024.toml",
     "[opens_days_after_award]", "opens_days_after_award.source", "missing"),
    ("empty-source", "policies/sa-2024.toml", 'source = ["ROGER"]', "source = []", "policies/sa-2024.toml",
     "source = []",
     "opens_days_after_award.source", "where this was read"),
    ("unknown-source", "policies/sa-2024.toml", '["ROGER"]', '["RODGER"]', "policies/sa-2024.toml", '"RODGER"',
     "opens_days_after_award.source", "no source “RODGER”"),
    ("no-currency", "policies/sa-2024.toml", 'currency = "USD"\n', "", "policies/sa-2024.toml", "fee = 100",
     "level.fee",
     "needs a currency"),
    ("fee-as-float", "policies/sa-2024.toml", "fee = 175", "fee = 175.5", "policies/sa-2024.toml", "fee = 175.5",
     "level.fee", "must be an amount"),
    ("negative-units", "policies/sa-2024.toml", "units_primary = 30", "units_primary = -30", "policies/sa-2024.toml",
     "units_primary = -30", "level.units_primary", "out of range"),
    ("wrong-choice", "policies/sa-2024.toml", '"renewal-day"', '"someday"', "policies/sa-2024.toml", '"someday"',
     "late_term_starts.value", "Use one of: old-end, renewal-day"),
    ("category-with-capitals", "policies/sa-2024.toml", 'events = "Events"', 'Events = "Events"',
     "policies/sa-2024.toml",
     'Events = "Events"', "categories.value.Events", "such as giving_back"),
    ("category-without-label", "policies/sa-2024.toml", 'events = "Events"', 'events = ""', "policies/sa-2024.toml",
     'events = ""', "categories.value.events", "empty"),
    ("cap-of-no-category", "policies/reference/iiba.toml", "volunteer = 30", "volunteers = 30",
     "policies/reference/iiba.toml", "[category_caps]", "category_caps", "“volunteers” is none of the categories"),
    ("activity-nobody-can-report", "policies/reference/sa-trainer.toml", "events = 1", '"events; paid" = 1',
     "policies/reference/sa-trainer.toml", "[activities]", "activities", "cannot be reported"),
    ("same-policy-key", "policies/sa-2018.toml", '"SA-2018"', '"SA-2019"', "policies/sa-2019.toml", "key =", "key",
     "Another policy has the key"),
    ("reference-that-binds", "policies/reference/safe.toml", "reference = true\nas_of", "in_force_from",
     "policies/reference/safe.toml", "", "reference", "bind nobody"),
    ("source-twice", "sources.toml", '"SA-SUPP-RENEW-C"', '"SA-REQ"', "sources.toml", 2, "source.key",
     "stands here twice"),
    ("overlapping-blocks", "course/cspo.toml", "starts = 09:00:00", "starts = 08:45:00", "course/cspo.toml",
     "starts = 08:45:00", "block.starts", "overlaps this block"),
    ("blocks-out-of-order", "course/cspo.toml", "starts = 09:45:00", "starts = 08:15:00", "course/cspo.toml",
     "starts = 08:15:00", "block.starts", "begins before"),
    ("clock-in-quotes", "course/cspo.toml", "starts = 09:45:00", 'starts = "09:45"', "course/cspo.toml",
     'starts = "09:45"', "block.starts", "a time like"),
    ("unknown-objective", "course/cspo.toml", 'objectives = ["F3.1"]', 'objectives = ["F3.9"]', "course/cspo.toml",
     'objectives = ["F3.9"]', "block.objectives", "No objective has the code “F3.9”"),
    ("uncovered-objective", "course/cspo.toml", 'objectives = ["F3.1"]', "objectives = []", "course/cspo.toml",
     'code = "F3.1"', "category.objective.code", "No block of the agenda covers “F3.1”"),
    ("duplicate-objective", "course/cspo.toml", 'code = "F1.2"', 'code = "F1.1"', "course/cspo.toml", 2,
     "category.objective.code", "stands here twice"),
    ("duplicate-block", "course/cspo.toml", 'key = "break-2"', 'key = "break-1"', "course/cspo.toml", 2, "block.key",
     "stands here twice"),
    ("too-few-minutes", "course/cspo.toml", "minutes = 45", "minutes = 44", "course/cspo.toml", "minimum_minutes",
     "minimum_minutes", "959 minutes without breaks"),
    ("break-that-teaches", "course/cspo.toml", "is_break = true", 'is_break = true\nobjectives = ["2.1"]',
     "course/cspo.toml", 'objectives = ["2.1"]', "block.objectives", "A break teaches nothing"),
    ("unknown-bloom", "course/cspo.toml", 'bloom = "remember"', 'bloom = "recall"', "course/cspo.toml",
     'bloom = "recall"',
     "category.objective.bloom", "not known here"),
    ("course-of-no-scheme", "course/cspo.toml", 'scheme = "CSPO"', 'scheme = "CXPO"', "course/cspo.toml", "scheme =",
     "scheme", "No scheme has the code"),
    ("undeclared-placeholder", "letters/en/invitation.md", '"link", ', "", "letters/en/invitation.md", "({link})",
     "placeholders", "{link} is used but not declared"),
    ("undeclared-in-subject", "letters/en/invitation.md", "waiting: {scheme}", "waiting: {number}",
     "letters/en/invitation.md", "subject", "placeholders", "{number} is used but not declared"),
    ("blank-nobody-fills", "letters/en/invitation.md", '"link", ', '"link", "salary", ', "letters/en/invitation.md",
     "placeholders", "placeholders", "Nobody fills in “salary”"),
    ("stray-brace", "letters/en/invitation.md", "Hello {name}", "Hello { name}", "letters/en/invitation.md",
     "Hello { name}", "", "A brace that is not part"),
    ("no-link", "letters/en/invitation.md", "({link})", "(here)", "letters/en/invitation.md", "", "placeholders",
     "has no {link}"),
    ("no-front-matter", "letters/en/invitation.md", "+++\n", "---\n", "letters/en/invitation.md", "---", "",
     "line +++"),
    ("bad-front-matter", "letters/en/invitation.md", "subject = ", "subject : ", "letters/en/invitation.md",
     "subject :",
     "", "not valid TOML"),
    ("undated-licence", "licence/2024-04-15.md", "dated = 2024-04-15", "dated = 2024", "licence/2024-04-15.md", "dated",
     "dated", "must be a date"),
    ("no-colour", "certificates/cspo.toml", "#2f5d46", "green", "certificates/cspo.toml", "accent", "colours.accent",
     "right form"),
    ("layout-twice", "certificates/others.toml", '"A-CSPO"', '"CSPO", "A-CSPO"', "certificates/others.toml", "schemes",
     "schemes", "another layout already"),
    ("no-layout", "certificates/others.toml", '"A-CSPO", ', "", "certificates/", "", "schemes",
     "no certificate layout"),
    ("control-character", "course/cspo.toml", "Vision board", "Vision\u0007 board", "course/cspo.toml", "\u0007", "",
     "control character"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("file", "old", "new", "where", "marker", "key", "words"),
    [pytest.param(*case[1:], id=case[0]) for case in BREAKS],
)
def test_a_broken_pack_is_told_where_and_what_to_do(rewrite, file, old, new, where, marker, key, words):
    folder = rewrite(file, old, new)

    with pytest.raises(PackProblems) as caught:
        read_pack(folder)

    found = [(each.file, each.line, each.key, words in each.message) for each in caught.value.problems]
    assert (where, _line(folder / where, marker, new), key, True) in found
    assert all(each.message.endswith((".", "?")) for each in caught.value.problems)


def _line(path, marker, new):
    """The line on which ``marker`` stands (or where ``new`` was put for the nth time); 0 for the file as a whole."""
    if path.is_dir() or (marker == "" and path.suffix == ".md"):
        return 0
    text = path.read_text(encoding="utf-8")
    if isinstance(marker, int):
        parts = text.split(new)
        return new.join(parts[:marker]).count("\n") + 1
    return text.count("\n", 0, text.index(marker)) + 1


def problems_of(folder):
    with pytest.raises(PackProblems) as caught:
        read_pack(folder)
    return [(each.file, each.line) for each in caught.value.problems], str(caught.value)


def test_a_missing_file_is_named(own_pack):
    (own_pack / "schemes.toml").unlink()
    (own_pack / "letters/en/invitation.md").unlink()

    places, words = problems_of(own_pack)

    assert ("schemes.toml", 0) in places
    assert "letters/en/invitation.md: This letter is missing" in words


def test_a_link_out_of_the_pack_is_refused_and_not_followed(own_pack, tmp_path):
    secret = tmp_path / "secret.toml"
    secret.write_text("password = 'hunter2'")
    (own_pack / "policies/secret.toml").symlink_to(secret)
    (own_pack / "elsewhere").symlink_to(tmp_path)

    places, words = problems_of(own_pack)

    assert places == [("elsewhere", 0), ("policies/secret.toml", 0)]
    assert "may lead out of the pack" in words
    assert "hunter2" not in words


def test_bytes_that_are_no_utf8_are_found_on_their_line(own_pack):
    path = own_pack / "letters/en/invitation.md"
    path.write_bytes(path.read_bytes() + b"caf\xe9\n")

    assert (("letters/en/invitation.md", path.read_bytes().count(b"\n"))) in problems_of(own_pack)[0]


def test_a_huge_file_is_not_read(own_pack):
    (own_pack / "course/cspo.toml").write_bytes(b"#" * 200_001)

    assert "larger than 200 KB" in problems_of(own_pack)[1]


def test_files_that_belong_nowhere_and_letters_nobody_writes_are_named(own_pack):
    (own_pack / "script.py").write_text("print('no code in packs')")
    (own_pack / "letters/en/love-letter.md").write_text('+++\nsubject = "x"\nplaceholders = []\n+++\nHello\n')
    (own_pack / ".DS_Store").write_text("left alone")

    assert problems_of(own_pack)[0] == [("letters/en/love-letter.md", 0), ("script.py", 0)]


def test_two_licences_of_one_day_are_refused(own_pack):
    text = (own_pack / "licence/2024-04-15.md").read_text()
    (own_pack / "licence/again.md").write_text(text)

    assert problems_of(own_pack)[0] == [("licence/again.md", 0)]


def test_no_folder_and_an_empty_folder(tmp_path):
    assert "no such folder" in problems_of(tmp_path / "nowhere")[1]
    assert "A pack begins with pack.toml" in problems_of(tmp_path)[1]


def test_all_problems_come_at_once_in_the_order_of_files_and_lines(rewrite):
    rewrite("pack.toml", "format = 1", "format = 3")
    rewrite("schemes.toml", 'track = "productowner"', "track = 7")
    folder = rewrite("course/cspo.toml", "starts = 09:00:00", "starts = 08:45:00")

    places = [file for file, _line in problems_of(folder)[0]]

    assert places == sorted(places)
    assert {"course/cspo.toml", "pack.toml", "schemes.toml"} <= set(places)


def test_lines_are_found_through_strings_lists_and_nested_tables():
    text = '''a = """
[not.a.table]
x = 1
"""
b.c = [ # ]
  "]", # [
  2,
]
[t]
"k y" = { m = 1 } # [
[[l]]
d = 'x'
[[l.m]]
e = 1
[[l.m]]
e = 2
[[l]]
[[l.m]]
e = 3
'''
    lines = key_lines(text)

    assert lines == {
        ("a",): 1,
        ("b",): 5,
        ("b", "c"): 5,
        ("t",): 9,
        ("t", "k y"): 10,
        ("l",): 11,
        ("l", 0): 11,
        ("l", 0, "d"): 12,
        ("l", 0, "m"): 13,
        ("l", 0, "m", 0): 13,
        ("l", 0, "m", 0, "e"): 14,
        ("l", 0, "m", 1): 15,
        ("l", 0, "m", 1, "e"): 16,
        ("l", 1): 17,
        ("l", 1, "m"): 18,
        ("l", 1, "m", 0): 18,
        ("l", 1, "m", 0, "e"): 19,
    }


def test_whatever_is_written_into_a_pack_the_answer_is_a_pack_or_problems_with_places(own_pack):
    """120 random edits with a fixed seed; thousands were tried by hand."""
    chance = random.Random(2024)
    scraps = [
        '"',
        "[",
        "{",
        "=",
        "1",
        "-1",
        "true",
        "[[x]]",
        '"""',
        "2024-01-01",
        "09:00:00",
        "1.5",
        "nan",
        "[{}]",
        "\x00",
    ]
    files = [path for path in sorted(own_pack.rglob("*")) if path.suffix in {".toml", ".md"}]
    for _ in range(120):
        path = chance.choice(files)
        before = path.read_text(encoding="utf-8")
        lines = before.split("\n")
        at = chance.randrange(len(lines))
        lines[at] = chance.choice(
            ["", lines[at].partition("=")[0] + "= " + chance.choice(scraps), chance.choice(scraps)]
        )
        path.write_text("\n".join(lines), encoding="utf-8")
        try:
            assert read_pack(own_pack).key == "cspo"
        except PackProblems as caught:
            for problem in caught.problems:
                broken = own_pack / problem.file
                assert problem.line <= (broken.read_text(encoding="utf-8").count("\n") + 1 if broken.is_file() else 0)
        path.write_text(before, encoding="utf-8")
