"""Whether two texts are printings of one story.

A text is given by its words as `folding.words_of` has them, so that texts of one `story_key` get
one answer.
"""

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

#: Unequal texts are printings of one story if they were first seen so near to each other.
STORY_WINDOW = timedelta(days=14)

_SHINGLE_WORDS = 5
#: Live blogs run to a hundred times this; a verdict must not.
_COMPARED_WORDS = 2_000
#: The sketch is of the head alone: two printings of a story share words there, or the verdict
#: would be no.
_SKETCHED_WORDS = 300
#: The smallest hash of each so many shingles running is in the sketch: some 7 of a text of 50
#: words, 45 of a long one. Passages of 16 words that two texts share are sure to be noticed.
_WINNOWED_SHINGLES = 12
#: Shares of words that stand in shingles of both texts: of all words of the two, and of those of
#: the smaller. Counted by words, since a word changed costs five shingles.
_MIN_JACCARD = 0.4
_MIN_CONTAINMENT = 0.7
#: With fewer shingles in common no text reaches either.
_MIN_SHARED_SHINGLES = 0.2
#: The share of the hashes of the smaller of two sketches from which on texts are worth a verdict:
#: a quarter less, for sketches are samples.
MIN_SHARED_HASHES = 0.75 * _MIN_SHARED_SHINGLES
#: Words of its own with which an outlet may begin; what begins later is an item of a digest.
_MAX_OWN_LEAD_WORDS = 100
#: Words of the shared passage left out at its start: a phrase alone says nothing.
_CHANCE_SHARE = 0.05
#: Words between two shared passages, where a template has its slots.
_MAX_SLOT_WORDS = 20
_MAX_CHANGED_SLOTS = 0.3
_MAX_CHANGED_FACTS = 0.5
#: Text that only the longer one has is looked at from this share of it on.
_MAX_OWN_SHARE = 0.35
_MIN_COMMON_SUBJECTS = 0.08
_MIN_NAME_LETTERS = 4
_MIN_SUBJECT_LETTERS = 7


@dataclass(frozen=True, slots=True, eq=False)
class Wording:
    """A text, prepared for comparison with any number of others."""

    words: tuple[str, ...]  #: case folded
    facts: tuple[str | None, ...]  #: for each word: the figure or name it is
    fact_set: frozenset[str | None]
    shingles: tuple[str, ...]  #: one for each word but the last four
    shingle_set: frozenset[str]


def sketch_of(words: Sequence[str]) -> list[int]:
    """Return a sample of the hashes of the five-word shingles at the head of a text, sorted.

    Texts that share a passage have the same hashes of it, on every machine. Numbers have 32
    bits. Empty under five words.

    Source:
        Schleimer, Wilkerson and Aiken 2003, "Winnowing: Local Algorithms for Document
        Fingerprinting".
    """
    head = [word.casefold() for word in words[:_SKETCHED_WORDS]]
    hashes = [zlib.crc32(shingle.encode("utf-8", "replace")) for shingle in _shingles(head)]
    windows = max(1, len(hashes) - _WINNOWED_SHINGLES + 1) if hashes else 0
    return sorted({min(hashes[start : start + _WINNOWED_SHINGLES]) for start in range(windows)})


def wording_of(words: Sequence[str]) -> Wording:
    """Return a text prepared for `is_same_story`."""
    words = words[:_COMPARED_WORDS]
    folded = [word.casefold() for word in words]
    facts = tuple(_facts(words, folded))
    shingles = tuple(_shingles(folded))
    return Wording(
        words=tuple(folded),
        facts=facts,
        fact_set=frozenset(facts),
        shingles=shingles,
        shingle_set=frozenset(shingles),
    )


def is_same_story(one: Wording, other: Wording) -> bool:
    """Return whether the two are printings of one story; it does not matter which comes first.

    They are if they share enough of their words, or the larger has nearly all of the smaller (a
    cut copy); and the shared passage stands near the head of both (a later item of a digest does
    not); and most figures and names of the smaller stand in the larger (those of a templated
    report do not); and what only the larger has is about the same (the rest of a digest is not).
    """
    smaller, larger = sorted((one, other), key=lambda each: (len(each.words), each.words))
    if smaller.words == larger.words:
        return True
    shared = smaller.shingle_set & larger.shingle_set
    if not shared or len(shared) < _MIN_SHARED_SHINGLES * len(smaller.shingle_set):
        return False
    in_smaller, in_larger = _covered(smaller, shared), _covered(larger, shared)
    return (
        _overlap(in_smaller, in_larger)
        and _starts_early(in_smaller)
        and _starts_early(in_larger)
        and _keeps_facts(smaller, in_smaller, larger)
        and _is_one_subject(smaller, larger, in_larger)
    )


def _shingles(words: Sequence[str]) -> Iterator[str]:
    for start in range(len(words) - _SHINGLE_WORDS + 1):
        yield " ".join(words[start : start + _SHINGLE_WORDS])


def _facts(words: Sequence[str], folded: Sequence[str]) -> Iterator[str | None]:
    # A text all in capitals tells nothing of names.
    has_names = sum(word[0].isupper() for word in words) < len(words) / 2
    for word, plain in zip(words, folded, strict=True):
        if digits := "".join(filter(str.isdigit, word)):
            yield digits
        elif has_names and word[0].isupper() and len(word) >= _MIN_NAME_LETTERS:
            yield plain
        else:
            yield None


def _covered(wording: Wording, shared: frozenset[str]) -> list[bool]:
    """Return for each word whether it stands in a shared shingle."""
    covered = [False] * len(wording.words)
    for start, shingle in enumerate(wording.shingles):
        if shingle in shared:
            covered[start : start + _SHINGLE_WORDS] = [True] * _SHINGLE_WORDS
    return covered


def _overlap(in_smaller: Sequence[bool], in_larger: Sequence[bool]) -> bool:
    shared = min(sum(in_smaller), sum(in_larger))
    return (
        shared >= _MIN_CONTAINMENT * len(in_smaller)
        or shared >= _MIN_JACCARD * (len(in_smaller) + len(in_larger) - shared)
    )  # fmt: skip


def _starts_early(covered: Sequence[bool]) -> bool:
    places = [place for place, is_shared in enumerate(covered) if is_shared]
    return places[int(len(places) * _CHANCE_SHARE)] <= _MAX_OWN_LEAD_WORDS


def _keeps_facts(smaller: Wording, covered: Sequence[bool], larger: Wording) -> bool:
    slots = frozenset(_slots(covered))
    kept = in_slots = elsewhere = 0
    for place, fact in enumerate(smaller.facts):
        if fact is None:
            continue
        if covered[place] or fact in larger.fact_set:
            kept += 1
        elif place in slots:
            in_slots += 1
        else:
            elsewhere += 1
    return (
        in_slots <= _MAX_CHANGED_SLOTS * (kept + in_slots)
        and in_slots + elsewhere <= _MAX_CHANGED_FACTS * (kept + in_slots + elsewhere)
    )  # fmt: skip


def _slots(covered: Sequence[bool]) -> Iterator[int]:
    """Yield the places that only one text has, within short gaps of the shared passage."""
    last = None
    for place, is_shared in enumerate(covered):
        if is_shared:
            if last is not None and place - last - 1 <= _MAX_SLOT_WORDS:
                yield from range(last + 1, place)
            last = place


def _is_one_subject(smaller: Wording, larger: Wording, covered: Sequence[bool]) -> bool:
    own = [place for place, is_shared in enumerate(covered) if not is_shared]
    if len(own) <= _MAX_OWN_SHARE * len(covered):
        return True
    subjects = frozenset(_subjects(smaller, range(len(smaller.words))))
    common = subjects & frozenset(_subjects(larger, own))
    return len(common) >= _MIN_COMMON_SUBJECTS * len(subjects)


def _subjects(wording: Wording, places: Sequence[int]) -> Iterator[str]:
    for place in places:
        word = wording.words[place]
        if wording.facts[place] is not None or len(word) >= _MIN_SUBJECT_LETTERS:
            yield word
