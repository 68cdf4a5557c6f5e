import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.identity import Label
from extractors.naming.givennames import with_formal_given_name
from extractors.naming.names import (
    entity_id,
    first_name_forms,
    initials_of,
    is_acronym,
    is_variant,
    normalised_name,
    surname,
    surname_forms,
    without_legal_form,
)

LABELS: list[Label] = ["PERSON", "ORG", "PLACE", "GROUP", "EVENT", "WORK", "PRODUCT", "LAW"]


@pytest.mark.parametrize(
    ("label", "name", "normal"),
    [
        pytest.param("PERSON", "Ada Okafor", "ada okafor", id="case is folded"),
        pytest.param("PERSON", "President Ada Okafor", "ada okafor", id="an honorific goes"),
        pytest.param(
            "PERSON", "Rt. Hon. Dr. Ada Okafor", "rt hon dr ada okafor", id="unknown first"
        ),
        pytest.param("PERSON", "Gen. Sir Ada Okafor", "ada okafor", id="several honorifics go"),
        pytest.param("PERSON", "Pope", "pope", id="a title alone is kept"),
        pytest.param("PERSON", "J. K. Mbeki", "jk mbeki", id="initials are written together"),
        pytest.param("PERSON", "J.K. Mbeki", "jk mbeki", id="initials without a blank"),
        pytest.param("PERSON", "Seán O’Dowd", "seán odowd", id="an apostrophe is nothing"),
        pytest.param("PERSON", "Anne-Marie Løvås", "anne marie løvås", id="a hyphen is a blank"),
        pytest.param("PERSON", "Ａｄａ  Okafor", "ada okafor", id="wide letters and two blanks"),
        pytest.param("ORG", "Northwind Corp.", "northwind corp", id="a legal form stays"),
        pytest.param("ORG", "Northwind Corporation", "northwind corp", id="in one spelling"),
        pytest.param(
            "ORG", "Northwind Company Limited", "northwind co ltd", id="so do two legal forms"
        ),
        pytest.param("ORG", "Limited Northwind", "limited northwind", id="only at the end"),
        pytest.param("GROUP", "Russians", "russian", id="a people is one in the plural"),
        pytest.param("GROUP", "Swiss", "swiss", id="two s are no plural"),
        pytest.param("ORG", "Company", "company", id="a legal form alone is kept"),
        pytest.param("ORG", "The Harbour Post", "harbour post", id="the article goes"),
        pytest.param("ORG", "S&T Bank", "st bank", id="an ampersand is a blank"),
        pytest.param("PLACE", "U.S.", "us", id="points go"),
        pytest.param("PLACE", "Queen Maud Land", "queen maud land", id="a place keeps its title"),
        pytest.param("ORG", "…", "", id="no letter, no name"),
    ],
)
def test_a_name_has_one_normal_form(label, name, normal):
    assert normalised_name(name, label) == normal


@pytest.mark.parametrize(
    ("normalised", "bare"),
    [
        pytest.param("northwind inc", "northwind", id="one form"),
        pytest.param("northwind co ltd", "northwind", id="two forms"),
        pytest.param("northwind", "northwind", id="none"),
        pytest.param("co", "co", id="never nothing"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_a_legal_form_can_be_taken_off(normalised, bare):
    assert without_legal_form(normalised) == bare


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param("Ada Okafor", "okafor", id="last word"),
        pytest.param("Lena von der Heide", "von der heide", id="with its particles"),
        pytest.param("Karl Brandt Jr.", "brandt", id="without junior"),
        pytest.param("Karl Brandt III", "brandt", id="without a number"),
        pytest.param("Okafor", "okafor", id="alone"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_a_surname_is_the_family_name(name, expected):
    assert surname(name) == expected


@pytest.mark.parametrize(
    ("short", "full", "expected"),
    [
        pytest.param("Okafor", "Ada Okafor", True, id="surname"),
        pytest.param("Ada", "Ada Okafor", True, id="first name"),
        pytest.param("Mr. Brandt", "Karl Brandt", True, id="with a title"),
        pytest.param("Lars Holm", "Lars Erik Holm", True, id="without the middle name"),
        pytest.param("von der Heide", "Lena von der Heide", True, id="surname with particles"),
        pytest.param("Brandt Jr.", "Karl Brandt Jr.", True, id="surname and junior"),
        pytest.param("K. Brandt", "Karl Brandt", True, id="an initial"),
        pytest.param("Charles", "Charles III", True, id="a king without his number"),
        pytest.param("der", "Lena von der Heide", False, id="a particle alone"),
        pytest.param("Erik", "Lars Erik Holm", False, id="a middle name alone"),
        pytest.param("Karl Brandt", "Karl Brandt Jr.", False, id="father and son"),
        pytest.param("Karl Brandt", "Karl J. Brandt Jr.", False, id="father and son with initial"),
        pytest.param("Ada Brandt", "Ada Okafor", False, id="another surname"),
    ],
)
def test_a_short_form_is_known_by_its_full_name(short, full, expected):
    assert is_variant(short, full) is expected


@pytest.mark.parametrize(
    ("name", "formal"),
    [
        pytest.param("Joe Okafor", "joseph okafor", id="a short given name"),
        pytest.param("Rep. Joe Okafor", "joseph okafor", id="behind a title"),
        pytest.param("Joe", "joe", id="a word alone may be a surname"),
        pytest.param("Ada Joe", "ada joe", id="a surname stays"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_a_short_given_name_has_a_formal_one(name, formal):
    assert with_formal_given_name(name) == formal


@pytest.mark.parametrize(
    ("short", "name", "expected"),
    [
        pytest.param("ORS", "Office of Rail Safety", True, id="small words left out"),
        pytest.param("OORS", "Office of Rail Safety", True, id="small words counted"),
        pytest.param("O.R.S.", "Office of Rail Safety", True, id="with points"),
        pytest.param("ORX", "Office of Rail Safety", False, id="another letter"),
        pytest.param("O", "Office", False, id="one letter is none"),
    ],
)
def test_an_acronym_spells_initials(short, name, expected):
    assert is_acronym(short, name) is expected


def test_the_id_is_of_label_and_normal_form():
    one = entity_id("PERSON", "President Ada OKAFOR")

    assert one == entity_id("PERSON", "Ada Okafor")
    assert len(one) == 20
    assert set(one) <= set("0123456789abcdef")


def test_the_id_differs_by_label_and_by_article():
    ids = {
        entity_id("PERSON", "Okafor"),
        entity_id("ORG", "Okafor"),
        entity_id("PERSON", "Okafor", within="article-1"),
        entity_id("PERSON", "Okafor", within="article-2"),
    }

    assert len(ids) == 4


@given(st.sampled_from(LABELS), st.text(st.characters(), max_size=60))
def test_the_normal_form_of_a_normal_form_keeps_its_words(label, name):
    normal = normalised_name(name, label)

    assert normal == " ".join(normal.split())
    assert len(entity_id(label, name)) == 20


@given(st.text(st.characters(), max_size=60))
def test_short_forms_never_hold_the_name_itself_nor_nothing(name):
    forms = surname_forms(name) | first_name_forms(name)

    assert "" not in forms
    assert normalised_name(name, "PERSON") not in surname_forms(name)
    assert all(len(form) > 0 for form in initials_of(name))
