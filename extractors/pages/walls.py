"""What stands in a reader's way: proofs of being human, consent forms, offers, missing pages.

Each question is put to what a page shows. An article may tell of all of these, so what a page
tells besides decides.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from extractors.pages.shownlines import ShownLine, own_lines
from extractors.pages.titles import parts_of_title
from extractors.pages.wallphrases import (
    CLOSED_HEADING,
    CONSENT_ASKED,
    MISSING,
    PAYMENT,
    PROOF,
    PROOF_HEADING,
    SCRIPT,
    speaks_of_consent,
)

_CONSENT_ADDRESS = re.compile(
    r"//(?:consent|cmp|privacy)[.-]|/(?:consent|cookie-?wall|privacywall)\b"
)
_HEADING_MAX_WORDS = 9
_SAID_MAX_WORDS = 30
_OFFER_MAX_WORDS = 25
_OPENING_LINES = 12
#: Words that a wall may tell besides what it asks; where its heading says what it is; where it
#: goes on about it three times as long.
_FEW_WORDS = 30
_MORE_WORDS = 60
_SOME_WORDS = 100


def asks_for_proof(headings: Iterable[str], lines: Sequence[ShownLine]) -> bool:
    """Return whether a page wants a reader to prove to be human, or shuts out a machine."""
    other = _other_words(lines, PROOF)
    parts = list(_parts(headings))
    if any(PROOF.search(part) for part in parts if len(part.split()) <= _HEADING_MAX_WORDS):
        return other < _SOME_WORDS
    said = any(PROOF.search(line.text) for line in _said(lines))
    return other < _FEW_WORDS and (said or any(map(PROOF_HEADING.fullmatch, parts)))


def says_missing(headings: Iterable[str], lines: Sequence[ShownLine]) -> bool:
    """Return whether a page says, at its head, that there is no such page, or none for now."""
    other = _other_words(lines, MISSING)
    short = [part for part in _parts(headings) if len(part.split()) <= _HEADING_MAX_WORDS]
    if other < _FEW_WORDS and any(map(CLOSED_HEADING.fullmatch, short)):
        return True
    if any(3 * len(found[0]) > len(part) for part in short if (found := MISSING.search(part))):
        return other < _MORE_WORDS
    opening = [line for line in lines if not (line.is_side or line.is_link)][:_OPENING_LINES]
    return other < _FEW_WORDS and any(MISSING.search(line.text) for line in _said(opening))


def asks_for_consent(address: str, lines: Sequence[ShownLine]) -> bool:
    """Return whether a form of consent is all that a page tells.

    Args:
        address: where the page was in the end.
        lines: what it shows.
    """
    asks = sum(CONSENT_ASKED.search(line.text) is not None for line in _said(lines))
    if asks < 2 and not _CONSENT_ADDRESS.search(address):
        return False
    told = list(own_lines(lines))
    talk = sum(line.words for line in told if speaks_of_consent(line.text))
    other = sum(line.words for line in told) - talk
    return other < _FEW_WORDS or (other < _SOME_WORDS and talk > 3 * other)


def asks_for_script(lines: Sequence[ShownLine]) -> bool:
    """Return whether all that a page tells is that a script would draw it."""
    said = any(SCRIPT.search(line.text) for line in _said(lines))
    return said and _other_words(lines, SCRIPT) == 0


def told_before_offer(lines: Sequence[ShownLine]) -> int | None:
    """Return how many paragraphs a page tells before it offers the rest to those who subscribe.

    None if it offers nothing; all paragraphs if the offer stands above them.
    """
    offers = [PAYMENT.search(line.text) is not None for line in lines]
    places = [
        place
        for place, line in enumerate(lines)
        if offers[place] and line.words <= _OFFER_MAX_WORDS and not line.is_side
    ]
    if not places:
        return None
    told = [place for place, line in enumerate(lines) if line.tells and not offers[place]]
    return sum(place < places[0] for place in told) or len(told)


def _said(lines: Iterable[ShownLine]) -> Iterator[ShownLine]:
    return (line for line in lines if line.words <= _SAID_MAX_WORDS)


def _parts(headings: Iterable[str]) -> Iterator[str]:
    """Yield the headings, and what stands in them between dashes and bars."""
    for heading in headings:
        yield heading.strip()
        yield from (part.strip() for part in parts_of_title(heading))


def _other_words(lines: Iterable[ShownLine], spoken: re.Pattern[str]) -> int:
    """Return how many words of its own a page tells besides lines that match."""
    return sum(line.words for line in own_lines(lines) if not spoken.search(line.text))
