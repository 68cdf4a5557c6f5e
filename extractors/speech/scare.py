"""Words in quotation marks: which are quotations, and which titles of works or scare quotes."""

import math
from collections.abc import Iterator, Sequence

from extractors.speech.marks import Marked
from extractors.speech.syntax import Tree
from extractors.wordlists import weights, word_classes

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_PERSONAL = frozenset({"i", "we", "you", "my", "our", "me", "us"})
_SINGLE = "‘'‚‹"
_REACH = 6


def quotation_probability(marked: Marked, text: str, tree: Tree, quoted: Sequence[bool]) -> float:
    """Return how likely `marked` reports words of somebody, 0 to 1."""
    table = weights("scare_weights")
    score = sum(table.get(feature, 0.0) for feature in marked_features(marked, text, tree, quoted))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


def marked_features(marked: Marked, text: str, tree: Tree, quoted: Sequence[bool]) -> list[str]:
    """Return the names of what is true of `marked`, as the weight table knows them."""
    first, end = tree.tokens(marked.start, marked.end)
    features = [
        "bias",
        *_wording(marked, text),
        *_inside(tree, first, end),
        *_neighbours(tree, quoted, *tree.tokens(marked.outer_start, marked.outer_end)),
        *_governors(tree, first, end),
    ]
    # Titles are told by capitals together with where they stand.
    if _capitalised(text[marked.start : marked.end]):
        features += [f"title {feature}" for feature in features]
    return features


def _capitalised(words: str) -> bool:
    listed = words.split()[:12]
    return all(word[:1].isupper() or len(word) < 5 or not word.isalpha() for word in listed)


def _wording(marked: Marked, text: str) -> Iterator[str]:
    words = text[marked.start : marked.end].split()[:12]
    size = min(len(words), 4) if len(words) < 6 else min(len(words) // 3 + 3, 7)
    yield f"words={size}"
    yield f"capitals={_capitalised(text[marked.start : marked.end])} {size}"
    first, last = text[marked.start], text[marked.end - 1]
    yield f"first={'upper' if first.isupper() else 'lower' if first.islower() else 'other'} {size}"
    yield f"last={last if last in '.,?!;:-–—…' else '-'}"
    after = text[marked.outer_end : marked.outer_end + 1]
    yield f"after={after if after in '.,?!;:-–—…)' else '-'}"
    yield f"continued={marked.continued} closed={marked.closed}"
    yield f"single={text[marked.outer_start] in _SINGLE}"


def _inside(tree: Tree, first: int, end: int) -> Iterator[str]:
    last = min(end, first + 40)
    yield f"finite={any(tag in _FINITE for tag in tree.parse.tags[first:last])}"
    yield f"personal={any(lemma in _PERSONAL for lemma in tree.parse.lemmas[first:last])}"


def _neighbours(tree: Tree, quoted: Sequence[bool], first: int, end: int) -> Iterator[str]:
    parse, verbs = tree.parse, word_classes("reporting_verbs")
    paragraph = parse.paragraphs[first] if first < tree.size else -1
    for place, name in ((first - 1, "before"), (first - 2, "before2"), (end, "next")):
        if not 0 <= place < tree.size or parse.paragraphs[place] != paragraph:
            yield f"{name}=edge"
            continue
        classes = verbs.get(parse.lemmas[place], ())
        yield f"{name}={parse.pos[place]} {classes[0] if classes else ''}"
        if name != "next" and (parse.pos[place] in {"PUNCT", "ADP", "SCONJ", "DET"}):
            yield f"{name} word={parse.lemmas[place]}"
    near = [*range(max(0, first - _REACH), first), *range(end, min(end + _REACH, tree.size))]
    found = {
        f"near={'before' if place < first else 'after'} {verbs[parse.lemmas[place]][0]}"
        for place in near
        if not quoted[place]
        and parse.paragraphs[place] == paragraph
        and parse.pos[place] == "VERB"
        and parse.lemmas[place] in verbs
    }
    yield from found


def _governors(tree: Tree, first: int, end: int) -> Iterator[str]:
    """Yield how the words in marks hang on the words outside."""
    parse, verbs = tree.parse, word_classes("reporting_verbs")
    for token in range(first, min(end, first + 60)):
        head = parse.heads[token]
        if first <= head < end and head != token:
            continue
        if head == token:
            yield "hangs=root"
            continue
        if parse.pos[token] == "PUNCT":
            continue
        classes = verbs.get(parse.lemmas[head], ())
        yield f"hangs={parse.relations[token]} {parse.pos[head]} {classes[0] if classes else ''}"
