"""How far a report reaches: each construction as it is, and without what its end may not cover."""

from collections.abc import Iterator, Sequence

from extractors.speech.constructions import SAYS, Report, constructions, trimmed
from extractors.speech.syntax import Tree

#: What a report may end before, with a comma or without: "on Monday", "while others disagree".
_TAILS = frozenset({"advcl", "relcl", "npadvmod", "parataxis", "prep"})
#: What stands before a tail of any other sort: ", but others disagree".
_SEPARATORS = frozenset({"PUNCT", "SPACE", "CCONJ"})
_MOST_CUTS = 3  #: the longest tails of a report
_DEEPEST = 30  #: words that hang on one another in which tails are looked for


def candidate_reports(tree: Tree, quoted: Sequence[bool]) -> Iterator[Report]:
    """Yield what a word could report, whole and without each of its tails, in order of the word.

    Args:
        tree: the parse.
        quoted: for each token, whether it stands in quotation marks; no cue stands in them.
    """
    begun = _quotations_begun(tree, quoted)
    for whole in constructions(tree, quoted):
        for report in _whole_and_cut(whole, tree) if whole.parts else ():
            if all(begun[a] == begun[b + 1] for a, b in report.parts):
                yield report


def _quotations_begun(tree: Tree, quoted: Sequence[bool]) -> list[int]:
    """Return how many verbs before each token lead in words in marks: 'said, "We will go"'.

    Such words are a quotation of their own, not part of a report around them.
    """
    parse, counts = tree.parse, [0]
    for token in range(tree.size):
        leads_in = (
            not quoted[token]
            and parse.pos[token] == "VERB"
            and not SAYS.isdisjoint(tree.verb_classes(token))
            and parse.pos[token + 1 : token + 2] == ("PUNCT",)
            and any(quoted[token + 2 : token + 4])
        )
        counts.append(counts[-1] + leads_in)
    return counts


def _whole_and_cut(report: Report, tree: Tree) -> Iterator[Report]:
    *others, (first, last) = report.parts
    tails = list(_tails(tree, first, last))[-_MOST_CUTS:]
    yield _reaching(report, report.parts, tails[-1] if tails else None)
    for tail in tails:
        end = tree.left[tail] - 1
        while end > first and tree.parse.pos[end] in _SEPARATORS:
            end -= 1
        part = trimmed(tree.parse, first, end)
        if part is not None and part[0] < part[1]:
            yield _reaching(report, (*others, part), tail, is_cut=True)


def _reaching(
    report: Report, parts: tuple[tuple[int, int], ...], tail: int | None, *, is_cut: bool = False
) -> Report:
    return Report(
        cue=report.cue,
        parts=parts,
        construction=report.construction,
        source=report.source,
        tail=tail,
        is_cut=is_cut,
    )


def _tails(tree: Tree, first: int, last: int) -> Iterator[int]:
    """Yield the heads of what `first` to `last` could end before, the shortest tail first."""
    parse, begin = tree.parse, last + 1
    for head in (last, *tree.climb(last, _DEEPEST)):
        if not first <= head <= last:
            return
        left = tree.left[head]
        is_apart = parse.pos[left - 1] in _SEPARATORS or parse.relations[head] in _TAILS
        if first < left < begin and is_apart:
            begin = left
            yield head
