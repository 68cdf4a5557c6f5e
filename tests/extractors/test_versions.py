import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.versions import judge_change

COSMETIC = {
    "case": ("Rain falls", "RAIN FALLS"),
    "curly marks": ('"Rain," he said', "“Rain”, he said"),
    "white space": ("Rain  fell\n\non Oslo", "Rain fell on Oslo"),
    "form of characters": ("the ﬁrst", "the first"),
    "swapped letters": ("They recieve aid.", "They receive aid."),
    "letter doubled": ("to acommodate them", "to accommodate them"),
    "word written twice": ("It was the the end", "It was the end"),
}
SUBSTANTIVE = {
    "a word added": ("He did", "He never did"),
    "a letter exchanged": ("two million crowns", "two billion crowns"),
    "a name": ("talks with Iran", "talks with Iraq"),
    "a number": ("it cost 1.5 crowns", "it cost 15 crowns"),
    "a sign": ("it was -5 degrees", "it was 5 degrees"),
    "a short word": ("it is now dead", "it is not dead"),
    "an ending": ("police arrest them", "police arrests them"),
    "four slips": ("recieve beleive acheive decieve", "receive believe achieve deceive"),
}


@pytest.mark.parametrize(("old", "new"), COSMETIC.values(), ids=COSMETIC)
def test_a_change_of_form_is_cosmetic(old, new):
    assert judge_change(old, new) == "cosmetic"


@pytest.mark.parametrize(("old", "new"), SUBSTANTIVE.values(), ids=SUBSTANTIVE)
def test_a_change_of_sense_is_substantive(old, new):
    assert judge_change(old, new) == "substantive"


@given(st.text(), st.text())
def test_a_change_and_its_reversal_are_judged_alike(old, new):
    assert judge_change(old, new) == judge_change(new, old)


@given(st.text())
def test_no_change_is_cosmetic(text):
    assert judge_change(text, text) == "cosmetic"
