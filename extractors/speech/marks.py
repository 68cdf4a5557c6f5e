"""Quotation marks: which parts of an article stand in them.

A state machine over the marks of one paragraph at a time, in linear time. A damaged mark costs its
own quotation at most. Marks inside an open quotation belong to it.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, pairwise

from extractors.analysed import analysed_paragraphs
from extractors.records import Article
from extractors.speech.signs import CLOSERS, CONTINUES, SINGLE, Mark, marks_in


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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """One paragraph and its marks."""

    text: str  #: of the whole article
    start: int
    end: int
    index: int
    marks: list[Mark]

    def first_sign(self) -> str | None:
        """Return the mark that the paragraph begins with."""
        first = self.marks[0] if self.marks else None
        return first.sign if first is not None and first.start == self.start else None


_AHEAD = 8  #: marks looked at to tell a nested quotation from one that was never closed
_MOST_DAMAGED = 8  #: marks of one paragraph that are given up for others to be read
_ELISION = re.compile(
    r"(?:\d\ds?\b|(?:n|em|til|tis|twas|cause|bout|round|cuz|er|ere|tude)\b)", re.I
)
_AND = re.compile(r"[‘’']n\Z", re.I)  #: rock ’n’ roll
_BEFORE_APOSTROPHE = re.compile(r"(?:[sS0-9]|\w\win)\Z")  #: workers', 6', goin'
_WORD = re.compile(r"\w")
_APOSTROPHES = SINGLE | {'"'}
_SPOKEN = frozenset(",.?!…")


def quoted_spans(article: Article) -> Iterator[Marked]:
    """Yield what stands in quotation marks in the analysed paragraphs of `article`.

    Yields:
        Spans in order that never overlap and never cross a paragraph; a quotation nested in
        another belongs to it.
    """
    left_open: str | None = None
    for line, following in pairwise(chain(_lines(article), [None])):
        if line is not None:
            machine = _Machine(line, following)
            machine.resume(left_open)
            yield from machine.read()
            left_open = machine.left_open


def _lines(article: Article) -> Iterator[_Line | None]:
    """Yield the paragraphs that have words."""
    for index, paragraph in analysed_paragraphs(article):
        if _WORD.search(article.text, paragraph.start, paragraph.end):
            yield _Line(
                text=article.text,
                start=paragraph.start,
                end=paragraph.end,
                index=index,
                marks=marks_in(article.text, paragraph),
            )


class _Machine:
    """The reading of one paragraph: what is open, and what has been found."""

    def __init__(self, line: _Line, following: _Line | None) -> None:
        self.left_open: str | None = None  #: the mark that the next paragraph goes on from
        self._line = line
        self._text = line.text
        self._marks = line.marks
        self._following = following
        self._found: list[Marked] = []
        self._open: list[Mark] = []
        self._opened = 0  #: the number of the outermost open mark
        self._continued = False
        live = [mark for mark in line.marks if mark.opens or mark.closes]
        self._singles = [mark for mark in live if mark.sign in SINGLE]
        self._straight = [mark for mark in live if mark.sign == '"']
        self._last_single_end = max(
            (mark.start for mark in self._singles if mark.closes), default=0
        )

    def resume(self, left_open: str | None) -> None:
        """Take up a quotation that the paragraph before left open with the mark `left_open`."""
        if left_open is None:
            return
        self._continued = True
        first, start = self._marks[0], self._line.start
        if first.start == start and first.sign in CONTINUES[left_open]:
            # » and ” can stand before each paragraph of a long quotation.
            sign = left_open if first.sign in CLOSERS[left_open] else first.sign
            self._marks[0] = first._replace(sign=sign, opens=True, closes=False)
        else:  # the mark at the head of the paragraph was forgotten
            self._open.append(Mark(start, start, left_open, opens=True, closes=False))
            self._opened = -1

    def read(self) -> list[Marked]:
        """Return what stands in the marks of the paragraph, in order."""
        self._read_from(0)
        for _ in range(_MOST_DAMAGED):
            if not self._open or self._goes_on() or not self._is_damaged():
                break
            self._open.clear()
            self._continued = False
            self._read_from(self._opened + 1)
        self._finish()
        return self._found

    def _read_from(self, first: int) -> None:
        for place in range(first, len(self._marks)):
            self._take(self._marks[place], place)

    def _take(self, mark: Mark, place: int) -> None:
        if not self._open:
            if self._can_open(mark):
                self._begin(mark, place)
        elif mark.sign in _APOSTROPHES and mark.closes and self._is_apostrophe(mark):
            return
        elif self._closes_top(mark):
            self._close(mark)
        elif mark.sign in SINGLE:
            if mark.sign == self._open[0].sign and not mark.closes and self._can_open(mark):
                self._begin(mark, place)  # the one before was never closed
        else:
            self._take_inside(mark, place)

    def _take_inside(self, mark: Mark, place: int) -> None:
        if mark.opens and mark.sign in CLOSERS:
            self._nest(mark, place)
        elif mark.sign in CLOSERS[self._open[0].sign]:
            del self._open[1:]
            self._close(mark)

    def _begin(self, mark: Mark, place: int) -> None:
        self._open = [mark]
        self._opened = place

    def _finish(self) -> None:
        if not self._open:
            return
        if self._goes_on():
            self.left_open = self._open[0].sign
        if self.left_open or self._open[0].sign not in SINGLE:
            self._emit(self._open[0], end=self._line.end, closing=None)

    def _goes_on(self) -> bool:
        """Answer whether the next paragraph goes on with what is open."""
        if self._following is None or not self._following.marks:
            return False
        sign, first = self._open[0].sign, self._following.marks[0]
        if first.start == self._following.start and first.sign in CONTINUES.get(sign, ()):
            if sign in SINGLE:
                return first.opens and not _ELISION.match(self._text, first.end)
            return first.sign == sign or not self._is_damaged()
        # The mark at the head of the next paragraph was forgotten.
        closes = first.closes and not first.opens
        return closes and first.sign == CLOSERS[sign][0] and sign not in SINGLE

    def _is_damaged(self) -> bool:
        """Answer whether what is open holds the speech of others, and so was never to open."""
        if self._open[0].sign in SINGLE:
            return True
        inner: set[str] = set()
        for mark in self._marks[self._opened + 1 :]:
            if mark.sign in CLOSERS and mark.opens and (not mark.closes or mark.sign == "”"):
                inner.add(mark.sign)
            elif mark.closes and (ended := {sign for sign in inner if mark.sign in CLOSERS[sign]}):
                if self._ends_speech(mark):
                    return True
                inner -= ended
        return False

    def _ends_speech(self, mark: Mark) -> bool:
        """Answer whether a sentence or a comma ends at `mark`, as where somebody speaks."""
        after = self._text[mark.end : mark.end + 1]
        return self._text[mark.start - 1] in _SPOKEN or after == ","

    def _can_open(self, mark: Mark) -> bool:
        if not mark.opens or mark.sign not in CLOSERS:
            return False
        if mark.sign not in SINGLE:
            return True
        if _ELISION.match(self._text, mark.end) or not self._text[mark.end : mark.end + 1].strip():
            return False
        goes_on = self._following is not None and self._following.first_sign() == mark.sign
        return goes_on or mark.start < self._last_single_end

    def _closes_top(self, mark: Mark) -> bool:
        top, outer = self._open[-1].sign, self._open[0].sign
        proper = CLOSERS[top][0]
        if mark.sign == proper != top and top not in SINGLE:
            return mark.closes or not mark.opens or proper != "“"
        # Inside other marks only the proper one is taken: " is no end of “ there.
        is_careless = mark.sign in CLOSERS[top] and top == outer
        if mark.sign == top == "”" and mark.opens:
            return False
        return mark.closes and (mark.sign == proper or is_careless)

    def _is_apostrophe(self, mark: Mark) -> bool:
        """Answer whether `mark` is that of "workers' rights" or 6" and not a closing mark."""
        after = self._text[mark.end : mark.end + 2]
        if mark.sign == '"':
            family, fits = self._straight, self._text[mark.start - 1].isdigit()
        else:
            word = self._text[max(self._line.start, mark.start - 4) : mark.start]
            if _AND.search(word) and after[:1].isspace():
                return True
            family, fits = self._singles, bool(_BEFORE_APOSTROPHE.search(word))
        if not fits or not (after[:1].isspace() and after[1:].isalpha()):
            return False
        place = bisect_right(family, mark.start, key=lambda other: other.start)
        return place < len(family) and family[place].closes and not family[place].opens

    def _nest(self, mark: Mark, place: int) -> None:
        if mark.sign != self._open[-1].sign or self._all_close(place):
            self._open.append(mark)
            return
        # The open quotation was never closed: it ends here, and this one begins.
        self._emit(self._open[0], end=mark.start, closing=None)
        self._begin(mark, place)

    def _all_close(self, place: int) -> bool:
        """Answer whether the marks after `place` close it and what it stands in."""
        depth, top = 2, self._open[-1].sign
        for mark in self._marks[place + 1 : place + 1 + _AHEAD]:
            if mark.sign not in SINGLE:
                is_proper = mark.sign != top and mark.sign == CLOSERS[top][0]
                depth += -1 if is_proper or not mark.opens else 1
            if depth == 0:
                return True
        return False

    def _close(self, mark: Mark) -> None:
        opened = self._open.pop()
        if not self._open:
            self._emit(opened, end=mark.start, closing=mark)

    def _emit(self, opened: Mark, *, end: int, closing: Mark | None) -> None:
        start, last = opened.end, end
        while last > start and self._text[last - 1].isspace():
            last -= 1
        while start < last and self._text[start].isspace():
            start += 1
        while start < last and self._text[start] == self._text[last - 1] == opened.sign:
            start, last = start + 1, last - 1  # ""Twice,"" as a broken export has it
        if start < last:
            self._found.append(
                Marked(
                    start=start,
                    end=last,
                    outer_start=opened.start,
                    outer_end=closing.end if closing else last,
                    paragraph=self._line.index,
                    continued=self._continued,
                    closed=closing is not None,
                )
            )
        self._continued = False
