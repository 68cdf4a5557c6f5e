import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.presscopies import UNLIKE, WIRE, ten_printings
from warehouse.folding import story_key, words_of
from warehouse.stories import is_same_story, sketch_of, wording_of

PRINTINGS = ten_printings()
TEXTS = (*PRINTINGS.values(), *(text for pair in UNLIKE.values() for text in pair))
WORDS = st.lists(st.sampled_from(["rain", "snow", "hail", "wind", "fog"]), max_size=400)


def are_one_story(one: str, other: str) -> bool:
    return is_same_story(wording_of(words_of(one)), wording_of(words_of(other)))


@pytest.mark.parametrize("how", PRINTINGS)
def test_what_an_outlet_makes_of_a_wire_story_is_that_story(how):
    assert are_one_story(WIRE, PRINTINGS[how])


@pytest.mark.parametrize("what", UNLIKE)
def test_texts_that_only_look_like_copies_are_two_stories(what):
    assert not are_one_story(*UNLIKE[what])


@settings(max_examples=200, derandomize=True, deadline=None)
@given(st.sampled_from(TEXTS), st.sampled_from(TEXTS))
def test_it_does_not_matter_which_text_comes_first(one, other):
    assert are_one_story(one, other) == are_one_story(other, one)


@settings(max_examples=200, derandomize=True, deadline=None)
@given(WORDS, WORDS)
def test_of_any_words_a_text_is_its_own_story_and_the_order_of_two_does_not_matter(one, other):
    wording, other_wording = wording_of(one), wording_of(other)

    assert is_same_story(wording, wording_of(one))
    assert is_same_story(wording, other_wording) == is_same_story(other_wording, wording)


@settings(max_examples=100, derandomize=True, deadline=None)
@given(
    passage=st.lists(st.integers(0, 99).map(str), min_size=16, max_size=16),
    before=st.lists(st.integers(100, 199).map(str), max_size=200),
    after=st.lists(st.integers(200, 299).map(str), max_size=200),
)
def test_a_passage_of_sixteen_words_in_the_heads_of_two_texts_is_noticed(passage, before, after):
    one, other = sketch_of([*before, *passage]), sketch_of([*passage, *after])

    assert set(one) & set(other)


def test_a_sketch_is_the_same_on_every_machine():
    words = words_of("We shall rebuild the old bridge before the winter comes.")

    assert sketch_of(words) == [1401646007]


def test_a_sketch_is_short_and_of_the_head_alone():
    words = [str(number) for number in range(5_000)]

    assert sketch_of(words) == sketch_of(words[:300])
    assert 30 < len(sketch_of(words)) < 60
    assert sketch_of(words[:4]) == []


def test_the_key_of_a_text_keeps_case_and_forgets_punctuation():
    assert story_key(words_of(WIRE)) == story_key(words_of(WIRE.replace('"', "'")))
    assert story_key(words_of(WIRE)) != story_key(words_of(WIRE.upper()))
