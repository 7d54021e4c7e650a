import pytest
from hypothesis import given
from hypothesis import strategies as st

from laurels.mail.rules import LETTERS, LetterTemplate, builtin, parse, render


def test_values_are_filled_in_for_both_kinds_of_reader():
    template = LetterTemplate("Hello {name}", "# Welcome\n\nDear **{name}**,\n\nsee [our page]({link}) today.\n")

    rendered = render(template, {"name": "Ada", "link": "https://a.example/x"})

    assert rendered.subject == "Hello Ada"
    assert rendered.text == "Welcome\n\nDear Ada,\n\nsee our page: https://a.example/x today.\n"
    assert rendered.html == (
        "<h1>Welcome</h1>\n<p>Dear <strong>Ada</strong>,</p>\n"
        '<p>see <a href="https://a.example/x">our page</a> today.</p>\n'
    )


def test_a_link_alone_in_its_paragraph_is_a_button():
    rendered = render(LetterTemplate("x", "[Accept]({link})\n"), {"link": "https://a.example/?a=1&b=2"})

    assert rendered.html == '<p><a href="https://a.example/?a=1&amp;b=2" class="button primary">Accept</a></p>\n'


def test_a_value_is_never_markup():
    name = "<script>alert(1)</script> **[x](https://evil.example)** {code} \"'&"

    rendered = render(LetterTemplate("x", "Dear {name}"), {"name": name, "code": "SECRET"})

    assert rendered.text == f"Dear {name}"
    assert rendered.html == (
        "<p>Dear &lt;script&gt;alert(1)&lt;/script&gt; **[x](https://evil.example)** {code} &quot;&#x27;&amp;</p>\n"
    )


def test_html_in_a_template_is_text_too():
    assert render(LetterTemplate("x", "<img src=x onerror=alert(1)>"), {}).html.count("<img") == 0


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,x", "/relative", "https://a b"])
def test_an_unsafe_link_is_refused(link):
    with pytest.raises(ValueError, match="not a safe link"):
        render(LetterTemplate("x", "[Go]({link})"), {"link": link})


@pytest.mark.parametrize("name", ["Ada\nBcc: all@people.example", "Ada\rX: y", "Ada\u2028", "Ada\x00"])
def test_a_subject_stays_one_line(name):
    with pytest.raises(ValueError, match="one line"):
        render(LetterTemplate("Hello {name}!", "x"), {"name": name})


def test_a_placeholder_without_a_value_is_an_error():
    with pytest.raises(ValueError, match="no value for code, name"):
        render(LetterTemplate("Hello {name}", "{code} {site}"), {"site": "Laurels"})


@pytest.mark.parametrize("text", ["{Name}", "{ name }", "{name", "name}", "{}", "{0}", "{name.email}", "{name!r}"])
def test_only_plain_names_may_stand_in_braces(text):
    with pytest.raises(ValueError, match="braces"):
        render(LetterTemplate("x", text), {"name": "Ada"})


def test_a_subject_that_is_too_long_is_cut():
    assert len(render(LetterTemplate("{name}", "x"), {"name": "a" * 300}).subject) == 250


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_whatever_the_value_no_tag_comes_from_it(value):
    drawn = render(LetterTemplate("x", "[Go]({link})\n\n- {value}\n"), {"link": "https://a.example", "value": value})

    assert drawn.html.replace("<br>", "").count("<") == 8


def test_a_letter_file_has_a_subject_an_empty_line_and_markdown():
    assert parse("Subject: Hello {name}\n\nText.\n") == LetterTemplate("Hello {name}", "Text.\n")
    for wrong in ("Hello\n\nText", "Subject:\n\nText", "Subject: x\nText", "Subject: x\n\n{Wrong}"):
        with pytest.raises(ValueError, match=r"Subject|empty line|braces"):
            parse(wrong)


def test_every_builtin_letter_can_be_filled_in():
    keys = sorted(path.name.partition(".")[0] for path in LETTERS.glob("*.en.md"))
    assert "sign-in-code" in keys
    for key in keys:
        template = builtin(key)
        values = dict.fromkeys(template.placeholders, "https://a.example/x")
        assert "{" not in render(template, values).text


def test_a_language_without_the_letter_gets_english_and_an_unknown_letter_is_an_error():
    assert builtin("sign-in-code", "tlh") == builtin("sign-in-code")
    for key in ("no-such-letter", "../README"):
        with pytest.raises(LookupError):
            builtin(key)
