"""How many words a text has, in any script."""

import re

#: Scripts written without blanks; two characters count as a word.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
_CHARACTER = re.compile(f"[{_UNSPACED}]")
_WORD = re.compile(rf"[^\W{_UNSPACED}]+")


def count_words(text: str) -> int:
    """Return the number of words of `text`; in scripts without blanks, half its characters."""
    if text.isascii():
        return len(_WORD.findall(text))
    return len(_WORD.findall(text)) + len(_CHARACTER.findall(text)) // 2
