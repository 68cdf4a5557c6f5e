"""Where words in marks end a report: "as the worst idea” at a meeting", "“Save us” as they ran"."""

from collections.abc import Sequence
from dataclasses import replace

from extractors.speech.constructions import Report
from extractors.speech.syntax import Tree
from extractors.speech.things import sort_of

_FARTHEST = 24  #: tokens behind the closing mark
_PLACING = frozenset({"in", "at", "during", "on"})
_MEANWHILE = frozenset({"as", "while", "when", "after", "before"})
_GATHERINGS = frozenset({"interview", "speech", "meeting", "conference", "hearing", "session"})
_ANY = frozenset({"a", "an"})


def without_occasion(report: Report, tree: Tree, quoted: Sequence[bool]) -> Report:
    """Return `report` without what follows its last words in marks and tells where they were said.

    Only the narrator tells that, and no mark tells where he goes on.
    """
    *others, (first, last) = report.parts
    near = range(last, max(first, last - _FARTHEST) - 1, -1)
    end = next((token for token in near if quoted[token]), last)
    behind = end + 1
    while behind < last and tree.parse.pos[behind] == "PUNCT":
        behind += 1
    if end < last and (
        _is_occasion(tree, behind, last)
        or (_is_marked(tree, first, end, quoted) and _is_meanwhile(tree, behind, last))
    ):
        return replace(report, parts=(*others, (first, end)))
    return report


def _is_marked(tree: Tree, first: int, last: int, quoted: Sequence[bool]) -> bool:
    """Answer whether all words from `first` to `last` stand in marks."""
    return all(quoted[word] or tree.parse.pos[word] == "PUNCT" for word in range(first, last))


def _is_occasion(tree: Tree, word: int, last: int) -> bool:
    """Answer whether `word` to `last` is like "in a letter" or "at a meeting on Monday"."""
    thing = tree.child(word, "pobj")
    if thing is None or tree.parse.lemmas[word] not in _PLACING or tree.right[word] > last:
        return False
    is_any = any(tree.parse.lemmas[child] in _ANY for child in tree.children[thing][:3])
    return is_any and (sort_of(tree, thing) == "text" or tree.parse.lemmas[thing] in _GATHERINGS)


def _is_meanwhile(tree: Tree, word: int, last: int) -> bool:
    """Answer whether `word` to `last` is a clause like "as they marched along the river"."""
    parse, verb = tree.parse, tree.parse.heads[word]
    return (
        parse.lemmas[word] in _MEANWHILE
        and parse.relations[verb] == "advcl"
        and tree.left[verb] == word
        and tree.right[verb] <= last
    )
