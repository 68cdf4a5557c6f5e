"""Paragraphs set apart as what somebody said: "Quill wrote:", and the words below without marks."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractors.analysed import analysed_paragraphs
from extractors.records import Article
from extractors.speech.cues import reports_speech
from extractors.speech.syntax import Tree

_REACH = 12  #: tokens before the colon in which the reporting verb stands
_LEAST_WORDS = 5
_LONGEST_CHARS = 1500
_NOT_PROSE = frozenset("\"“”„«‘'•*-–—―<[(·")
_ENDS = frozenset(".!?…")


def stated_paragraphs(
    article: Article, tree: Tree, quoted: Sequence[bool]
) -> Iterator[tuple[int, int, int]]:
    """Yield start and end of each paragraph that one before it leads in, and the reporting verb.

    Only the first paragraph below the colon: nothing tells where a longer statement ends.
    """
    text = article.text
    for (_, above), (_, below) in pairwise(analysed_paragraphs(article)):
        words = text[below.start : below.end]
        if text[above.end - 1 : above.end] != ":" or words[:1] in _NOT_PROSE:
            continue
        if len(words) > _LONGEST_CHARS or len(words.split(maxsplit=_LEAST_WORDS)) < _LEAST_WORDS:
            continue
        cue = _cue_before(tree, quoted, above.end)
        if cue is not None and words[-1] in _ENDS and below.role == "body":
            yield below.start, below.end, cue


def _cue_before(tree: Tree, quoted: Sequence[bool], end: int) -> int | None:
    """Return the last reporting verb of the sentence that ends at character `end`."""
    last = tree.tokens(end - 1, end)[0]
    sentences = tree.parse.sentences
    for token in range(min(last, tree.size) - 1, max(last - _REACH, 0) - 1, -1):
        if last < tree.size and sentences[token] != sentences[last]:
            return None
        if reports_speech(tree, token) and not quoted[token]:
            return token
    return None
