import pytest

from extractors.language import language_of

ENGLISH = "The council met on Monday evening and agreed to mend the old bridge before winter."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (ENGLISH, "en"),
        (
            "Der Stadtrat hat am Montag beschlossen, die alte Brücke vor dem Winter zu sichern.",
            "de",
        ),
        ("Le conseil municipal a décidé lundi de réparer le vieux pont avant l'hiver.", "fr"),
        ("市議会は月曜日、冬までに古い橋を修理することを決めたと発表した。", "ja"),
        ("Kommunestyret vedtok mandag kveld å reparere den gamle broen før vinteren kommer.", "no"),
    ],
)
def test_the_text_tells_its_language(text, expected):
    assert language_of(text) == expected


def test_a_page_that_says_another_language_than_its_text_is_not_believed():
    assert language_of(ENGLISH, "de-DE") == "en"


@pytest.mark.parametrize(("hint", "expected"), [("nb-NO", "no"), ("EN_gb", "en"), ("x", None)])
def test_a_text_without_letters_has_the_language_the_page_says(hint, expected):
    assert language_of("12:30", hint) == expected


def test_nothing_at_all_has_no_language():
    assert language_of("") is None
