"""Quotation marks: which parts of an article stand in them.

A state machine over the marks of one paragraph at a time, in linear time. A damaged mark costs its
own quotation, at most its paragraph. Marks inside an open quotation belong to it.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace

from extractors.analysed import analysed_paragraphs
from extractors.records import Article, Paragraph


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """Words in quotation marks within one paragraph: `text[start:end]`, the marks left out."""

    start: int
    end: int
    outer_start: int  #: where the opening mark stands, or `start` where there is none
    outer_end: int  #: after the closing mark, or `end` where there is none
    paragraph: int  #: index into `Article.paragraphs`
    continued: bool = False  #: goes on from the paragraph before
    closed: bool = True  #: False: the paragraph ends, or another quotation begins, first


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    sign: str
    opens: bool  #: by its sign and neighbours it can open
    closes: bool


#: Marks that open, and what closes each: the proper mark first, then what careless typing gives.
_CLOSERS = {
    "“": '”"“',
    "”": "”",
    '"': '"”',
    "''": ("''", "”", '"'),
    "``": ("''", '"', "”"),
    "„": '“”"‟',
    "‟": '”"',
    "«": "»",
    "»": "«",
    "‹": "›",
    "「": "」",
    "『": "』",
    "›": "‹",
    "‘": "’'",
    "'": "'’",
    "‚": "‘’'",
}
_SINGLE = frozenset("‘'‚‹›’")
_OPENING_ONLY = frozenset("„‚「『") | {"``"}
#: After a quotation left open, these may begin the next paragraph.
_CONTINUES = {"“": '“"', '"': '"“”', "''": ("''", "``"), "``": ("``", "''"), "«": "«»", "„": "„"}

#: A longer run, with or without blanks, is an ornament or damage, not quotation.
_MAX_RUN = 8
_AHEAD = 8  #: marks looked at to tell a nested quotation from one that was never closed
_SIGNS = re.compile(r"[\"“”„‟«»‹›‘’‚'`「」『』]+(?:\s?[\"“”„‟«»‹›‘’‚'`「」『』]+)*")
_IN_RUN = re.compile(r"(?<=\S)'(?=''(?!'))|''|``|[\"“”„‟«»‹›‘’‚'「」『』]")
_ELISION = re.compile(
    r"(?:\d\ds?\b|(?:n|em|til|tis|twas|cause|bout|round|cuz|er|ere|tude)\b)", re.I
)
_BEFORE_OPENING = frozenset("([{<—–―-/|…\u200b") | frozenset("\"“„«‹‘‚'`")
_AFTER_CLOSING = frozenset(".,;:!?)]}>—–―-/|…*") | frozenset("\"”»›’'")


def quoted_spans(article: Article) -> Iterator[Marked]:
    """Yield what stands in quotation marks in the analysed paragraphs of `article`.

    Yields:
        Spans in order that never overlap and never cross a paragraph; a quotation nested in
        another belongs to it.
    """
    left_open: str | None = None
    for index, paragraph in analysed_paragraphs(article):
        machine = _Machine(article.text, paragraph, index)
        machine.resume(left_open)
        for place, mark in enumerate(machine.marks):
            machine.read(mark, place)
        left_open = machine.finish()
        yield from machine.found


class _Machine:
    """The reading of one paragraph: what is open, and what has been found."""

    def __init__(self, text: str, paragraph: Paragraph, index: int) -> None:
        self.marks = _marks_in(text, paragraph)
        self.found: list[Marked] = []
        self._text = text
        self._paragraph = paragraph
        self._index = index
        self._open: list[_Mark] = []
        self._continued = False
        self._single_ends = [
            mark.start for mark in self.marks if mark.closes and mark.sign in _SINGLE
        ]

    def resume(self, left_open: str | None) -> None:
        """Take up a quotation that the paragraph before left open with the mark `left_open`."""
        if left_open is None or not self.marks:
            return
        first, start = self.marks[0], self._paragraph.start
        if first.start == start and first.sign in _CONTINUES.get(left_open, ()):
            self._continued = True
            if not first.opens:  # » and ” can stand before each paragraph of a long quotation
                self.marks[0] = replace(first, opens=True, closes=False)
        elif first.closes and not first.opens and first.sign in _CLOSERS[left_open][:1]:
            self._continued = True  # the mark at the head of the paragraph was forgotten
            self._open.append(_Mark(start, start, left_open, opens=True, closes=False))

    def read(self, mark: _Mark, place: int) -> None:
        """Take the next mark, which is number `place` of the paragraph."""
        if not self._open:
            if self._can_open(mark):
                self._open.append(mark)
        elif self._closes_top(mark):
            self._close(mark)
        elif mark.sign in _SINGLE:
            return
        elif mark.opens:
            self._nest(mark, place)
        elif mark.sign in _CLOSERS[self._open[0].sign]:
            del self._open[1:]
            self._close(mark)

    def finish(self) -> str | None:
        """End the paragraph; return the mark that is still open."""
        if not self._open:
            return None
        sign = self._open[0].sign
        if sign not in _SINGLE:
            self._emit(self._open[0], end=self._paragraph.end, closing=None)
        return sign if sign in _CONTINUES else None

    def _can_open(self, mark: _Mark) -> bool:
        if not mark.opens or mark.sign not in _CLOSERS:
            return False
        if mark.sign not in _SINGLE:
            return True
        if _ELISION.match(self._text, mark.end) or not self._text[mark.end : mark.end + 1].strip():
            return False
        return bisect_right(self._single_ends, mark.start) < len(self._single_ends)

    def _closes_top(self, mark: _Mark) -> bool:
        top = self._open[-1].sign
        proper, *careless = _CLOSERS[top]
        if mark.sign == proper and top in _SINGLE:
            return mark.closes and not self._is_possessive(mark)
        if mark.sign == proper and proper != top:
            return True
        return mark.closes and mark.sign in (proper, *careless)

    def _is_possessive(self, mark: _Mark) -> bool:
        """Answer whether `mark` is the apostrophe of "workers' rights" and not a closing mark."""
        after = self._text[mark.end : mark.end + 2]
        if self._text[mark.start - 1] != "s" or len(after) < 2 or not after[1].islower():
            return False
        return bisect_right(self._single_ends, mark.start) < len(self._single_ends)

    def _nest(self, mark: _Mark, place: int) -> None:
        if mark.sign != self._open[-1].sign:
            self._open.append(mark)
            return
        if self._all_close(place):
            self._open.append(mark)
            return
        # The open quotation was never closed: it ends here, and this one begins.
        self._emit(self._open[0], end=mark.start, closing=None)
        self._open = [mark]

    def _all_close(self, place: int) -> bool:
        """Answer whether the marks after `place` close it and what it stands in."""
        depth, top = 2, self._open[-1].sign
        for mark in self.marks[place + 1 : place + 1 + _AHEAD]:
            if mark.sign not in _SINGLE:
                is_proper = mark.sign != top and mark.sign == _CLOSERS[top][0]
                depth += -1 if is_proper or not mark.opens else 1
            if depth == 0:
                return True
        return False

    def _close(self, mark: _Mark) -> None:
        opened = self._open.pop()
        if not self._open:
            self._emit(opened, end=mark.start, closing=mark)

    def _emit(self, opened: _Mark, *, end: int, closing: _Mark | None) -> None:
        start, last = opened.end, end
        while last > start and self._text[last - 1].isspace():
            last -= 1
        while start < last and self._text[start].isspace():
            start += 1
        if start < last:
            self.found.append(
                Marked(
                    start=start,
                    end=last,
                    outer_start=opened.start,
                    outer_end=closing.end if closing else last,
                    paragraph=self._index,
                    continued=self._continued,
                    closed=closing is not None,
                )
            )
        self._continued = False


def _marks_in(text: str, paragraph: Paragraph) -> list[_Mark]:
    return [
        _placed(text, paragraph, found.start(), found.end())
        for run in _SIGNS.finditer(text, paragraph.start, paragraph.end)
        if run.end() - run.start() <= _MAX_RUN
        for found in _IN_RUN.finditer(text, run.start(), run.end())
    ]


def _placed(text: str, paragraph: Paragraph, start: int, end: int) -> _Mark:
    """Return the mark `text[start:end]` with what its neighbours let it do."""
    sign = text[start:end]
    before = text[start - 1] if start > paragraph.start else " "
    after = text[end] if end < paragraph.end else " "
    gap_before = before.isspace() or before in _BEFORE_OPENING
    gap_after = after.isspace() or after in _AFTER_CLOSING
    opens = gap_before and not after.isspace()
    closes = gap_after and not before.isspace()
    if not opens and not closes:
        # 'said:"No"' opens, '" No "' may do either, '6"x4' neither.
        opens = before in ",:;" or (before.isspace() and after.isspace())
        closes = before.isspace() and after.isspace()
    if sign in _OPENING_ONLY:
        return _Mark(start, end, sign, opens=True, closes=False)
    if sign == "“":
        opens = opens or not closes
    elif sign == "”":
        opens, closes = opens and not closes, True
    return _Mark(start, end, sign, opens=opens, closes=closes)
