"""Constructions in which a word can report: the word, what it governs, and who is its source.

Every verb and noun is tried, listed in `data/` or not: which of them report is for the weights of
`indirect.py` to say.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.nlp import Parse
from extractors.speech.idioms import is_idiom
from extractors.speech.syntax import MOST_CHILDREN, SUBJECTS, VERBS, Tree
from extractors.wordlists import word_classes

#: "..., he said, according to the agency" is his report, not the agency's.
SAYS = frozenset({"say", "write", "tell"})
#: What things do without a word, though with a person as subject these verbs report.
OF_THINGS = frozenset({"open", "begin", "start", "close", "end", "finish", "follow", "continue"})
_CLAUSES = frozenset({"ccomp", "xcomp"})
#: Verbs whose object hears what is said.
ADDRESSING = frozenset({"tell", "ask", "remind", "warn", "assure", "inform", "advise", "notify"})
_BEFORE_VERB = frozenset({"aux", "auxpass", "neg", "advmod"})
_AFTER_OBJECT = frozenset({"prep", "xcomp", "ccomp", "oprd", "advcl", "pcomp"})
#: "clear that", "the question is whether": the verb between the word and what it reports.
_LINKS = frozenset({"be", "seem", "become", "make"})
_PLAIN = frozenset({"det", "aux", "auxpass", "neg", "prt", "advmod", "npadvmod", "dative", "punct"})
_LONGEST_LEAD = 80  #: tokens of a sentence before its cue
_LED_IN = 12  #: tokens before a colon in which the verb is looked for
_LONGEST_LABEL = 8  #: tokens before the colon of a headline


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A reporting word with what it reports, in tokens."""

    cue: int
    parts: tuple[tuple[int, int], ...]  #: first and last token, inclusive, in order
    construction: str  #: what ties them, as features name it: "ccomp", "according", "label"
    source: int | None = None  #: head of the phrase that names who reports
    tail: int | None = None  #: head of a clause or phrase at the end that may not belong to it
    is_cut: bool = False  #: the tail is left out
    probability: float = 0.0


def constructions(tree: Tree, quoted: Sequence[bool]) -> Iterator[Report]:
    """Yield every construction in which a word could report, in order of the word.

    Args:
        tree: the parse.
        quoted: for each token, whether it stands in quotation marks; no cue stands in them.
    """
    parse, verbs = tree.parse, word_classes("reporting_verbs")
    for token, (lemma, pos) in enumerate(zip(parse.lemmas, parse.pos, strict=True)):
        if quoted[token] or is_idiom(tree, token):
            continue
        if lemma == "accord" or (lemma == "according" and pos != "VERB"):
            yield from _by_source_phrase(tree, token)
        elif pos == "VERB" or (pos == "AUX" and lemma in verbs):
            yield from _by_verb(tree, token)
            if tree.verb_classes(token):
                yield from _by_place(tree, token)
        elif pos in {"NOUN", "ADJ"}:
            yield from _by_noun(tree, token)
        elif lemma == ":":
            yield from _by_colon(tree, token, quoted)


def _by_verb(tree: Tree, verb: int) -> Iterator[Report]:
    relations, source = tree.parse.relations, source_of(tree, verb)
    after: int | None = None
    for child in tree.children[verb][:MOST_CHILDREN]:
        relation = relations[child]
        if relation in _CLAUSES and not _is_apart(tree, child, verb):
            yield _report(tree, verb, _around(tree, child, verb), relation, source)
        elif relation in {"dobj", "oprd"} and child > verb:
            after = child if relation == "dobj" else after
            kind = "object" if relation == "dobj" else "oprd"
            yield _report(tree, verb, [(tree.left[child], tree.right[child])], kind, source)
        elif relation == "prep" and tree.right[child] > child > verb:
            yield _report(tree, verb, [(child + 1, tree.right[child])], "prep", source)
        elif relation == "nsubjpass":
            yield _report(tree, verb, [(tree.left[child], tree.right[child])], "passive", source)
    if (
        after is not None
        and not _has_hearer(tree, verb)
        and (last := _last_after(tree, verb, after)) > tree.right[after]
    ):
        yield _report(tree, verb, [(tree.left[after], last)], "object+", source)
    if relations[verb] == "parataxis" or _is_as_clause(tree, verb):
        head = tree.parse.heads[verb]
        yield _report(tree, verb, _without(tree, head, verb), "around", source)


def _is_apart(tree: Tree, clause: int, verb: int) -> bool:
    """Answer whether a semicolon ends `clause` before `verb`: "Fares rose; the mayor said"."""
    return ";" in tree.parse.lemmas[tree.right[clause] + 1 : verb]


def _has_hearer(tree: Tree, verb: int) -> bool:
    """Answer whether the object of `verb` is who hears the clause: "told the jurors not to"."""
    lemma = tree.parse.lemmas[verb]
    return (lemma in ADDRESSING and tree.child(verb, "ccomp") is not None) or (
        lemma == "tell" and tree.child(verb, "xcomp") is not None
    )


def _by_place(tree: Tree, verb: int) -> Iterator[Report]:
    """Yield what stands before and behind a listed verb in its sentence, whatever the parse."""
    parse, source = tree.parse, source_of(tree, verb)
    is_within = any(head > verb and parse.pos[head] == "VERB" for head in tree.climb(verb, 6))
    if is_within or parse.relations[verb] in {"acl", "relcl"}:
        return  # what stands behind belongs to a verb above it
    first, end = tree.sentence(verb)
    last = end - 1
    behind = verb + 1
    for child in tree.children[verb][:MOST_CHILDREN]:
        if child == behind and parse.relations[child] in _PLAIN:
            behind = tree.right[child] + 1
    if behind < last:
        yield _report(tree, verb, [(behind, last)], "behind", source)
        clause = next((c for c in range(behind, min(behind + 9, last)) if _begins(parse, c)), None)
        if clause is not None:
            yield _report(tree, verb, [(clause, last)], "clause", source)
    lead = min([verb, *(tree.left[c] for c in tree.children[verb][:2] if _is_subject(tree, c))])
    if first < lead < verb and parse.lemmas[lead - 1] == "," and lead - first < _LONGEST_LEAD:
        yield _report(tree, verb, [(first, lead - 1)], "lead", source)


def _is_subject(tree: Tree, token: int) -> bool:
    return tree.parse.relations[token] in SUBJECTS


def _begins(parse: Parse, token: int) -> bool:
    return parse.lemmas[token] in {"that", "whether", "how", "why"} and parse.pos[token] != "PRON"


def _by_noun(tree: Tree, word: int) -> Iterator[Report]:
    parse = tree.parse
    listed = parse.lemmas[word] in word_classes("reporting_nouns")
    source = _source_of_noun(tree, word)
    for child in tree.children[word][:MOST_CHILDREN]:
        relation = parse.relations[child]
        if child > word and relation in {"acl", "ccomp", "xcomp"}:
            spans = [(tree.left[child], tree.right[child])]
            yield _report(tree, word, spans, f"noun:{relation}", source)
        elif listed and relation == "prep" and tree.right[child] > child > word:
            spans = [(child + 1, tree.right[child])]
            yield _report(tree, word, spans, "noun:prep", source)
    head = parse.heads[word]
    if parse.lemmas[head] in _LINKS and parse.relations[word] in {
        "attr",
        "acomp",
        "nsubj",
        "ccomp",
    }:
        clause = tree.child(head, "ccomp", "csubj", "advcl")
        if clause is not None and clause > max(word, head):
            spans = [(tree.left[clause], tree.right[clause])]
            yield _report(tree, word, spans, "noun:link", source)


def _by_colon(tree: Tree, colon: int, quoted: Sequence[bool]) -> Iterator[Report]:
    """Yield the rest of a headline, "Lind: Bridge to close", or the paragraph led in by a colon.

    Words in marks behind a colon are a quotation of their own, and a label has no verb.
    """
    (first, end), parts = tree.paragraph(colon), tree.parse.pos
    if colon == end - 1 and end < tree.size:
        last = tree.paragraph(end)[1] - 1
        verbs = [t for t in range(max(first, colon - _LED_IN), colon) if parts[t] == "VERB"]
        source = source_of(tree, verbs[-1]) if verbs else None
        yield _report(tree, verbs[-1] if verbs else colon, [(end, last)], "led in", source)
    elif (
        0 < colon - first <= _LONGEST_LABEL
        and not any(quoted[colon + 1 : colon + 3])
        and not VERBS & {*parts[first:colon]}
    ):
        yield _report(tree, colon, [(colon + 1, end - 1)], "label", colon - 1)


def _by_source_phrase(tree: Tree, word: int) -> Iterator[Report]:
    parse = tree.parse
    inner = tree.child(word, "prep", "pobj")
    source = tree.child(inner, "pobj") if inner is not None else None
    for head in tree.climb(word):
        if parse.pos[head] in VERBS:
            if parse.lemmas[head] in OF_THINGS or SAYS.isdisjoint(tree.verb_classes(head)):
                yield _report(tree, word, _without(tree, head, word), "according", source)
            return


def _report(
    tree: Tree, cue: int, spans: list[tuple[int, int]], construction: str, source: int | None
) -> Report:
    parts = tuple(part for span in spans if (part := without_punctuation(tree, *span)) is not None)
    return Report(cue=cue, parts=parts, construction=construction, source=source)


def without_punctuation(tree: Tree, first: int, last: int) -> tuple[int, int] | None:
    """Return `first` to `last` without punctuation at either end, None if nothing else is there."""
    while first <= last and not tree.is_word(first):
        first += 1
    while first <= last and not tree.is_word(last):
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
    verb = next((head for head in tree.climb(word, 4) if tree.parse.pos[head] in VERBS), None)
    return None if verb is None else tree.subject(verb)


def cue_reach(tree: Tree, cue: int) -> tuple[int, int]:
    """Return the characters of a reporting word with what belongs to it: "has said", "went on"."""
    parse, first, last = tree.parse, cue, cue
    for child in tree.children[cue][:MOST_CHILDREN]:
        helps = parse.relations[child] != "advmod" and cue - 4 <= child < first
        if helps and {*parse.relations[child:cue]} <= _BEFORE_VERB:
            first = child
        elif child == cue + 1 and _goes_with(tree, cue, child):
            last = child
    return parse.starts[first], parse.ends[last]


def _goes_with(tree: Tree, cue: int, word: int) -> bool:
    lemmas = tree.parse.lemmas
    return (
        word == tree.particle(cue)
        or (lemmas[cue] in {"according", "accord"} and tree.parse.relations[word] == "prep")
        or (lemmas[cue], lemmas[word]) == ("put", "it")  # "as she put it"
    )
