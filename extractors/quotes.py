"""Quotations: what an article reports as said, in quotation marks or not. Spans, not speakers."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypedDict

from extractors.nlp import Parse
from extractors.records import Article, Quote, QuoteKind
from extractors.speech.constructions import Report, cue_reach
from extractors.speech.indirect import reports_in
from extractors.speech.marks import Marked, quoted_spans
from extractors.speech.scare import quotation_probability
from extractors.speech.syntax import Tree
from extractors.speech.transcripts import labelled_paragraphs, without_labels
from extractors.wordlists import word_classes

#: From this probability on words in marks count as a quotation: a sentence of eight words is
#: hardly a title, one word without a cue beside it hardly a quotation.
_LEAST_FOR_MANY, _MANY = 0.3, 8
_LEAST_FOR_SOME = 0.6
_LEAST_FOR_CUED = 0.4
_LEAST_FOR_FEW = 0.75
#: Shorter words in marks are a quotation only where somebody is said to say them.
MIN_UNATTRIBUTED_WORDS = 3
_LABELLED = 0.9  #: probability that the words after a label of a transcript are a quotation
_CONFIDENCE_WITHOUT_PARSE = 0.5
#: Tokens between two parts of an interrupted quotation.
_LONGEST_GAP = 30
#: Tokens behind "No comment," to the verb of a speaker with a description.
_CUE_REACH = 9
_DATELINE = re.compile(
    r"[A-Z][A-Z.'’ -]{2,40}(?:, [A-Z][A-Za-z.'’ ]{1,30}?)?(?:, [A-Z][a-z]{2,8}\.? \d{1,2})?"
    r"(?: \([A-Z][^()\n]{1,30}\))?\s?[-–—]{1,2}\s+"
)
_CUES = frozenset({"say", "write", "tell", "ask", "claim"})
_MIN_CHARS_WITHOUT_BLANKS = 24
_TRIMMED = " \t\r\n\u00a0,"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    start: int
    end: int
    kind: QuoteKind
    probability: float
    marked: Marked | None = None
    cue: int | None = None
    group: int | None = None  #: rows of one report share it


def quotes_in(article: Article, parse: Parse) -> Iterator[Quote]:
    """Yield what `article` reports as said, thought or asked, without speakers.

    Words in marks that are wholly a quotation are direct; a report with words in marks is one
    mixed quotation and its quoted parts none of their own. Titles of works and scare quotes
    are left out.

    Yields:
        Quotes in order that never overlap and never cross a paragraph; `confidence` is the
        probability that it is a quotation.
    """
    tree = Tree(parse)
    spans = without_labels(list(quoted_spans(article)), article.text)
    quoted = _quoted_tokens(tree, spans)
    rows = list(_report_rows(article, tree, spans, reports_in(tree, quoted)))
    rows.extend(_labelled_rows(article, spans))
    rows = _with_direct(rows, spans, article, tree, quoted)
    yield from _numbered(rows, article, tree)


def quotes_without_parse(article: Article) -> Iterator[Quote]:
    """Yield the direct quotations of `article` by their marks alone, for want of a model.

    Yields:
        Quotes of three words or more, in order, never overlapping, without speaker.
    """
    utterance = -1
    for marked in quoted_spans(article):
        start, end = _trimmed(article.text, marked.start, marked.end)
        words = article.text[start:end].split()
        # Chinese, Japanese and Thai have no blanks to count words by.
        if len(words) >= MIN_UNATTRIBUTED_WORDS or end - start >= _MIN_CHARS_WITHOUT_BLANKS:
            utterance += not (marked.continued and utterance >= 0)
            yield Quote(
                start=start,
                end=end,
                text=article.text[start:end],
                kind="direct",
                utterance=utterance,
                confidence=_CONFIDENCE_WITHOUT_PARSE,
            )


def _quoted_tokens(tree: Tree, spans: Sequence[Marked]) -> list[bool]:
    quoted = [False] * tree.size
    for marked in spans:
        first, end = tree.tokens(marked.start, marked.end)
        quoted[first:end] = [True] * (end - first)
    return quoted


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[end - 1] in _TRIMMED:
        end -= 1
    while start < end and text[start] in _TRIMMED:
        start += 1
    return start, end


def _report_rows(
    article: Article, tree: Tree, spans: Sequence[Marked], reports: Sequence[Report]
) -> Iterator[_Row]:
    """Yield the rows of reports; one that is wholly in marks is direct."""
    starts = [marked.outer_start for marked in spans]
    for group, report in enumerate(reports):
        for first, last in report.parts:
            start, end = tree.parse.starts[first], tree.parse.ends[last]
            low = max(0, bisect_right(starts, start) - 1)
            touched = [m for m in spans[low : bisect_left(starts, end)] if m.end > start]
            row = _row_over(article.text, start, end, touched)
            if row is not None:
                yield replace(row, probability=report.probability, cue=report.cue, group=group)


def _labelled_rows(article: Article, spans: Sequence[Marked]) -> Iterator[_Row]:
    """Yield what is said in the paragraphs of a transcript that uses labels and no marks."""
    starts = [marked.start for marked in spans]
    for start, end in labelled_paragraphs(article):
        inside = bisect_left(starts, start) < bisect_left(starts, end)
        kind: QuoteKind = "mixed" if inside else "indirect"
        yield _Row(start=start, end=end, kind=kind, probability=_LABELLED)


def _row_over(text: str, start: int, end: int, touched: Sequence[Marked]) -> _Row | None:
    """Return the row for `text[start:end]` and the words in marks it touches."""
    start = _after_dateline(text, start, end)
    if touched:
        start, end = min(start, touched[0].outer_start), max(end, touched[-1].outer_end)
        only = touched[0]
        before, after = text[start : only.outer_start], text[only.outer_end : end]
        led_in = before.rstrip().endswith(":") or not any(map(str.isalnum, before))
        if len(touched) == 1 and led_in and not any(map(str.isalnum, after)):
            start, end = _trimmed(text, only.start, only.end)
            return _Row(start=start, end=end, kind="direct", probability=0.0, marked=only)
    start, end = _trimmed(text, start, end)
    kind: QuoteKind = "mixed" if touched else "indirect"
    return _Row(start=start, end=end, kind=kind, probability=0.0) if start < end else None


def _after_dateline(text: str, start: int, end: int) -> int:
    """Return where `text[start:end]` begins without "PARIS, Nov 3 (Reuters) - "."""
    begins_line = start == 0 or text[start - 1] in "\r\n"
    found = _DATELINE.match(text, start, end) if begins_line else None
    return found.end() if found else start


def _with_direct(
    rows: Sequence[_Row],
    spans: Sequence[Marked],
    article: Article,
    tree: Tree,
    quoted: Sequence[bool],
) -> list[_Row]:
    """Return `rows` without overlaps, and with what else in marks is a quotation, in order."""
    kept = _without_overlap(rows)
    cued = {row.start: row for row in kept if row.kind == "direct"}
    kept = [row for row in kept if row.kind != "direct"]
    ends = [row.end for row in kept]
    found: list[_Row] = []
    before: Marked | None = None
    for marked in spans:
        place = bisect_right(ends, marked.start)
        if place < len(kept) and kept[place].start < marked.end:
            continue
        start, end = _trimmed(article.text, marked.start, marked.end)
        known = cued.get(start)
        probability = quotation_probability(marked, article.text, tree, quoted)
        if known is not None:
            probability = max(probability, known.probability)
        goes_on = marked.continued and found and found[-1].marked is before
        if goes_on:  # however short: what a quotation goes on with is one if its head is
            probability = max(probability, found[-1].probability)
        before = marked
        if start < end and (goes_on or probability >= _least_for(marked, tree)):
            row = _Row(start=start, end=end, kind="direct", probability=probability, marked=marked)
            found.append(row if known is None else replace(row, cue=known.cue, group=known.group))
    return sorted([*kept, *found], key=lambda row: row.start)


def _without_overlap(rows: Sequence[_Row]) -> list[_Row]:
    """Return `rows` in order; of two that overlap, the longer."""
    kept: list[_Row] = []
    for row in sorted(rows, key=lambda row: (row.start, -row.end)):
        if not kept or row.start >= kept[-1].end:
            kept.append(row)
        elif row.end - row.start > kept[-1].end - kept[-1].start:
            kept[-1] = row
    return kept


def _numbered(rows: Sequence[_Row], article: Article, tree: Tree) -> Iterator[Quote]:
    """Yield the rows as quotes; parts of one utterance get one number."""
    number, utterance, groups = -1, -1, dict[int, int]()
    before: _Row | None = None
    for row in rows:
        if row.group in groups:
            utterance = groups[row.group]
        elif before is None or not _goes_on(before, row, article, tree):
            number += 1
            utterance = number
        if row.group is not None:
            groups[row.group] = utterance
        before = row
        yield Quote(
            start=row.start,
            end=row.end,
            text=article.text[row.start : row.end],
            kind=row.kind,
            utterance=utterance,
            confidence=round(row.probability, 3),
            **_cue_of(row, tree, article.text),
        )


def _cue_of(row: _Row, tree: Tree, text: str) -> "_Cue":
    if row.cue is None:
        return {}
    start, end = cue_reach(tree, row.cue)
    return {"cue": text[start:end], "cue_start": start, "cue_end": end}


class _Cue(TypedDict, total=False):
    cue: str
    cue_start: int
    cue_end: int


def _goes_on(before: _Row, row: _Row, article: Article, tree: Tree) -> bool:
    """Answer whether `row` is a further part of the utterance of `before`."""
    if row.marked is None or before.marked is None:
        return False
    if row.marked.paragraph != before.marked.paragraph or row.marked.continued:
        return row.marked.continued
    gap = article.text[before.marked.outer_end : row.marked.outer_start]
    # "A." Then he left. "B": the words between begin a sentence of their own.
    starts_anew = article.text[before.end - 1] in ".:" and gap.lstrip()[:1].isupper()
    if starts_anew or not _is_between(row.cue, before.marked, row.marked, tree):
        return False
    return not gap.strip() or _is_interruption(before.marked, row.marked, article.text, tree)


def _is_between(cue: int | None, before: Marked, after: Marked, tree: Tree) -> bool:
    """Answer whether a part's cue, if it has one, stands between it and the part before."""
    first, end = tree.tokens(before.outer_end, after.outer_start)
    return cue is None or first <= cue < end


def _is_interruption(before: Marked, after: Marked, text: str, tree: Tree) -> bool:
    """Answer whether one cue stands between two parts, and none of its own after the second."""
    first, end = tree.tokens(before.outer_end, after.outer_start)
    if end - first > _LONGEST_GAP or sum(_is_cue(tree, token) for token in range(first, end)) != 1:
        return False
    if text[after.end - 1] == ".":
        return True  # what follows is a sentence of its own
    inside, beyond = tree.tokens(after.outer_start, after.outer_end)
    return not any(
        _is_cue(tree, token) and tree.parse.paragraphs[token] == tree.parse.paragraphs[inside]
        for token in range(beyond, min(beyond + 4, tree.size))
    )


def _least_for(marked: Marked, tree: Tree) -> float:
    """Return the probability from which words in marks count: the fewer, the surer."""
    first, end = tree.tokens(marked.start, marked.end)
    words = sum(pos not in {"PUNCT", "SPACE", "PART"} for pos in tree.parse.pos[first:end])
    if words >= _MANY:
        return _LEAST_FOR_MANY
    if words >= MIN_UNATTRIBUTED_WORDS:
        return _LEAST_FOR_SOME
    return _LEAST_FOR_CUED if _has_cue_beside(marked, tree) else _LEAST_FOR_FEW


def _has_cue_beside(marked: Marked, tree: Tree) -> bool:
    first, end = tree.tokens(marked.outer_start, marked.outer_end)
    sentence = tree.parse.sentences[first] if first < tree.size else -1
    behind = [
        token
        for token in range(end, min(end + _CUE_REACH, tree.size))
        if token < end + 4 or tree.parse.sentences[token] == sentence
    ]
    return any(_is_cue(tree, token) for token in (*range(max(0, first - 2), first), *behind))


def _is_cue(tree: Tree, token: int) -> bool:
    classes = word_classes("reporting_verbs").get(tree.parse.lemmas[token], ())
    return tree.parse.pos[token] == "VERB" and not _CUES.isdisjoint(classes)
