"""How much of a change an edit is."""

import re
import unicodedata
from typing import Literal

#: Within a number a point or sign is not decoration: 1.5 is not 15.
_BETWEEN_DIGITS = re.compile(r"(?<=\d)\W(?=\d)|[-−](?=\d)")
_MAX_SLIPS = 3
_MIN_SLIP_LETTERS = 5


def judge_change(old: str, new: str) -> Literal["cosmetic", "substantive"]:
    """Return whether the change from `old` to `new` is one a reader would call a change.

    Cosmetic is: the same after NFKC and case folding, white space and punctuation removed (but
    not within numbers); or the same but for at most three slips of the pen, a slip being a word
    written twice, or a lower-case word of five letters or more with two neighbouring letters
    swapped or a letter doubled. Anything else is substantive, also one exchanged letter:
    "million" and "billion", "Iran" and "Iraq" are one letter apart.

    Source:
        Our own rule; when in doubt it says substantive.
    """
    if _bare(old) == _bare(new):
        return "cosmetic"
    before, after = _words(old), _words(new)
    if len(before) != len(after):
        return "substantive"
    changed = [pair for pair in zip(before, after, strict=True) if _bare(pair[0]) != _bare(pair[1])]
    slips = len(changed) <= _MAX_SLIPS and all(_is_slip(*pair) for pair in changed)
    return "cosmetic" if slips else "substantive"


def _bare(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).casefold()
    kept = {match.start() for match in _BETWEEN_DIGITS.finditer(plain)}
    return "".join(
        "." if index in kept and char.isspace() else char
        for index, char in enumerate(plain)
        if index in kept or not (char.isspace() or unicodedata.category(char).startswith("P"))
    )


def _words(text: str) -> list[str]:
    words = text.split()
    return [word for index, word in enumerate(words) if index == 0 or word != words[index - 1]]


def _is_slip(old: str, new: str) -> bool:
    before, after = old.strip(".,:;!?\"'”’"), new.strip(".,:;!?\"'”’")
    shorter, longer = sorted((before, after), key=len)
    if len(shorter) < _MIN_SLIP_LETTERS or not (before.islower() and after.islower()):
        return False
    if not (before.isalpha() and after.isalpha()):
        return False
    return _is_swapped(before, after) or _has_one_doubled(shorter, longer)


def _is_swapped(one: str, other: str) -> bool:
    return len(one) == len(other) and any(
        one[:index] + one[index + 1] + one[index] + one[index + 2 :] == other
        for index in range(len(one) - 1)
    )


def _has_one_doubled(shorter: str, longer: str) -> bool:
    return any(shorter[: index + 1] + shorter[index:] == longer for index in range(len(shorter)))
