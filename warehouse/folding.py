"""Words without what sets two printings of them apart."""

import hashlib
import unicodedata
from collections.abc import Sequence

_MIN_QUOTED_WORDS = 6
#: Shorter texts are captions and teasers, which are alike without being one story.
_MIN_STORY_WORDS = 50
#: Punctuation that stands within words; without it "it's" equals "its".
_WITHIN_WORDS = frozenset("'’‘-‐‑­")


class _Replacements(dict[int, str | None]):
    """What `str.translate` puts for each character, worked out when first met."""

    def __missing__(self, code: int) -> str | None:
        char = chr(code)
        replacement: str | None = char
        if char in _WITHIN_WORDS:
            replacement = None
        elif unicodedata.category(char).startswith("P"):
            replacement = " "
        self[code] = replacement
        return replacement


_REPLACEMENTS = _Replacements()


def folded(text: str) -> str:
    """Return `text` after NFKC and case folding, punctuation removed, words one space apart."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(plain.translate(_REPLACEMENTS).split())


def words_of(text: str) -> list[str]:
    """Return the words of `text` after NFKC, in their case, punctuation removed."""
    return unicodedata.normalize("NFKC", text).translate(_REPLACEMENTS).split()


def text_hash(title: str | None, text: str) -> str:
    """Return the hash that tells one version of an article from the next."""
    return _short_hash(f"{title or ''}\n\n{text}")


def story_key(words: Sequence[str]) -> str | None:
    """Return a hash that is equal for texts of equal `words_of`, None under 50 words.

    Texts that share it are one text to all that compares stories.
    """
    return _short_hash(" ".join(words)) if len(words) >= _MIN_STORY_WORDS else None


def sighting_key(text: str) -> str | None:
    """Return a hash that is equal for the same quotation in two outlets, None under 6 words."""
    words = folded(text)
    return _short_hash(words) if words.count(" ") + 1 >= _MIN_QUOTED_WORDS else None


def _short_hash(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=12).hexdigest()
