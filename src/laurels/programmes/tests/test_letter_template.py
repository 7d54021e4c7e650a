"""The words of a letter: the pack's newest, else English, else the ones built in."""

from laurels.mail.rules import LetterTemplate, builtin, render
from laurels.programmes import queries
from laurels.programmes.models import LetterText
from laurels.programmes.rules import LETTERS, read_pack


def letter(body, language, version, subject):
    LetterText.objects.create(
        body=body, key="invitation", language=language, version=version, subject=subject, text="."
    )


def test_the_newest_words_in_the_language_then_english(world):
    letter(world.guild, "en", 1, "Old")
    letter(world.guild, "en", 2, "New")
    letter(world.guild, "pt", 1, "Convite")

    assert queries.letter_template(world.guild, "invitation", "pt").subject == "Convite"
    assert queries.letter_template(world.guild, "invitation", "en").subject == "New"
    assert queries.letter_template(world.guild, "invitation", "fr").subject == "New"


def test_what_no_pack_words_is_built_in(world):
    letter(world.guild, "en", 1, "Ours")

    assert queries.letter_template(world.guild, "sign-in-code", "en") == builtin("sign-in-code")
    assert queries.letter_template(world.maple, "sign-in-code", "en") == builtin("sign-in-code")


def test_every_letter_of_the_pack_can_be_written(pack_folder):
    for words in read_pack(pack_folder).letters:
        values = {blank: f"<{blank}>" for blank in LETTERS[words.key]} | {"link": "https://laurels.example/x"}
        template = LetterTemplate(words.subject, words.text)

        rendered = render(template, values)

        assert "{" not in rendered.subject + rendered.text
        assert (
            f"&lt;{min(LETTERS[words.key] - {'link'})}&gt;"
            in rendered.subject.replace("<", "&lt;").replace(">", "&gt;") + rendered.html
        )
        assert '<a href="https://laurels.example/x" class="button primary">' in rendered.html
