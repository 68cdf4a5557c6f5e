"""Reports without quotation marks: a word that reports, and the clause or phrase it governs.

Candidates are every construction in which a word of the lists in `data/` can report; a table of
weights scores them; the best that do not overlap are chosen.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extractors.nlp import Parse
from extractors.speech.syntax import MOST_CHILDREN, Tree
from extractors.wordlists import weights, word_classes

#: A report counts from this probability on.
LEAST_PROBABILITY = 0.3
#: "..., he said, according to the agency" is his report, not the agency's.
_SAYS = frozenset({"say", "write", "tell"})
_CLAUSES = ("ccomp", "xcomp")
_AFTER_OBJECT = frozenset({"prep", "xcomp", "ccomp", "oprd", "advcl", "pcomp"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A reporting word with what it reports, in tokens."""

    cue: int
    parts: tuple[tuple[int, int], ...]  #: first and last token, inclusive, in order
    construction: str
    source: int | None = None  #: head of the phrase that names who reports
    probability: float = 0.0


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


def candidate_reports(tree: Tree, quoted: Sequence[bool]) -> Iterator[Report]:
    """Yield every construction in which a listed word could report, in order of the word."""
    parse, verbs = tree.parse, word_classes("reporting_verbs")
    nouns = word_classes("reporting_nouns")
    for token, (lemma, pos) in enumerate(zip(parse.lemmas, parse.pos, strict=True)):
        if quoted[token]:
            continue
        if pos in {"VERB", "AUX"} and lemma in verbs:
            yield from _by_verb(tree, token)
        elif pos in {"NOUN", "ADJ"} and lemma in nouns:
            yield from _by_noun(tree, token)
        elif lemma == "accord" or (lemma == "according" and pos != "VERB"):
            yield from _by_source_phrase(tree, token)


def _by_verb(tree: Tree, verb: int) -> Iterator[Report]:
    relations, source = tree.parse.relations, source_of(tree, verb)
    after: int | None = None
    for child in tree.children[verb][:MOST_CHILDREN]:
        relation = relations[child]
        if relation in _CLAUSES:
            yield _report(tree, verb, _around(tree, child, verb), relation, source)
        elif relation == "dobj" and child > verb:
            after = child
            yield _report(tree, verb, [(tree.left[child], tree.right[child])], "object", source)
        elif relation == "prep" and tree.right[child] > child > verb:
            yield _report(tree, verb, [(child + 1, tree.right[child])], "prep", source)
    if after is not None and (last := _last_after(tree, verb, after)) > tree.right[after]:
        yield _report(tree, verb, [(tree.left[after], last)], "object+", source)
    if relations[verb] == "parataxis" or _is_as_clause(tree, verb):
        head = tree.parse.heads[verb]
        yield _report(tree, verb, _without(tree, head, verb), "around", source)


def _by_noun(tree: Tree, word: int) -> Iterator[Report]:
    parse = tree.parse
    for child in tree.children[word][:MOST_CHILDREN]:
        if child > word and parse.relations[child] in {"acl", "ccomp", "xcomp"}:
            construction = f"noun:{parse.relations[child]}"
            spans = [(tree.left[child], tree.right[child])]
            yield _report(tree, word, spans, construction, _source_of_noun(tree, word))


def _by_source_phrase(tree: Tree, word: int) -> Iterator[Report]:
    parse = tree.parse
    inner = tree.child(word, "prep", "pobj")
    source = tree.child(inner, "pobj") if inner is not None else None
    for head in tree.climb(word):
        if parse.pos[head] in {"VERB", "AUX"}:
            if _SAYS.isdisjoint(word_classes("reporting_verbs").get(parse.lemmas[head], ())):
                yield _report(tree, word, _without(tree, head, word), "according", source)
            return


def _report(
    tree: Tree, cue: int, spans: list[tuple[int, int]], construction: str, source: int | None
) -> Report:
    parts = tuple(part for span in spans if (part := _trimmed(tree.parse, *span)) is not None)
    return Report(cue=cue, parts=parts, construction=construction, source=source)


def _trimmed(parse: Parse, first: int, last: int) -> tuple[int, int] | None:
    while first <= last and parse.pos[first] in {"PUNCT", "SPACE"}:
        first += 1
    while first <= last and parse.pos[last] in {"PUNCT", "SPACE"}:
        last -= 1
    return (first, last) if first <= last else None


def _around(tree: Tree, clause: int, verb: int) -> list[tuple[int, int]]:
    """Return the reach of `clause` without the reporting words that stand inside it."""
    first, last = tree.left[clause], tree.right[clause]
    if not first < verb < last:
        if clause < verb:  # "The plan failed, sources said": up to the subject of "said"
            others = [
                tree.left[c]
                for c in tree.children[verb][:MOST_CHILDREN]
                if clause < tree.left[c] <= verb
            ]
            last = min([last, verb - 1, *(left - 1 for left in others if left > first)])
        return [(first, last)]
    block = [
        (tree.left[c], tree.right[c]) for c in tree.children[verb][:MOST_CHILDREN] if c != clause
    ]
    inside = [(a, b) for a, b in block if first < a and b < last] + [(verb, verb)]
    return [(first, min(a for a, _ in inside) - 1), (max(b for _, b in inside) + 1, last)]


def _without(tree: Tree, head: int, inner: int) -> list[tuple[int, int]]:
    """Return the reach of `head` without the subtree of `inner`."""
    return [
        (tree.left[head], tree.left[inner] - 1),
        (tree.right[inner] + 1, tree.right[head]),
    ]


def _last_after(tree: Tree, verb: int, child: int) -> int:
    return max(
        (
            tree.right[other]
            for other in tree.children[verb][:MOST_CHILDREN]
            if other > child and tree.parse.relations[other] in _AFTER_OBJECT
        ),
        default=-1,
    )


def _is_as_clause(tree: Tree, verb: int) -> bool:
    mark = tree.child(verb, "mark")
    return (
        tree.parse.relations[verb] == "advcl"
        and mark is not None
        and tree.parse.lemmas[mark] == "as"
    )


def source_of(tree: Tree, verb: int) -> int | None:
    """Return who reports: the agent of a passive, else the subject, else what `verb` describes."""
    parse = tree.parse
    agent = tree.child(verb, "agent")
    if agent is not None and (named := tree.child(agent, "pobj")) is not None:
        return named
    if (subject := tree.subject(verb)) is not None:
        if parse.tags[subject] in {"WDT", "WP"} and parse.relations[verb] == "relcl":
            return parse.heads[verb]
        return subject
    if parse.relations[verb] in {"acl", "relcl"}:
        return parse.heads[verb]
    return None


def _source_of_noun(tree: Tree, word: int) -> int | None:
    owner = tree.child(word, "poss")
    if owner is not None:
        return owner
    verb = next(
        (head for head in tree.climb(word, 4) if tree.parse.pos[head] in {"VERB", "AUX"}), None
    )
    return None if verb is None else tree.subject(verb)


def cue_reach(tree: Tree, cue: int) -> tuple[int, int]:
    """Return the characters of a reporting word with what belongs to it: "has said"."""
    parse, first, last = tree.parse, cue, cue
    for child in tree.children[cue][:MOST_CHILDREN]:
        if parse.relations[child] in {"aux", "auxpass", "neg"} and cue - 4 <= child < first:
            first = child
        elif (
            parse.relations[child] in {"prt", "prep"}
            and child == cue + 1
            and _goes_with(tree, cue, child)
        ):
            last = child
    return parse.starts[first], parse.ends[last]


def _goes_with(tree: Tree, cue: int, word: int) -> bool:
    return tree.parse.relations[word] == "prt" or tree.parse.lemmas[cue] in {"according", "accord"}


def features_of(report: Report, tree: Tree, quoted: Sequence[bool]) -> list[str]:
    """Return the names of what is true of `report`, as the weight table knows them."""
    parse, cue = tree.parse, report.cue
    kind, lemma = report.construction, parse.lemmas[cue]
    if not report.parts:
        return ["empty"]
    first, last = report.parts[0][0], report.parts[-1][1]
    length = last - first + 1
    classes = word_classes("reporting_nouns" if "noun" in kind else "reporting_verbs")
    mark = parse.lemmas[first]
    return [
        "bias",
        f"kind={kind}",
        f"lemma={lemma}",
        f"kind+lemma={kind} {lemma}",
        *(f"class={name} {kind}" for name in classes.get(lemma, ())),
        f"tag={parse.tags[cue]} {kind}",
        f"relation={parse.relations[cue]}",
        f"source={_source_type(tree, report.source)}",
        f"source+kind={_source_type(tree, report.source)} {kind}",
        f"mark={mark if mark in _MARKS else '-'} {kind}",
        f"length={min(length.bit_length(), 6)} {kind}",
        f"side={'before' if first < cue else 'after'} {kind}",
        f"marks={_share_quoted(report, quoted)}",
        *_around_cue(tree, cue),
    ]


_MARKS = frozenset({"that", "whether", "if", "how", "why", "what", "to", "for", "when", "who"})


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
    return "wh" if tag.startswith("W") else tag


def _share_quoted(report: Report, quoted: Sequence[bool]) -> str:
    inside = sum(quoted[first] + quoted[last] for first, last in report.parts)
    return ("none", "some")[inside > 0] if inside < 2 * len(report.parts) else "all"


def _chosen(likely: list[Report], size: int) -> list[Report]:
    """Return the best reports that do not overlap: one a cue, the outer before the inner."""
    best: dict[int, Report] = {}
    for report in likely:
        if report.cue not in best or report.probability > best[report.cue].probability:
            best[report.cue] = report
    taken, chosen = bytearray(size + 1), []
    for report in sorted(best.values(), key=lambda r: r.parts[0][0] - r.parts[-1][1]):
        if not any(taken[first] or taken[last] for first, last in report.parts):
            for first, last in report.parts:
                taken[first : last + 1] = b"\x01" * (last + 1 - first)
            chosen.append(report)
    return sorted(chosen, key=lambda report: report.parts)
