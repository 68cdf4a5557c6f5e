"""Which rows are parts of one utterance."""

from collections.abc import Iterator, Sequence

from extractors.records import Article
from extractors.speech.constructions import source_of
from extractors.speech.marks import Marked
from extractors.speech.rows import Row
from extractors.speech.signs import DASHES, FULL_STOPS
from extractors.speech.syntax import SUBJECTS, Tree

_LONGEST_GAP = 30  #: tokens between two parts of an interrupted quotation
_LONGEST_ASIDE = 80  #: characters between two dashes
_NOUNS = frozenset({"NOUN", "PROPN"})
_NEAR = 8  #: tokens from a quotation in which the verb of its own cue stands


def numbered(rows: Sequence[Row], article: Article, tree: Tree) -> Iterator[tuple[int, Row]]:
    """Yield the number of the utterance of each row, from 0 on, and the row."""
    number, utterance = -1, -1
    groups: dict[tuple[str, int], int] = {}
    parts: list[Row] = []  # those of the latest utterance
    for row in rows:
        if row.group in groups:
            utterance = groups[row.group]
        elif not parts or not _goes_on(parts, row, article, tree):
            number += 1
            utterance = number
            parts = []
        if row.group is not None:
            groups[row.group] = utterance
        parts.append(row)
        yield utterance, row


def _goes_on(parts: Sequence[Row], row: Row, article: Article, tree: Tree) -> bool:
    """Answer whether `row` is a further part of the utterance of `parts`."""
    before = parts[-1]
    if row.marked is None or before.marked is None:
        return False
    if row.marked.paragraph != before.marked.paragraph or row.marked.continued:
        goes_on = row.marked.continued and not before.marked.closed
        return goes_on and not _is_anothers(parts, row, tree)
    gap = article.text[before.marked.outer_end : row.marked.outer_start]
    if len(gap) < _LONGEST_ASIDE and _is_between_dashes(gap.strip()):
        return True  # “our bridge” — “is gone”, “I saw it” — he paused — “and ran”
    # "A." Then he left. "B": the words between begin a sentence of their own.
    starts_anew = article.text[before.end - 1] in ".:" and gap.lstrip()[:1].isupper()
    if starts_anew or not _is_between(row.cue, before.marked, row.marked, tree):
        return False
    if _is_led_in_anew(before.marked, row.marked, tree):
        return False
    return not gap.strip() or _is_interruption(before.marked, row.marked, article.text, tree)


def _is_between_dashes(gap: str) -> bool:
    return gap != "" and gap[0] in DASHES and gap[-1] in DASHES


def _is_anothers(parts: Sequence[Row], row: Row, tree: Tree) -> bool:
    """Answer whether those who are named as speakers of `row` and of `parts` differ.

    A closing mark was forgotten, and the next paragraph quotes somebody else.
    """
    own = _named_with(row, tree)
    others = [_named_with(part, tree) for part in parts[-2:]] if own is not None else []
    return any(other is not None and other != own for other in others)


def _named_with(row: Row, tree: Tree) -> str | None:
    """Return the last name of the speaker whom the words beside `row` give."""
    parse, (first, end) = tree.parse, tree.tokens(row.start, row.end)
    near = (*range(end, min(end + _NEAR, tree.size)), *range(first - 1, max(first - _NEAR, 0), -1))
    for token in near:
        is_cue = parse.pos[token] == "VERB" and tree.verb_classes(token)
        if not is_cue or parse.paragraphs[token] != parse.paragraphs[first]:
            continue
        source = source_of(tree, token)
        if source is not None and parse.pos[source] == "PROPN":
            return parse.lemmas[source]
    return None


def _is_between(cue: int | None, before: Marked, after: Marked, tree: Tree) -> bool:
    """Answer whether a part's cue, if it has one, stands between it and the part before."""
    first, end = tree.tokens(before.outer_end, after.outer_start)
    return cue is None or first <= cue < end


def _is_led_in_anew(before: Marked, after: Marked, tree: Tree) -> bool:
    """Answer whether a new sentence leads in `after`: “A,” said Tom. Anna was blunter: “B”.

    One with a colon at its end, or with a subject that is no pronoun.
    """
    parse, (first, end) = tree.parse, tree.tokens(before.outer_end, after.outer_start)
    stops = [token for token in range(first, end) if parse.lemmas[token] in FULL_STOPS]
    lead = range(stops[-1] + 1, end) if stops else range(0)
    return any(
        (parse.relations[token] in SUBJECTS and parse.pos[token] in _NOUNS)
        or (parse.lemmas[token] == ":" and token == end - 1)
        for token in lead
    )


def _is_interruption(before: Marked, after: Marked, text: str, tree: Tree) -> bool:
    """Answer whether one cue stands between two parts, and none of its own after the second."""
    first, end = tree.tokens(before.outer_end, after.outer_start)
    cues = sum(tree.reports_speech(token) for token in range(first, end))
    if end - first > _LONGEST_GAP or cues != 1:
        return False
    if text[after.end - 1] == ".":
        return True  # what follows is a sentence of its own
    inside, beyond = tree.tokens(after.outer_start, after.outer_end)
    return not any(
        tree.reports_speech(token) and tree.parse.paragraphs[token] == tree.parse.paragraphs[inside]
        for token in range(beyond, min(beyond + 4, tree.size))
    )
