"""Labels of transcripts: "SMITH: We will go." names its speaker before what is said."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.analysed import analysed_paragraphs
from extractors.records import Article, Paragraph
from extractors.speech.marks import Marked

_CAPITALS = re.compile(r"(?P<label>[A-Z][A-Z.'’\-]+(?: [A-Z][A-Z.'’\-]*){0,3}): +(?=\S)")
_NAME = re.compile(r"(?P<label>[A-Z][\w.'’\-]+(?: [A-Z][\w.'’\-]*){0,3}): +(?=\S)")
_TIMES_REPEATED = 2  #: "Updated:" stands once, a speaker's label again and again
_LEAST_WORDS = 3  #: fewer are a figure: "Smith: 547."
_MARKS = "\"“”'‘„«"


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


def labelled_paragraphs(article: Article) -> Iterator[tuple[int, int]]:
    """Yield the characters after the label of each paragraph of a transcript without marks.

    A label in another form than capitals counts where it labels more than one paragraph.
    """
    found = [
        (match, paragraph)
        for _, paragraph in analysed_paragraphs(article)
        if (match := _matched(article.text, paragraph))
    ]
    times = Counter(match["label"] for match, _ in found)
    for match, paragraph in found:
        label = match["label"]
        repeated = times[label] >= _TIMES_REPEATED or (label.isupper() and len(found) > 2)
        words = article.text[match.end() : match.end() + 100].split(maxsplit=_LEAST_WORDS)
        if repeated and len(words) > _LEAST_WORDS and article.text[match.end()] not in _MARKS:
            yield match.end(), paragraph.end


def _matched(text: str, paragraph: Paragraph) -> "re.Match[str] | None":
    return _NAME.match(text, paragraph.start, paragraph.end)
