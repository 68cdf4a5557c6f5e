"""Ways through a Parse: heads and subtrees, phrases, sentences, paragraphs, what reports."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from extractors.nlp import Parse
from extractors.wordlists import word_classes

#: Dependants of one word that are looked at: keeps hostile text from costing its square.
MOST_CHILDREN = 64
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
VERBS = frozenset({"VERB", "AUX"})  #: parts of speech
_SPEECH = frozenset({"say", "write", "tell", "ask", "claim"})
_PHRASE_PARTS = frozenset(
    {"det", "amod", "compound", "nummod", "poss", "nmod", "quantmod", "case", "advmod", "predet"}
)
#: "went on", "hit back": with one of these right behind it a verb is another word.
_PARTICLES = frozenset({"on", "out", "back", "in", "up", "off", "down", "away", "forth", "over"})


class Tree:
    """A Parse with its arrows turned round. Building it is linear; it changes nothing."""

    def __init__(self, parse: Parse) -> None:
        self.parse = parse
        self.size = len(parse.starts)
        #: The label of the model for each token that it names.
        self.named = {
            token: label for first, end, label in parse.named for token in range(first, end)
        }
        self.children: list[list[int]] = [[] for _ in range(self.size)]
        #: First and last token of each subtree, inclusive.
        self.left = list(range(self.size))
        self.right = list(range(self.size))
        for token, head in enumerate(parse.heads):
            if head != token:
                self.children[head].append(token)
        for token in reversed(self._from_roots()):
            head = parse.heads[token]
            self.left[head] = min(self.left[head], self.left[token])
            self.right[head] = max(self.right[head], self.right[token])

    def _from_roots(self) -> list[int]:
        order = [token for token, head in enumerate(self.parse.heads) if head == token]
        for token in order:  # grows while it is read: breadth first
            order.extend(self.children[token])
        return order

    def child(self, token: int, *relations: str) -> int | None:
        """Return the first dependant of `token` in one of `relations`."""
        names = self.parse.relations
        near = self.children[token][:MOST_CHILDREN]
        return next((other for other in near if names[other] in relations), None)

    def subject(self, verb: int) -> int | None:
        """Return the subject of `verb`, its own or the one it shares with a verb above it."""
        relations, heads = self.parse.relations, self.parse.heads
        for _ in range(5):
            for other in self.children[verb][:MOST_CHILDREN]:
                if relations[other] in SUBJECTS:
                    return other
            if relations[verb] not in {"conj", "advcl", "xcomp", "prep", "pcomp"}:
                return None
            if heads[verb] == verb:
                return None
            verb = heads[verb]
        return None

    def particle(self, verb: int) -> int | None:
        """Return the particle right behind `verb`: "went on", but not "sat on the bench"."""
        word, parse = verb + 1, self.parse
        if word == self.size or parse.lemmas[word] not in _PARTICLES or parse.heads[word] != verb:
            return None
        relation = parse.relations[word]
        is_bare = relation == "prep" and not self.children[word]
        return word if is_bare or relation in {"prt", "advmod"} else None

    def lexeme(self, word: int) -> str:
        """Return the lemma of `word`, with its particle if it has one: "go_on"."""
        particle, lemmas = self.particle(word), self.parse.lemmas
        return lemmas[word] if particle is None else f"{lemmas[word]}_{lemmas[particle]}"

    def verb_classes(self, verb: int) -> tuple[str, ...]:
        """Return the classes of `reporting_verbs.txt` that `verb` stands in."""
        classes = word_classes("reporting_verbs")
        return classes.get(self.lexeme(verb)) or classes.get(self.parse.lemmas[verb], ())

    def reports_speech(self, token: int) -> bool:
        """Answer whether `token` is a verb that reports words: "said", "wrote", "asked"."""
        return self.parse.pos[token] == "VERB" and not _SPEECH.isdisjoint(self.verb_classes(token))

    def phrase(self, noun: int) -> tuple[int, int]:
        """Return first and last token of the noun phrase around `noun`, without what follows it."""
        first = noun
        for other in self.children[noun][:MOST_CHILDREN]:
            if other < noun and self.parse.relations[other] in _PHRASE_PARTS:
                first = min(first, self.left[other])
        return first, noun

    def climb(self, token: int, steps: int = 30) -> Iterator[int]:
        """Yield what governs `token`, nearest first, to the root or `steps` up."""
        for _ in range(steps):
            head = self.parse.heads[token]
            if head == token:
                return
            yield head
            token = head

    def head_within(self, first: int, last: int) -> int:
        """Return the word from `first` to `last` that the first of them hangs on in the end."""
        head = first
        for above in self.climb(first, 12):
            if not first <= above <= last:
                break
            head = above
        return head

    def is_word(self, token: int) -> bool:
        """Answer whether `token` is neither punctuation nor blank."""
        return self.parse.pos[token] not in {"PUNCT", "SPACE"}

    def sentence(self, token: int) -> tuple[int, int]:
        """Return the range of tokens, end exclusive, of the sentence of `token`."""
        return _run_of(self.parse.sentences, token)

    def paragraph(self, token: int) -> tuple[int, int]:
        """Return the range of tokens, end exclusive, of the paragraph of `token`."""
        return _run_of(self.parse.paragraphs, token)

    def tokens(self, start: int, end: int) -> tuple[int, int]:
        """Return the range of tokens, end exclusive, that touch `text[start:end]`."""
        return bisect_right(self.parse.ends, start), bisect_left(self.parse.starts, end)


def _run_of(numbers: Sequence[int], token: int) -> tuple[int, int]:
    """Return where the number of `token` begins and ends in `numbers`, which never fall."""
    return bisect_left(numbers, numbers[token]), bisect_right(numbers, numbers[token])


def is_unnamed_subject(tree: Tree, token: int) -> bool:
    """Answer whether `token` is "one" of "one of them", or "old" of "the 54-year-old", and acts."""
    parse = tree.parse
    if parse.relations[token] not in SUBJECTS:
        return False
    if parse.lemmas[token] == "old":
        return tree.child(token, "det") is not None and tree.child(token, "npadvmod") is not None
    part = tree.child(token, "prep") if parse.lemmas[token] == "one" else None
    return part is not None and parse.lemmas[part] == "of"
