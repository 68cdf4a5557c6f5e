"""Quotations: what an article reports as said, in quotation marks or not. Spans, not speakers."""

import re
from collections.abc import Iterator
from typing import TypedDict

from extractors.nlp import Parse
from extractors.records import Article, Quote
from extractors.speech.constructions import cue_reach
from extractors.speech.marks import quoted_spans
from extractors.speech.rows import MIN_UNATTRIBUTED_WORDS, Row, rows_in, trimmed
from extractors.speech.syntax import Tree
from extractors.speech.utterances import numbered

_CONFIDENCE_WITHOUT_PARSE = 0.5
#: Thai, Lao, Burmese, Khmer, Japanese and Chinese have no blanks to count words by.
_WITHOUT_BLANKS = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3041-\u30ff\u3400-\u9fff]")
_MIN_CHARS_WITHOUT_BLANKS = 8


def quotes_in(article: Article, parse: Parse, *, tree: Tree | None = None) -> Iterator[Quote]:
    """Yield what `article` reports as said, thought or asked, without speakers.

    Words in marks that are wholly a quotation are direct; a report with words in marks is one
    mixed quotation and its quoted parts none of their own. Titles of works and scare quotes
    are left out.

    Args:
        article: in English; only its analysed paragraphs are read.
        parse: of `article`.
        tree: that of `parse`, where it is built already.

    Yields:
        Quotes in order that never overlap and never cross a paragraph; `confidence` is the
        probability that it is a quotation.
    """
    tree = Tree(parse) if tree is None else tree
    for utterance, row in numbered(rows_in(article, tree), article, tree):
        yield Quote(
            start=row.start,
            end=row.end,
            text=article.text[row.start : row.end],
            kind=row.kind,
            utterance=utterance,
            confidence=round(row.probability, 3),
            **_cue_of(row, tree, article.text),
        )


def quotes_without_parse(article: Article) -> Iterator[Quote]:
    """Yield the direct quotations of `article` by their marks alone, for want of a model.

    Yields:
        Quotes of three words or more with what they go on with, in order, never overlapping,
        without speaker.
    """
    utterance, is_kept = -1, False
    for marked in quoted_spans(article):
        start, end = trimmed(article.text, marked.start, marked.end)
        goes_on = marked.continued and is_kept
        is_kept = start < end and (goes_on or _is_long(article.text[start:end]))
        if is_kept:
            utterance += not goes_on
            yield Quote(
                start=start,
                end=end,
                text=article.text[start:end],
                kind="direct",
                utterance=utterance,
                confidence=_CONFIDENCE_WITHOUT_PARSE,
            )


def _is_long(words: str) -> bool:
    return (
        len(words.split()) >= MIN_UNATTRIBUTED_WORDS
        or len(_WITHOUT_BLANKS.findall(words)) >= _MIN_CHARS_WITHOUT_BLANKS
    )


class _Cue(TypedDict, total=False):
    cue: str
    cue_start: int
    cue_end: int


def _cue_of(row: Row, tree: Tree, text: str) -> _Cue:
    if row.cue is None:
        return {}
    start, end = cue_reach(tree, row.cue)
    return {"cue": text[start:end], "cue_start": start, "cue_end": end}
