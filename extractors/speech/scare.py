"""Words in quotation marks: which are quotations, and which titles of works or scare quotes."""

from collections.abc import Iterator, Sequence

from extractors.speech.confidence import logistic
from extractors.speech.marks import Marked
from extractors.speech.notsaid import is_name
from extractors.speech.syntax import Tree
from extractors.wordlists import weights

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_PERSONAL = frozenset({"i", "we", "you", "my", "our", "me", "us"})
_ALONE = 0.8  #: probability that a paragraph wholly in marks is a quotation
_FEW_OTHERS = 2  #: words behind the first
_LINE_BREAKS = ("", "\n", "\r")  #: or no character at all, at either end of the text
_ALWAYS_CAPITAL = frozenset({"I", "I’m", "I'm", "I’ve", "I've", "I’d", "I'd", "I’ll", "I'll"})
_SINGLE = "‘'‚‹"
_REACH = 6  #: tokens to each side in which a reporting verb is looked for
_MOST_WORDS = 12  #: of words in marks, whose capitals are looked at
_READ, _READ_HEADS = 40, 60  #: tokens in marks: looked at, and asked what they hang on
_LINE_END = 3  #: characters beside the marks in which a line may begin or end
#: "the song", "a hat": these neighbours are known by their word, others by their sort.
_NAMED_BY_WORD = frozenset({"PUNCT", "ADP", "SCONJ", "DET", "NOUN"})


def quotation_probability(marked: Marked, text: str, tree: Tree, quoted: Sequence[bool]) -> float:
    """Return how likely `marked` reports words of somebody, 0 to 1."""
    if is_name(marked, text):
        return 0.0
    table = weights("scare_weights")
    score = sum(table.get(feature, 0.0) for feature in marked_features(marked, text, tree, quoted))
    return max(logistic(score), _ALONE if _is_sentence_alone(marked, text) else 0.0)


def _is_sentence_alone(marked: Marked, text: str) -> bool:
    """Answer whether a paragraph is wholly in marks and a sentence: “Ice and paperwork.”.

    Headings have capitals in the middle or no full stop.
    """
    before = text[max(marked.outer_start - 1, 0) : marked.outer_start]
    after = text[marked.outer_end : marked.outer_end + 1]
    first, *others = text[marked.start : marked.end].split()[:_MOST_WORDS] or [""]
    return (
        marked.closed
        and before in _LINE_BREAKS
        and after in _LINE_BREAKS
        and first[:1].isupper()
        and text[marked.end - 1] in ".!?"
        and len(others) >= _FEW_OTHERS
        and not any(word[0].isupper() and word not in _ALWAYS_CAPITAL for word in others)
    )


def marked_features(marked: Marked, text: str, tree: Tree, quoted: Sequence[bool]) -> list[str]:
    """Return the names of what is true of `marked`, as the weight table knows them."""
    first, end = tree.tokens(marked.start, marked.end)
    features = [
        "bias",
        *_wording(marked, text),
        *_standing(marked, text),
        *_inside(tree, first, end),
        *_neighbours(tree, quoted, *tree.tokens(marked.outer_start, marked.outer_end)),
        *_governors(tree, first, end),
    ]
    # Titles are told by capitals together with where they stand.
    if _capitalised(text[marked.start : marked.end]):
        features += [f"title {feature}" for feature in features]
    return features


def _capitalised(words: str) -> bool:
    listed = words.split()[:_MOST_WORDS]
    return all(word[:1].isupper() or len(word) < 5 or not word.isalpha() for word in listed)


def _wording(marked: Marked, text: str) -> Iterator[str]:
    words = text[marked.start : marked.end].split()[:_MOST_WORDS]
    size = min(len(words), 4) if len(words) < 6 else min(len(words) // 3 + 3, 7)
    yield f"words={size}"
    yield f"capitals={_capitalised(text[marked.start : marked.end])} {size}"
    first, last = text[marked.start], text[marked.end - 1]
    yield f"first={'upper' if first.isupper() else 'lower' if first.islower() else 'other'} {size}"
    yield f"last={last if last in '.,?!;:-–—…' else '-'}"
    after = text[marked.outer_end : marked.outer_end + 1]
    yield f"after={after if after in '.,?!;:-–—…)' else '-'}"
    yield f"continued={marked.continued} closed={marked.closed}"
    yield f"single={_is_single(marked, text)}"


def _is_single(marked: Marked, text: str) -> bool:
    """Answer whether the mark is a single one, not two that stand for a double one."""
    return marked.start - marked.outer_start == 1 and text[marked.outer_start] in _SINGLE


def _standing(marked: Marked, text: str) -> Iterator[str]:
    """Yield whether the words are a line of their own, as headings in single marks are."""
    before = text[max(0, marked.outer_start - _LINE_END) : marked.outer_start]
    after = text[marked.outer_end : marked.outer_end + _LINE_END]
    begins = not before.rpartition("\n")[2].strip()
    ends = not after.partition("\n")[0].strip(" .")
    sort = "single" if _is_single(marked, text) else "double"
    yield f"line begins={begins} ends={ends} {sort}"
    if begins and ends:
        title = _capitalised(text[marked.start : marked.end])
        yield f"line {sort} title={title} words={min(text.count(' ', marked.start, marked.end), 9)}"


def _inside(tree: Tree, first: int, end: int) -> Iterator[str]:
    last = min(end, first + _READ)
    yield f"finite={any(tag in _FINITE for tag in tree.parse.tags[first:last])}"
    yield f"personal={any(lemma in _PERSONAL for lemma in tree.parse.lemmas[first:last])}"


def _neighbours(tree: Tree, quoted: Sequence[bool], first: int, end: int) -> Iterator[str]:
    parse = tree.parse
    paragraph = parse.paragraphs[first] if first < tree.size else -1
    for place, name in ((first - 1, "before"), (first - 2, "before2"), (end, "next")):
        if not 0 <= place < tree.size or parse.paragraphs[place] != paragraph:
            yield f"{name}=edge"
            continue
        classes = tree.verb_classes(place)
        yield f"{name}={parse.pos[place]} {classes[0] if classes else ''}"
        if parse.pos[place] in _NAMED_BY_WORD:
            yield f"{name} word={parse.lemmas[place]}"
    if first > 0 and end < tree.size and parse.sentences[first - 1] == parse.sentences[end]:
        yield f"between={parse.pos[first - 1]} {parse.pos[end]}"
    near = [*range(max(0, first - _REACH), first), *range(end, min(end + _REACH, tree.size))]
    found = {
        f"near={'before' if place < first else 'after'} {tree.verb_classes(place)[0]}"
        for place in near
        if not quoted[place]
        and parse.paragraphs[place] == paragraph
        and parse.pos[place] == "VERB"
        and tree.verb_classes(place)
    }
    yield from found


def _governors(tree: Tree, first: int, end: int) -> Iterator[str]:
    """Yield how the words in marks hang on the words outside."""
    parse = tree.parse
    for token in range(first, min(end, first + _READ_HEADS)):
        head = parse.heads[token]
        if first <= head < end and head != token:
            continue
        if head == token:
            yield "hangs=root"
            continue
        if parse.pos[token] == "PUNCT":
            continue
        classes = tree.verb_classes(head)
        yield f"hangs={parse.relations[token]} {parse.pos[head]} {classes[0] if classes else ''}"
