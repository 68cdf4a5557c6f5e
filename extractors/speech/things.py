"""What a word governs where that is a thing, not a clause: "denied the charge", "wrote a book"."""

from collections.abc import Sequence

from extractors.speech.constructions import ADDRESSING, SAYS, Report
from extractors.speech.syntax import VERBS, Tree
from extractors.wordlists import word_classes

#: "opposed the bill", "denied the charge", "vowed revenge": an attitude needs no clause.
_ATTITUDES = frozenset({"praise", "blame", "claim", "promise", "discuss"})
_PEOPLE = frozenset({"PERSON", "ORG", "NORP", "PRON"})
_TIMES = frozenset({"DATE", "TIME"})
_DEEDS = frozenset({"text", "event", "exchange"})  #: of things.txt
_ANSWERING = frozenset({"answer", "reply", "respond", "greet"})
_FEW_WORDS = 5  #: tokens
#: What few words without a verb must be worth, and few that somebody hopes or is expected to do.
#: More words need no more than any report does, for most of them are right.
_LEAST_FOR_FEW, _LEAST_FOR_SHORT_WISH = 0.6, 0.45
_NEVER = 2.0  #: more than anything is worth


def sort_of(tree: Tree, thing: int) -> str:
    """Return what sort of thing a noun is: how it is named or listed, else its part of speech."""
    listed = word_classes("things").get(tree.parse.lemmas[thing])
    return tree.named.get(thing) or (listed[0] if listed else tree.parse.pos[thing])


def is_bare(tree: Tree, report: Report) -> bool:
    """Answer whether `report` has no verb, so that nothing is stated: "the night of the flood"."""
    return all(VERBS.isdisjoint(tree.parse.pos[a : b + 1]) for a, b in report.parts)


def least_worth(tree: Tree, report: Report, quoted: Sequence[bool]) -> float:
    """Return what `report` must be worth to count, 0 to 1: the less it states, the more.

    More than 1, and so never, for what is done and not said: "wrote a book", "called a strike".
    """
    is_short = report.parts[-1][1] - report.parts[0][0] < _FEW_WORDS
    if any(any(quoted[a : b + 1]) for a, b in report.parts):
        return 0.0
    if not is_bare(tree, report):
        return _LEAST_FOR_SHORT_WISH if is_short and report.construction == "xcomp" else 0.0
    if _is_gesture(tree, report):
        return _NEVER
    is_attitude = not _ATTITUDES.isdisjoint(tree.verb_classes(report.cue))
    if _is_deed(tree, report, is_attitude=is_attitude):
        return _NEVER
    return _LEAST_FOR_FEW if is_short and not is_attitude else 0.0


def _is_gesture(tree: Tree, report: Report) -> bool:
    """Answer whether a bare `report` tells of no words: "praised her", "replied with a wink"."""
    parse, (first, last) = tree.parse, report.parts[0]
    if report.construction == "passive":
        return parse.lemmas[first] == "no"  # "No injuries were reported."
    is_pronoun = first == last and parse.tags[first] == "PRP"
    is_word = parse.lemmas[last] == "word" and parse.lemmas[report.cue] in SAYS
    via = first if parse.lemmas[first] == "with" else first - 1
    is_manner = via > 0 and parse.lemmas[via] == "with" and parse.lemmas[report.cue] in _ANSWERING
    return is_pronoun or is_word or is_manner


def _is_deed(tree: Tree, report: Report, *, is_attitude: bool) -> bool:
    """Answer whether a bare `report` is what somebody made, met or asked, or a time."""
    head = tree.head_within(report.parts[0][0], report.parts[-1][1])
    sort = sort_of(tree, head)
    if sort in _TIMES:
        return True
    if tree.parse.pos[report.cue] not in VERBS or report.construction == "prep":
        return False
    is_hearer = tree.parse.lemmas[report.cue] in ADDRESSING and sort in _PEOPLE
    return is_hearer or (sort in _DEEDS and not is_attitude)
