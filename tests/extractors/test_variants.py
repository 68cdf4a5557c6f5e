"""The plainer names by which other articles may mean somebody."""

import pytest

from extractors.naming.names import entity_id
from extractors.naming.variants import identity_of

PLAINER = {
    "a middle initial": ("PERSON", "John F. Kennedy", {"John Kennedy": "middle initial"}),
    "two initials": ("PERSON", "George H. W. Bush", {"George Bush": "middle initial"}),
    "initials without a blank": ("PERSON", "George H.W. Bush", {"George Bush": "middle initial"}),
    "a middle name": ("PERSON", "Ann Bea Cole", {"Ann B. Cole": "middle name"}),
    "a generation stays": ("PERSON", "Ann B. Cole Jr.", {"Ann Cole Jr.": "middle initial"}),
    "a particle is no middle name": ("PERSON", "Ursula von der Leyen", {}),
    "a first initial stays": ("PERSON", "J. Edgar Hoover", {"J. E. Hoover": "middle name"}),
    "accents": (
        "PERSON",
        "José F. Peña",
        {
            "Jose F. Pena": "accents",
            "Jose Pena": "middle initial",
            "José Peña": "middle initial",
        },
    ),
    "a letter with a stroke": ("PLACE", "Tromsø", {"Tromso": "accents"}),
    "a legal form": ("ORG", "Fennick Mills plc", {"Fennick Mills": "legal form"}),
    "a lone surname has none": ("PERSON", "Kennedy", {}),
    "nor has one with accents": ("PERSON", "Peña", {}),
    "an organisation has no middle name": ("ORG", "Bank B. Oslo", {}),
}


@pytest.mark.parametrize(("label", "name", "expected"), PLAINER.values(), ids=PLAINER)
def test_a_name_has_plainer_names(label, name, expected):
    found = identity_of(label, name, ()).plainer

    by_id = {entity_id(label, form): reason for form, reason in expected.items()}
    assert {each.entity: each.reason for each in found} == by_id


ACRONYMS = {
    "capitals are one": ("OHS", True),
    "an ampersand may stand in them": ("OH&S", True),
    "another short form is none": ("Harbour Office", False),
    "a word of the name is none": ("OFFICE", False),
    "one that everybody knows is its own": ("NATO", False),
}


@pytest.mark.parametrize(("form", "is_one"), ACRONYMS.values(), ids=ACRONYMS)
def test_an_acronym_in_the_article_is_a_plainer_name(form, is_one):
    found = identity_of("ORG", "Office of Harbour Safety", (form,)).plainer

    assert [each.reason for each in found] == ["acronym"] * is_one
