"""The rows of an article's quotations: their spans, kinds and cues, before they are numbered."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extractors.records import Article, QuoteKind
from extractors.speech.constructions import Report
from extractors.speech.indirect import reports_in
from extractors.speech.marks import Marked, quoted_spans
from extractors.speech.notsaid import is_heading, is_nickname
from extractors.speech.scare import quotation_probability
from extractors.speech.statements import signed_paragraphs, stated_paragraphs
from extractors.speech.syntax import Tree
from extractors.speech.transcripts import labels_in, speeches_in, without_labels

#: Shorter words in marks are a quotation only where somebody is said to say them.
MIN_UNATTRIBUTED_WORDS = 3
#: From this probability on words in marks count as a quotation: a sentence of eight words is
#: hardly a title, one word without a cue beside it hardly a quotation.
_LEAST_FOR_MANY, _MANY = 0.3, 8
_LEAST_FOR_SOME = 0.6
_LEAST_FOR_CUED = 0.4
_LEAST_FOR_FEW = 0.75
_LABELLED = 0.9  #: probability that the words after a label of a transcript are a quotation
_LEFT_OPEN = 0.9  #: the same for words in marks that the next paragraph goes on with
_STATED = 0.7  #: the same for a paragraph that a colon leads in or somebody signs
_CUE_REACH = 9  #: tokens behind "No comment," to the verb of a speaker with a description
_DATELINE = re.compile(
    r"[A-Z][A-Z.'’ -]{2,40}(?:, [A-Z][A-Za-z.'’ ]{1,30}?)?(?:, [A-Z][a-z]{2,8}\.? \d{1,2})?"
    r"(?: \([A-Z][^()\n]{1,30}\))?\s?[-–—]{1,2}\s+"
)
_SET_OFF = re.compile(r".?,|.\W{1,2}\s*[-–—]")  #: “I saw it” — Ek paused — “and I ran”
_LONGEST_TAG = 80  #: characters
#: “No,” she said a third time, “and not here”
_TAGGED = re.compile(r",[\"”’»][^\"“”„«»\n]+,\s*\Z")
#: "- Tom Hale" on the line below.
_SIGNED_BELOW = re.compile(r"\s*\n\s*[―—–-]{1,2} ?[A-Z]")
_ASIDE = re.compile(r"\s?[-–—―]{1,2}\s")  #: “I saw the car” — Reed paused — “and”
_TRIMMED = " \t\r\n\u00a0\u202f,"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A part of a quotation within one paragraph: `text[start:end]`."""

    start: int
    end: int
    kind: QuoteKind
    probability: float  #: that it is a quotation
    marked: Marked | None = None  #: the marks that it stands in, where it is direct
    cue: int | None = None  #: token of the reporting word
    group: tuple[str, int] | None = None  #: rows of one report, statement or turn share it


def rows_in(article: Article, tree: Tree) -> list[Row]:
    """Return what `article` reports as said, in order, never overlapping."""
    spans = [
        marked
        for marked in without_labels(list(quoted_spans(article)), article.text)
        if not is_heading(marked, article) and not is_nickname(marked, article.text)
    ]
    quoted = _quoted_tokens(tree, spans)
    rows = list(_report_rows(article, tree, spans, reports_in(tree, quoted)))
    rows.extend(_labelled_rows(article, tree, spans))
    rows.extend(_stated_rows(article, tree, spans, quoted))
    return _with_direct(rows, spans, article, tree, quoted)


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return `start` and `end` without the blanks and commas at either end."""
    while start < end and text[end - 1] in _TRIMMED:
        end -= 1
    while start < end and text[start] in _TRIMMED:
        start += 1
    return start, end


def _quoted_tokens(tree: Tree, spans: Sequence[Marked]) -> list[bool]:
    quoted = [False] * tree.size
    for marked in spans:
        first, end = tree.tokens(marked.start, marked.end)
        quoted[first:end] = [True] * (end - first)
    return quoted


def _report_rows(
    article: Article, tree: Tree, spans: Sequence[Marked], reports: Sequence[Report]
) -> Iterator[Row]:
    """Yield the rows of reports; what is wholly in marks is direct."""
    for group, report in enumerate(reports):
        for first, last in report.parts:
            start, end = tree.parse.starts[first], tree.parse.ends[last]
            touched = _touched(spans, start, end)
            for row in _rows_over(article.text, start, end, touched):
                yield replace(
                    row,
                    probability=report.probability,
                    cue=report.cue,
                    group=("report", group),
                )


def _touched(spans: Sequence[Marked], start: int, end: int) -> Sequence[Marked]:
    low = max(0, bisect_right(spans, start, key=lambda marked: marked.outer_start) - 1)
    high = bisect_left(spans, end, key=lambda marked: marked.outer_start)
    return [marked for marked in spans[low:high] if marked.end > start]


def _labelled_rows(article: Article, tree: Tree, spans: Sequence[Marked]) -> Iterator[Row]:
    """Yield what is said without marks in the paragraphs of a transcript."""
    for speech in speeches_in(article, labels_in(article, tree)):
        row = _unmarked(speech.start, speech.end, spans)
        yield replace(row, probability=_LABELLED, group=("turn", speech.turn))


def _stated_rows(
    article: Article, tree: Tree, spans: Sequence[Marked], quoted: Sequence[bool]
) -> Iterator[Row]:
    """Yield the paragraphs without marks around them that a colon leads in or somebody signs."""
    for start, end, cue in stated_paragraphs(article, tree, quoted):
        row = _unmarked(start, end, spans)
        yield replace(row, probability=_STATED, cue=cue, group=("statement", cue))
    for start, end in signed_paragraphs(article, tree):
        yield replace(_unmarked(start, end, spans), probability=_STATED)


def _unmarked(start: int, end: int, spans: Sequence[Marked]) -> Row:
    """Return the row from `start` to `end`, where some words at most stand in marks."""
    kind: QuoteKind = "mixed" if _touched(spans, start, end) else "indirect"
    return Row(start=start, end=end, kind=kind, probability=0.0)


def _rows_over(text: str, start: int, end: int, touched: Sequence[Marked]) -> Iterator[Row]:
    """Yield the rows for `text[start:end]` and the words in marks it touches."""
    start = _after_dateline(text, start, end)
    if touched and start < end:
        start, end = min(start, touched[0].outer_start), max(end, touched[-1].outer_end)
        if _is_wholly_marked(text, start, end, touched):
            for marked in touched:
                yield _direct(text, marked)
            return
    start, end = trimmed(text, start, end)
    if start < end:
        kind: QuoteKind = "mixed" if touched else "indirect"
        yield Row(start=start, end=end, kind=kind, probability=0.0)


def _direct(text: str, marked: Marked) -> Row:
    start, end = trimmed(text, marked.start, marked.end)
    return Row(start=start, end=end, kind="direct", probability=0.0, marked=marked)


def _is_wholly_marked(text: str, start: int, end: int, touched: Sequence[Marked]) -> bool:
    """Answer whether no words stand outside the marks but what leads in or interrupts."""
    before, behind = text[start : touched[0].outer_start], text[touched[-1].outer_end : end]
    led = text[max(start - _LONGEST_TAG, 0) : touched[0].outer_start]
    is_tagged = text[touched[0].start].islower() and _TAGGED.search(led)
    if is_tagged or before.rstrip().endswith((":", "(")):
        before = ""
    if _ASIDE.match(behind) and _ASIDE.match(text, end):
        behind = ""
    return not any(map(str.isalpha, before + behind)) and all(
        _is_set_off(text[one.end - 1 : two.outer_start]) for one, two in pairwise(touched)
    )


def _is_set_off(words: str) -> bool:
    """Answer whether `words`, from the end of one quotation to the next, are set off from both."""
    return not any(map(str.isalpha, words[1:])) or bool(_SET_OFF.match(words))


def _after_dateline(text: str, start: int, end: int) -> int:
    """Return where `text[start:end]` begins without "PARIS, Nov 3 (Reuters) - ".

    That is `end` where it is a dateline and nothing else.
    """
    begins_line = start == 0 or text[start - 1] in "\r\n"
    found = _DATELINE.match(text, start) if begins_line else None
    return min(found.end(), end) if found else start


def _with_direct(
    rows: Sequence[Row],
    spans: Sequence[Marked],
    article: Article,
    tree: Tree,
    quoted: Sequence[bool],
) -> list[Row]:
    """Return `rows` without overlaps, and with what else in marks is a quotation, in order."""
    kept = _without_overlap(rows)
    cued = {row.start: row for row in kept if row.kind == "direct"}
    kept = [row for row in kept if row.kind != "direct"]
    ends = [row.end for row in kept]
    found: list[Row] = []
    before: Marked | None = None
    left_open = _left_open(spans, article.text)
    for marked in spans:
        place = bisect_right(ends, marked.start)
        if place < len(kept) and kept[place].start < marked.end:
            continue
        row = _direct(article.text, marked)
        known = cued.get(row.start)
        probability = quotation_probability(marked, article.text, tree, quoted)
        if known is not None:
            probability = max(probability, known.probability)
        goes_on = marked.continued and found and found[-1].marked is before
        if goes_on:  # however short: what a quotation goes on with is one if its head is
            probability = max(probability, found[-1].probability)
        elif marked.start in left_open:
            probability = max(probability, _LEFT_OPEN)
        before = marked
        if row.start < row.end and (
            goes_on or probability >= _least_for(marked, article.text, tree)
        ):
            row = replace(row, probability=probability)
            found.append(row if known is None else replace(row, cue=known.cue, group=known.group))
    return sorted([*kept, *found], key=lambda row: row.start)


def _left_open(spans: Sequence[Marked], text: str) -> set[int]:
    """Return where the words in marks start that the next paragraph goes on with, mark for mark."""
    return {
        one.start
        for one, two in pairwise(spans)
        if two.continued and not one.closed and text[one.outer_start] == text[two.outer_start]
    }


def _without_overlap(rows: Sequence[Row]) -> list[Row]:
    """Return `rows` in order; of two that overlap, the turn of a transcript, else the longer."""
    kept: list[Row] = []
    for row in sorted(rows, key=lambda row: (row.start, -row.end)):
        if not kept or row.start >= kept[-1].end:
            kept.append(row)
        elif _claim(row) > _claim(kept[-1]):
            kept[-1] = row
    return kept


def _claim(row: Row) -> tuple[bool, int]:
    is_turn = row.group is not None and row.group[0] == "turn"
    return is_turn, row.end - row.start


def _least_for(marked: Marked, text: str, tree: Tree) -> float:
    """Return the probability from which words in marks count: the fewer, the surer."""
    first, end = tree.tokens(marked.start, marked.end)
    words = sum(pos not in {"PUNCT", "SPACE", "PART"} for pos in tree.parse.pos[first:end])
    if words >= _MANY:
        return _LEAST_FOR_MANY
    if words >= MIN_UNATTRIBUTED_WORDS:
        is_signed = _SIGNED_BELOW.match(text, marked.outer_end) is not None
        return _LEAST_FOR_CUED if is_signed else _LEAST_FOR_SOME
    return _LEAST_FOR_CUED if _has_cue_beside(marked, tree) else _LEAST_FOR_FEW


def _has_cue_beside(marked: Marked, tree: Tree) -> bool:
    first, end = tree.tokens(marked.outer_start, marked.outer_end)
    sentence = tree.parse.sentences[first] if first < tree.size else -1
    behind = [
        token
        for token in range(end, min(end + _CUE_REACH, tree.size))
        if token < end + 4 or tree.parse.sentences[token] == sentence
    ]
    return any(tree.reports_speech(token) for token in (*range(max(0, first - 2), first), *behind))
