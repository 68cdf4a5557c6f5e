"""What is true of a report: of its cue and source, and of how far it reaches.

Nothing here decides: `indirect.py` adds up the weights of these features and chooses.
"""

from collections.abc import Iterator, Sequence

from extractors.speech.constructions import Report
from extractors.speech.syntax import MOST_CHILDREN, SUBJECTS, VERBS, Tree
from extractors.speech.things import is_bare, sort_of
from extractors.wordlists import word_classes

_LEADING_IN = frozenset({"ADP", "SCONJ", "PART"})
_SEPARATORS = frozenset({"PUNCT", "CCONJ"})
_OPEN = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM"})  #: named by their sort, not their lemma
_UNLISTED = ("unlisted",)
_LEADING = frozenset({"that", "whether", "if", "how", "why", "what", "to", "for", "when", "who"})


def features_of_report(report: Report, tree: Tree, quoted: Sequence[bool]) -> list[str]:
    """Return the names of what is true of `report`, as the weight table knows them."""
    return [
        *features_of_word(tree, report.cue, report.source),
        *features_of_construction(report, tree),
        *features_of_reach(report, tree, quoted),
    ]


def features_of_word(tree: Tree, cue: int, source: int | None) -> list[str]:
    """Return what is true of a reporting word and its source, whatever it governs."""
    parse, sort = tree.parse, _source_type(tree, source)
    behind = _lemma_behind(tree, cue)
    return [
        "bias",
        f"lemma={tree.lexeme(cue)}",
        *(f"class={name} {sort}" for name in _classes_of(tree, cue)),
        f"relation={_relation_of(tree, cue)}",
        f"source={sort}",
        f"source lemma={_source_lemma(tree, source)}",
        *_around_cue(tree, cue),
        f"next+lemma={behind} {parse.lemmas[cue]}",
    ]


def features_of_construction(report: Report, tree: Tree) -> list[str]:
    """Return what is true of what the word governs, however far the report reaches."""
    parse, cue, kind = tree.parse, report.cue, report.construction
    first = report.parts[0][0]
    mark = parse.lemmas[first] if parse.lemmas[first] in _LEADING else "-"
    behind = _lemma_behind(tree, cue)
    names = _classes_of(tree, cue)
    return [
        f"kind={kind}",
        f"kind+lemma={kind} {tree.lexeme(cue)}",
        *(f"class={name} {kind}" for name in names),
        *(f"class={name} {kind} {mark}" for name in names),
        f"tag={parse.tags[cue]} {kind}",
        f"source+kind={_source_type(tree, report.source)} {kind}",
        *(f"{sign} {kind}" for sign in _around_cue(tree, cue)),
        *(f"has {kind} {relation}" for relation in _beside(tree, cue)),
        f"next={behind} {kind}",
        f"before={parse.lemmas[cue - 1] if cue else '-'} {kind}",
        f"mark={mark} {kind}",
        f"begins={parse.tags[first]} {kind}",
        f"side={'before' if first < cue else 'after'} {kind}",
        f"starts={_end_sign(tree, first - 2)} {kind}",
        *_led_in(tree, report),
    ]


def features_of_reach(report: Report, tree: Tree, quoted: Sequence[bool]) -> list[str]:
    """Return what is true of `report` because of where it ends."""
    parse, cue, kind = tree.parse, report.cue, report.construction
    first, last = report.parts[0][0], report.parts[-1][1]
    head = tree.head_within(first, last)
    return [
        f"length={min((last - first + 1).bit_length(), 6)} {kind}",
        f"head={parse.tags[head]} {parse.relations[head]} {kind}",
        *(f"head {sign} {kind}" for sign in _around_cue(tree, head)),
        f"gap={min(abs(first - cue) if first > cue else abs(cue - last), 4)} {kind}",
        f"marks={_share_quoted(report, quoted)} {kind}",
        f"ends={_end_sign(tree, last)} {kind}",
        *_what(tree, report, head),
        *_at_end(tree, report, quoted, head),
    ]


def _what(tree: Tree, report: Report, head: int) -> Iterator[str]:
    """Yield of what sort a thing is that is reported, where no clause is: "the bill", "Monday"."""
    parse = tree.parse
    if parse.pos[head] in VERBS:
        return
    sort = sort_of(tree, head)
    yield f"what={sort} {report.construction}"
    yield f"what+lemma={sort} {parse.lemmas[report.cue]}"
    first, last = report.parts[0][0], report.parts[-1][1]
    yield f"what+class={sort} {_classes_of(tree, report.cue)[0]}"
    yield f"bare={is_bare(tree, report)} {min(last - first, 6)}"


def _lemma_behind(tree: Tree, cue: int) -> str:
    """Return the lemma behind `cue`; a semicolon ends what is said as a full stop does."""
    lemma = tree.parse.lemmas[cue + 1] if cue + 1 < tree.size else "-"
    return "." if lemma == ";" else lemma


def _relation_of(tree: Tree, cue: int) -> str:
    """Return how `cue` hangs on its head; a clause before a semicolon is one beside the next."""
    behind = tree.right[cue] + 1
    is_beside = behind < tree.parse.heads[cue] and tree.parse.lemmas[behind] == ";"
    return "ROOT" if is_beside else tree.parse.relations[cue]


def _classes_of(tree: Tree, cue: int) -> tuple[str, ...]:
    if tree.parse.pos[cue] in VERBS:
        return tree.verb_classes(cue) or _UNLISTED
    return word_classes("reporting_nouns").get(tree.parse.lemmas[cue], _UNLISTED)


def _led_in(tree: Tree, report: Report) -> Iterator[str]:
    """Yield the word that leads in what is reported: "warn of"."""
    parse, first = tree.parse, report.parts[0][0]
    if first:
        via = parse.lemmas[first - 1] if parse.pos[first - 1] in _LEADING_IN else "-"
        yield f"via={via} {report.construction}"
        yield f"via+lemma={via} {parse.lemmas[report.cue]}"


def _at_end(tree: Tree, report: Report, quoted: Sequence[bool], head: int) -> Iterator[str]:
    """Yield what the tail of `report` is like, left out or kept."""
    parse, kind, tail = tree.parse, report.construction, report.tail
    if tail is None:
        yield f"no tail {kind}"
        return
    left, relation = tree.left[tail], parse.relations[tail]
    what = f"{'cut' if report.is_cut else 'kept'} {relation}"
    sign = parse.lemmas[left - 1] if parse.pos[left - 1] in _SEPARATORS else "-"
    begins = parse.pos[left] if parse.pos[left] in _OPEN else parse.lemmas[left]
    has_subject = any(
        parse.relations[child] in SUBJECTS for child in tree.children[tail][:MOST_CHILDREN]
    )
    size = min((tree.right[tail] - left).bit_length(), 5)
    yield f"{what} {sign} {kind}"
    yield f"{what} starts={begins}"
    yield f"{what} subject={has_subject} tag={parse.tags[tail]} cue={parse.tags[report.cue]}"
    yield f"{what} subject={has_subject} {sign} {kind}"
    yield f"{what} of {parse.relations[parse.heads[tail]]} {parse.heads[tail] == head} {kind}"
    yield f"{what} length={size} {kind}"
    yield f"{what} quoted={quoted[left]} {kind}"


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
