"""Transcripts: labels that name who speaks, "SMITH: We will go.", and what is said under them."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extractors.analysed import analysed_paragraphs
from extractors.records import Article, Paragraph
from extractors.speech.marks import Marked
from extractors.speech.signs import SENTENCE_ENDS
from extractors.speech.syntax import VERBS, Tree


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerLabel:
    """The name before the words of one who speaks: `text[start:end]`, without role and colon."""

    start: int
    end: int
    name: str
    words: int  #: where what is said begins
    paragraph: int  #: that of these words, counted among the analysed ones


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """What stands without marks in one paragraph under a label: `text[start:end]`."""

    start: int
    end: int
    turn: int  #: paragraphs under one label share it


LETTERS = frozenset("QA")  #: labels that are nobody's name
#: Words before a colon that nobody speaks under: "WATCH:", "Read more:".
_NOTICES = frozenset(
    {
        "correction",
        "date",
        "live",
        "more",
        "note",
        "photo",
        "photos",
        "place",
        "price",
        "read",
        "related",
        "time",
        "update",
        "updated",
        "video",
        "watch",
        "what",
        "when",
        "where",
        "who",
    }
)
_TIME = r"(?:[\[(]?\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?: ?[ap]\.?m\.?)?[\])]? +)?"
_WORD = r"[A-ZÀ-ÖØ-Þ][\w.'’\-]*"
_NAMED = rf"(?P<name>{_WORD}(?: (?:{_WORD}|de|van|von|der|da|di|la|al|bin)){{0,4}})"
_ROLE = r"(?: ?\([^()\n]{1,40}\)|, ?[^:\n.!?\"“”]{1,50})?"
_LABEL = re.compile(rf"{_TIME}{_NAMED}{_ROLE}: +(?=\S)")
_LETTER = re.compile(r"(?P<name>[QA])[.:] +(?=\S)")
_ALONE = re.compile(rf"{_NAMED}{_ROLE}:?")
_CAPITALS = re.compile(r"[A-Z][A-Z.'’\-]+(?: [A-Z][A-Z.'’\-]*){0,3}: +(?=\S)")
_DIRECTION = r"(?:\[[^\[\]\n]{1,40}\]|\([^()\n]{1,40}\))"
_DIRECTIONS = re.compile(rf"(?:\s*{_DIRECTION})+\s*")
_DIRECTIONS_AT_END = re.compile(rf"(?:\s*{_DIRECTION})+\s*\Z")
_LONGEST_DIRECTIONS = 120  #: characters
_TIMES_REPEATED = 2  #: "Updated:" stands once, a speaker's label again and again
_LEAST_LABELS = 3  #: labels in capitals that make a transcript
_LEAST_PERSONS = 2  #: labels with the name of a person that make one
_MOST_WORDS_OF_FIGURE = 3  #: "Smith: 547."
_MOST_FURTHER = 6  #: paragraphs under one label after its own
_LONGEST_LINE = 80  #: characters
_QUOTATION_MARKS = "\"“”'‘„«"


def label_end(text: str, start: int, end: int) -> int:
    """Return where the words after a label in capitals begin, `start` where there is no label."""
    found = _CAPITALS.match(text, start, end)
    return found.end() if found else start


def without_labels(spans: Sequence[Marked], text: str) -> list[Marked]:
    """Return `spans` with labels inside the marks cut off; each label begins its own utterance."""
    cut = [(marked, label_end(text, marked.start, marked.end)) for marked in spans]
    return [
        replace(marked, start=start, outer_start=start, continued=False)
        if start > marked.start
        else marked
        for marked, start in cut
    ]


def is_wordless(text: str) -> bool:
    """Answer whether `text` has no words but stage directions, "(applause)"."""
    return not any(map(str.isalnum, re.sub(_DIRECTION, "", text)))


def labels_in(article: Article, tree: Tree) -> list[SpeakerLabel]:
    """Return the labels of a transcript or interview, in order; none where there is no such thing.

    Labels in capitals count from three on, repeated ones and those that name persons from two
    on, names on lines of their own where one of them returns, "Q" and "A" where both stand.
    """
    paragraphs = [paragraph for _, paragraph in analysed_paragraphs(article)]
    beside = list(_labels_beside(article.text, paragraphs))
    alone = [
        label for label in _labels_alone(article.text, paragraphs) if _names_person(label, tree)
    ]
    found = [*_of_transcript(beside, tree, article.text), *(alone if _is_dialogue(alone) else ())]
    return sorted(found, key=lambda label: label.start)


def speeches_in(article: Article, labels: Sequence[SpeakerLabel]) -> Iterator[Speech]:
    """Yield what stands without marks under `labels`, a paragraph each, in order.

    A paragraph without a label belongs to the label before it if another label follows.
    """
    paragraphs = [paragraph for _, paragraph in analysed_paragraphs(article)]
    for turn, label in enumerate(labels):
        for number in _paragraphs_under(turn, labels, paragraphs, article.text):
            paragraph = paragraphs[number]
            begin = label.words if number == label.paragraph else paragraph.start
            start, end = _without_directions(article.text, begin, paragraph.end)
            if _is_said(article.text, start, end, label):
                yield Speech(start=start, end=end, turn=turn)


def _labels_beside(text: str, paragraphs: Sequence[Paragraph]) -> Iterator[SpeakerLabel]:
    """Yield what could be a label before words of the same paragraph."""
    for number, paragraph in enumerate(paragraphs):
        for form in (_LETTER, _LABEL):
            if found := form.match(text, paragraph.start, paragraph.end):
                yield _label(found, words=found.end(), paragraph=number)
                break


def _labels_alone(text: str, paragraphs: Sequence[Paragraph]) -> Iterator[SpeakerLabel]:
    """Yield what could be a label on a line of its own."""
    for number, (paragraph, following) in enumerate(pairwise(paragraphs), start=1):
        if paragraph.end - paragraph.start > _LONGEST_LINE:
            continue
        if found := _ALONE.fullmatch(text, paragraph.start, paragraph.end):
            yield _label(found, words=following.start, paragraph=number)


def _label(found: re.Match[str], *, words: int, paragraph: int) -> SpeakerLabel:
    start, end = found.span("name")
    return SpeakerLabel(start=start, end=end, name=found["name"], words=words, paragraph=paragraph)


def _of_transcript(labels: Sequence[SpeakerLabel], tree: Tree, text: str) -> Iterator[SpeakerLabel]:
    times = Counter(label.name for label in labels)
    names = _words_of_persons(tree, text)
    persons = {
        label.name for label in labels if not names.isdisjoint(label.name.casefold().split())
    }
    talking = {
        label.name for label in labels if label.name in persons and _is_speech(label, tree, text)
    }
    capitals = [label.name for label in labels if label.name.isupper() and len(label.name) > 1]
    is_interview = _is_interview(labels, times, text)
    takes_turns = len(capitals) >= _LEAST_LABELS and len(set(capitals)) > 1
    is_transcript = takes_turns and (bool(persons) or len(set(capitals)) < len(capitals))
    for label in labels:
        if _NOTICES.issuperset(label.name.casefold().split()):
            counts = False
        elif label.name in LETTERS:
            counts = times.keys() >= LETTERS
        elif label.name.isupper() and is_transcript:
            counts = True
        elif label.name in persons:
            counts = times[label.name] >= _TIMES_REPEATED or len(talking) >= _LEAST_PERSONS
        else:
            counts = is_interview or (bool(persons) and times[label.name] >= _TIMES_REPEATED)
        if counts:
            yield label


def _is_interview(labels: Sequence[SpeakerLabel], times: Counter[str], text: str) -> bool:
    """Answer whether all labels return and one of them asks: "Host: Why?", "Mayor: It was old."."""
    asked = Counter(label.name for label in labels if _last_sign(label, text) == "?")
    return (
        len(times) > 1
        and min(times.values()) >= _TIMES_REPEATED
        and any(2 * asked[name] >= times[name] for name in times)
    )


def _last_sign(label: SpeakerLabel, text: str) -> str:
    """Return the last character of the line that begins with the label."""
    end = text.find("\n", label.words)
    return text[label.words : end if end >= 0 else len(text)].rstrip()[-1:]


def _is_speech(label: SpeakerLabel, tree: Tree, text: str) -> bool:
    """Answer whether a sentence stands behind the label: "43, teacher" is none."""
    if _last_sign(label, text) in SENTENCE_ENDS:
        return True
    parse, first = tree.parse, tree.tokens(label.words, label.words + 1)[0]
    end = tree.paragraph(first)[1] if first < tree.size else 0
    return any(pos in VERBS for pos in parse.pos[first:end])


def _words_of_persons(tree: Tree, text: str) -> frozenset[str]:
    """Return the words of the names of persons, in small letters."""
    starts, ends = tree.parse.starts, tree.parse.ends
    return frozenset(
        text[starts[token] : ends[token]].casefold()
        for token, label in tree.named.items()
        if label == "PERSON"
    )


def _is_dialogue(alone: Sequence[SpeakerLabel]) -> bool:
    """Answer whether names on lines of their own take turns."""
    names = {label.name for label in alone}
    return 1 < len(names) < len(alone) and all(
        one.paragraph + 1 < two.paragraph for one, two in pairwise(alone)
    )


def _names_person(label: SpeakerLabel, tree: Tree) -> bool:
    return any(
        tree.named.get(token) == "PERSON" for token in range(*tree.tokens(label.start, label.end))
    )


def _paragraphs_under(
    turn: int, labels: Sequence[SpeakerLabel], paragraphs: Sequence[Paragraph], text: str
) -> Iterator[int]:
    """Yield the numbers of the paragraphs that belong to label number `turn`."""
    label = labels[turn]
    yield label.paragraph
    if turn + 1 == len(labels):
        return
    end = bisect_left(paragraphs, labels[turn + 1].start, key=lambda paragraph: paragraph.end)
    if end - label.paragraph - 1 > _MOST_FURTHER:
        return
    surname = label.name.split()[-1].casefold()
    for number in range(label.paragraph + 1, end):
        words = text[paragraphs[number].start : paragraphs[number].end]
        # What names the speaker or quotes is told about the talk, and no part of it.
        if (
            surname in words.casefold()
            or words[0] in _QUOTATION_MARKS
            or paragraphs[number].role != "body"
        ):
            return
        yield number


def _without_directions(text: str, start: int, end: int) -> tuple[int, int]:
    """Return `start` and `end` without "(applause)" and "[crosstalk]" at either end."""
    if led := _DIRECTIONS.match(text, start, min(end, start + _LONGEST_DIRECTIONS)):
        start = led.end()
    if closed := _DIRECTIONS_AT_END.search(text, max(start, end - _LONGEST_DIRECTIONS), end):
        end = closed.start()
    return start, max(start, end)


def _is_said(text: str, start: int, end: int, label: SpeakerLabel) -> bool:
    """Answer whether `text[start:end]` is speech rather than a figure, and has no marks around."""
    if start == end or text[start] in _QUOTATION_MARKS:
        return False
    words = text[start : min(end, start + 100)].split(maxsplit=_MOST_WORDS_OF_FIGURE)
    is_sentence = text[end - 1] in SENTENCE_ENDS and not text[start:end].isupper()
    if label.name.isupper() or is_sentence:
        return any(map(str.isalpha, words[0] if words else ""))
    return len(words) > _MOST_WORDS_OF_FIGURE
