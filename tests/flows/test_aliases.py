"""The table of names that mean the same, as people write it."""

import re
import tomllib

import pytest

from extractors.errors import SettingsError
from extractors.naming.variants import id_of_name
from flows.aliases import aliases_from

WHERE = "onrecord.toml"


def read(text):
    return aliases_from(tomllib.loads(text)["aliases"], where=WHERE)


def test_every_form_means_the_name_it_is_listed_with():
    found = read('[aliases.PERSON]\n"Antonia Cole" = ["Tony Cole", "Cole"]')

    assert {each.name_id for each in found} == {
        id_of_name("PERSON", form) for form in ("Antonia Cole", "Tony Cole", "Cole")
    }
    assert {(each.label, each.name) for each in found} == {("PERSON", "Antonia Cole")}


def test_a_name_with_an_empty_list_is_a_form_of_itself():
    [alias] = read('[aliases.ORG]\n"Fennick Mills" = []')

    assert alias.name_id == id_of_name("ORG", "Fennick Mills")


def test_a_form_that_is_spelt_twice_counts_once():
    found = read('[aliases.PERSON]\n"Ann Cole" = ["Ms Ann Cole", "ANN COLE", "Nan Cole"]')

    assert len(found) == 2


def test_a_form_that_the_news_gives_a_longer_name_has_the_id_of_that():
    [named, other] = read('[aliases.ORG]\n"The Alliance" = ["NATO"]')

    assert other.name_id == id_of_name("ORG", "North Atlantic Treaty Organization") != named.name_id


WRONG = {
    "no tables": ('aliases = ["Cole"]', "[aliases.ORG]"),
    "a label there is not": ('[aliases.PEOPLE]\n"Ann" = ["Nan"]', "PERSON, ORG"),
    "a label without entities": ('[aliases.DATE]\n"May Day" = []', "PERSON, ORG"),
    "no table of names": ('[aliases]\nORG = ["Cole"]', "table of names"),
    "no list": ('[aliases.ORG]\n"Fennick" = "Fennick Mills"', "'Fennick' needs a list"),
    "a list of numbers": ('[aliases.ORG]\n"Fennick" = [1]', "'Fennick' needs a list"),
    "a form without letters": ('[aliases.ORG]\n"Fennick" = ["–"]', "'–' is no name"),
    "a form with a NUL": ('[aliases.ORG]\n"Fennick" = ["Mill\\u0000s"]', "is no name"),
    "two names for one form": (
        '[aliases.ORG]\n"Fennick" = ["Mills"]\n"Mills & Son" = ["Mills"]',
        "two names claim 'Mills'",
    ),
}


@pytest.mark.parametrize(("text", "said"), WRONG.values(), ids=WRONG)
def test_a_table_that_does_not_fit_is_refused_with_its_place(text, said):
    with pytest.raises(SettingsError, match=f"^{WHERE}.*{re.escape(said)}"):
        read(text)
