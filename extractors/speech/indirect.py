"""Reports without quotation marks: a word that reports, and the clause or phrase it governs.

A table of weights scores every construction that could report; the best that do not overlap are
chosen.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.speech.constructions import Report, candidate_reports
from extractors.speech.syntax import MOST_CHILDREN, Tree
from extractors.wordlists import weights, word_classes

#: A report counts from this probability on.
LEAST_PROBABILITY = 0.33
#: Of reports that overlap the one with the highest sum over its words is chosen: of what each is
#: worth, less this.
_PRICE = 0.2
_MARKS = frozenset({"that", "whether", "if", "how", "why", "what", "to", "for", "when", "who"})


def reports_in(tree: Tree, quoted: Sequence[bool]) -> list[Report]:
    """Return the reports of a parsed article, in order, never overlapping.

    Args:
        tree: the parse.
        quoted: for each token, whether it stands in quotation marks; no cue stands in them.
    """
    table = weights("indirect_weights")
    likely = []
    for report in candidate_reports(tree, quoted):
        score = sum(table.get(feature, 0.0) for feature in features_of(report, tree, quoted))
        probability = 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))
        if probability >= LEAST_PROBABILITY:
            likely.append(replace(report, probability=probability))
    return _chosen(likely, tree.size)


def features_of(report: Report, tree: Tree, quoted: Sequence[bool]) -> list[str]:
    """Return the names of what is true of `report`, as the weight table knows them."""
    parse, cue = tree.parse, report.cue
    kind, lemma = report.construction, parse.lemmas[cue]
    first, last = report.parts[0][0], report.parts[-1][1]
    length = last - first + 1
    classes = word_classes("reporting_nouns" if "noun" in kind else "reporting_verbs")
    mark = parse.lemmas[first] if parse.lemmas[first] in _MARKS else "-"
    source = _source_type(tree, report.source)
    owner, head = _source_lemma(tree, report.source), _head_of(tree, first, last)
    names = classes.get(lemma, ("unlisted",))
    return [
        "bias",
        f"kind={kind}",
        f"lemma={lemma}",
        f"kind+lemma={kind} {lemma}",
        *(f"class={name} {kind}" for name in names),
        *(f"class={name} {kind} {mark}" for name in names),
        *(f"class={name} {source}" for name in names),
        f"tag={parse.tags[cue]} {kind}",
        f"relation={parse.relations[cue]}",
        f"source={source}",
        f"source+kind={source} {kind}",
        f"source lemma={owner}",
        f"mark={mark} {kind}",
        f"begins={parse.tags[first]} {kind}",
        f"length={min(length.bit_length(), 6)} {kind}",
        f"side={'before' if first < cue else 'after'} {kind}",
        f"head={parse.tags[head]} {parse.relations[head]} {kind}",
        *(f"head {sign} {kind}" for sign in _around_cue(tree, head)),
        f"gap={min(abs(first - cue) if first > cue else abs(cue - last), 4)} {kind}",
        f"marks={_share_quoted(report, quoted)}",
        f"marks={_share_quoted(report, quoted)} {kind}",
        f"ends={_end_sign(tree, last)} {kind}",
        f"starts={_end_sign(tree, first - 2)} {kind}",
        *_around_cue(tree, cue),
        *(f"{sign} {kind}" for sign in _around_cue(tree, cue)),
        *(f"has {kind} {relation}" for relation in _beside(tree, cue)),
    ]


def _head_of(tree: Tree, first: int, last: int) -> int:
    """Return the word from `first` to `last` that the first of them hangs on in the end."""
    head = first
    for above in tree.climb(first, 12):
        if not first <= above <= last:
            break
        head = above
    return head


def _end_sign(tree: Tree, last: int) -> str:
    """Return the mark behind token `last`, else its part of speech; "edge" for another sentence."""
    parse, behind = tree.parse, last + 1
    if not 0 < behind < tree.size or parse.sentences[behind] != parse.sentences[behind - 1]:
        return "edge"
    return parse.lemmas[behind] if parse.pos[behind] == "PUNCT" else parse.pos[behind]


def _beside(tree: Tree, cue: int) -> set[str]:
    """Return the relations of what else hangs on the reporting word."""
    parse = tree.parse
    found = {
        parse.relations[child]
        for child in tree.children[cue][:MOST_CHILDREN]
        if parse.relations[child] in {"ccomp", "xcomp", "dobj", "prep", "oprd", "advcl", "prt"}
    }
    return found or {"nothing"}


def _around_cue(tree: Tree, cue: int) -> Iterator[str]:
    parse = tree.parse
    for child in tree.children[cue][:MOST_CHILDREN]:
        relation = parse.relations[child]
        if relation == "neg":
            yield "negated"
        elif relation == "aux":
            yield f"aux={parse.lemmas[child]}"
        elif relation in {"auxpass", "dative", "mark", "agent"}:
            yield f"has={relation}"


def _source_type(tree: Tree, source: int | None) -> str:
    if source is None:
        return "none"
    tag, lemma = tree.parse.tags[source], tree.parse.lemmas[source]
    if tag.startswith("PRP"):
        return lemma if lemma in {"i", "you", "it", "we", "they", "he", "she"} else "pronoun"
    if tag.startswith("W"):
        return "wh"
    return tree.named.get(source, tag)


def _source_lemma(tree: Tree, source: int | None) -> str:
    if source is None or tree.parse.pos[source] != "NOUN":
        return "-"
    return tree.parse.lemmas[source]


def _share_quoted(report: Report, quoted: Sequence[bool]) -> str:
    inside = sum(quoted[first] + quoted[last] for first, last in report.parts)
    return ("none", "some")[inside > 0] if inside < 2 * len(report.parts) else "all"


def _chosen(likely: list[Report], size: int) -> list[Report]:
    """Return the best reports that do not overlap, in order: one a cue, the long and sure first."""
    best: dict[int, Report] = {}
    for report in likely:
        if report.cue not in best or report.probability > best[report.cue].probability:
            best[report.cue] = report
    taken, chosen = bytearray(size + 1), []
    for report in sorted(best.values(), key=_gain, reverse=True):
        if all(taken.find(1, first, last + 1) < 0 for first, last in report.parts):
            for first, last in report.parts:
                taken[first : last + 1] = b"\x01" * (last + 1 - first)
            chosen.append(report)
    return sorted(chosen, key=lambda report: report.parts)


def _gain(report: Report) -> float:
    words = sum(last - first + 1 for first, last in report.parts)
    return words * (report.probability - _PRICE)
