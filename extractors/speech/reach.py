"""How far a report reaches: each construction as it is, and without what its end may not cover."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.speech.constructions import SAYS, Report, constructions, without_punctuation
from extractors.speech.syntax import Tree

#: What a report may end before, with a comma or without: "on Monday", "while others disagree".
_TAILS = frozenset({"advcl", "relcl", "npadvmod", "parataxis", "prep"})
#: What stands before a tail of any other sort: ", but others disagree".
_SEPARATORS = frozenset({"PUNCT", "SPACE", "CCONJ"})
_TURNS = frozenset({"but", "and", "while", "whereas", "though", "although"})
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_MOST_CUTS = 3  #: the longest tails of a report
_DEEPEST = 30  #: words that hang on one another in which tails are looked for


def candidate_reports(
    tree: Tree, quoted: Sequence[bool]
) -> Iterator[tuple[Report, Iterator[Report]]]:
    """Yield each construction with what it could report: the whole, and that without each tail.

    In order of the word. What it could report is found when it is asked for: few words report.

    Args:
        tree: the parse.
        quoted: for each token, whether it stands in quotation marks; no cue stands in them.
    """
    begun = _quotations_begun(tree, quoted)
    for whole in constructions(tree, quoted):
        if whole.parts:
            yield whole, _reaches(whole, tree, begun)


def _reaches(whole: Report, tree: Tree, begun: Sequence[int]) -> Iterator[Report]:
    for report in _whole_and_cut(whole, tree):
        if all(begun[a] == begun[b + 1] for a, b in report.parts):
            yield report


def _quotations_begun(tree: Tree, quoted: Sequence[bool]) -> list[int]:
    """Return how many verbs before each token begin what is no part of a report around them."""
    counts = [0]
    for token in range(tree.size):
        begins = (
            tree.parse.pos[token] == "VERB"
            and not quoted[token]
            and not SAYS.isdisjoint(tree.verb_classes(token))
            and (_leads_in(tree, token, quoted) or _begins_another(tree, token))
        )
        counts.append(counts[-1] + begins)
    return counts


def _leads_in(tree: Tree, verb: int, quoted: Sequence[bool]) -> bool:
    """Answer whether words in marks behind `verb` are a quotation of their own: 'said, "We go"'."""
    return tree.parse.pos[verb + 1 : verb + 2] == ("PUNCT",) and any(quoted[verb + 2 : verb + 4])


def _begins_another(tree: Tree, verb: int) -> bool:
    """Answer whether a report ends before `verb` and its subject: ", but Reed said"."""
    parse, subject = tree.parse, tree.child(verb, "nsubj")
    if subject is None or subject > verb or parse.tags[verb] not in _FINITE:
        return False
    left = tree.left[subject]
    return left > 1 and parse.lemmas[left - 1] in _TURNS and parse.lemmas[left - 2] in {",", ";"}


def _whole_and_cut(report: Report, tree: Tree) -> Iterator[Report]:
    *others, (first, last) = report.parts
    tails = list(_tails(tree, first, last))[-_MOST_CUTS:]
    yield replace(report, tail=tails[-1] if tails else None)
    for tail in tails:
        end = tree.left[tail] - 1
        while end > first and tree.parse.pos[end] in _SEPARATORS:
            end -= 1
        part = without_punctuation(tree, first, end)
        if part is not None and part[0] < part[1]:
            yield replace(report, parts=(*others, part), tail=tail, is_cut=True)


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
