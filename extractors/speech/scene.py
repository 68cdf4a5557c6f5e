"""An article as the search for speakers sees it, and an utterance within it."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from extractors.naming.spans import WITHOUT_ENTITY
from extractors.records import Article, Mention, Quote
from extractors.speech.syntax import Tree, is_unnamed_subject
from extractors.speech.transcripts import LETTERS, SpeakerLabel, is_wordless, labels_in

_NOT_HEADS = frozenset({"compound", "amod", "det", "nummod", "quantmod", "punct", "case"})
_TIMES = frozenset({"DATE", "TIME", "CARDINAL", "ORDINAL", "MONEY", "PERCENT", "QUANTITY"})
_LONGEST_LABEL = 6  #: tokens before the colon of a transcript
_AROUND = "\"“”'‘ "
#: Behind the place in a dateline: ", Ohio, May 3 (Interlake) —".
_DATELINED = re.compile(r"[\w., ]{0,30}(?:\([^()\n]{2,30}\))? ?(?:—|–|--?) ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """The rows of one utterance, in tokens: (first, end) of each."""

    rows: tuple[tuple[int, int], ...]
    kind: str
    cue: int | None = None  #: token of the reporting word, where the rows were found by one
    persons: tuple[str, ...] = ()  #: which personal pronouns it begins with, as features
    entities: frozenset[str] = frozenset()  #: whom it names

    @property
    def first(self) -> int:
        """First token of the first row."""
        return self.rows[0][0]

    @property
    def end(self) -> int:
        """Token after the last row."""
        return self.rows[-1][1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """An utterance whose speaker is known."""

    speaker: int  #: head of the phrase that names the speaker
    first: int  #: first token of the utterance
    end: int  #: token after the utterance


class Scene:
    """An article as the search for speakers sees it: tree, quoted tokens, names, who can speak."""

    def __init__(
        self, article: Article, tree: Tree, quotes: Sequence[Quote], mentions: Sequence[Mention]
    ) -> None:
        self.article = article
        self.tree = tree
        #: For each token, whether it stands inside a direct quotation, and inside any other.
        self.covered = self._inside(quote for quote in quotes if quote.kind == "direct")
        self.reported = self._inside(quote for quote in quotes if quote.kind != "direct")
        self.mention_of = dict(self._named(mentions))  #: the mention each token stands in
        self.unquoted = self._counted()  #: number of words outside quotations before each token
        self._turns = labels_in(article, tree)
        #: The label of a transcript by the last token of its name.
        self.turn_of = {self._name_token(label): label for label in self._turns}
        self._interviewed = self._introduced()
        #: Last tokens of names before a colon, in a transcript or not.
        self.labels = frozenset((*self._labels(), *map(self._name_token, self._turns)))
        self._times = self._named_times()
        self.speakers = [token for token in range(tree.size) if self._can_speak(token)]

    def text(self, token: int) -> str:
        """Return the characters of `token`."""
        return self.article.text[self.tree.parse.starts[token] : self.tree.parse.ends[token]]

    def label_of(self, token: int) -> str | None:
        """Return the label of the mention that `token` stands in."""
        mention = self.mention_of.get(token)
        return None if mention is None else mention.label

    def is_pronoun(self, token: int) -> bool:
        """Answer whether `token` is "he", "their", "who" or the like."""
        return self.tree.parse.tags[token].startswith(("PRP", "W"))

    def distance(self, utterance: Utterance, token: int) -> int:
        """Return how many words outside quotations lie between `token` and the nearest row."""
        return min(
            self.unquoted[first] - self.unquoted[token]
            if token < first
            else self.unquoted[token + 1] - self.unquoted[end]
            for first, end in utterance.rows
        )

    def _inside(self, quotes: Iterable[Quote]) -> bytearray:
        inside = bytearray(self.tree.size + 1)
        for quote in quotes:
            first, end = self.tree.tokens(quote.start, quote.end)
            inside[first:end] = b"\x01" * (end - first)
        return inside

    def _named(self, mentions: Iterable[Mention]) -> Iterator[tuple[int, Mention]]:
        for mention in mentions:
            for token in range(*self.tree.tokens(mention.start, mention.end)):
                yield token, mention

    def _named_times(self) -> frozenset[int]:
        """Return the tokens of dates and figures, as the model names them."""
        return frozenset(
            token
            for first, end, label in self.tree.parse.named
            if label in _TIMES
            for token in range(first, end)
        )

    def _counted(self) -> list[int]:
        counts = [0]
        for token in range(self.tree.size):
            counts.append(counts[-1] + (not self.covered[token] and self.tree.is_word(token)))
        return counts

    def _labels(self) -> Iterator[int]:
        """Yield the last token of each label of a transcript: "SMITH" of "SMITH: We will go."."""
        parse, begin = self.tree.parse, 0
        for token in range(1, self.tree.size):
            if parse.paragraphs[token] != parse.paragraphs[token - 1]:
                begin = token
            elif parse.lemmas[token] == ":" and token - begin <= _LONGEST_LABEL:
                label = self.article.text[parse.starts[begin] : parse.ends[token - 1]].strip(
                    _AROUND
                )
                if label.isupper() or self.label_of(token - 1) == "PERSON":
                    yield token - 1

    def label_before(self, utterance: Utterance) -> SpeakerLabel | None:
        """Return the label of a transcript that `utterance` begins behind."""
        start = self.tree.parse.starts[min(utterance.first, self.tree.size - 1)]
        place = bisect_right(self._turns, start, key=lambda label: label.words) - 1
        if place < 0:
            return None
        between = self.article.text[self._turns[place].words : start]
        return self._turns[place] if is_wordless(between) else None

    def speaker_under(self, label: SpeakerLabel) -> int | None:
        """Return the token of the name whose words stand under `label`.

        "Q" is nobody's name, "A" that of the one person who is named before the first question.
        """
        if label.name not in LETTERS:
            return self._name_token(label)
        return self._interviewed if label.name == "A" else None

    def _introduced(self) -> int | None:
        """Return the last token of the one person named in full before the first label."""
        first = self._name_token(self._turns[0]) if self._turns else 0
        introduced = {
            token: mention.entity
            for token, mention in self.mention_of.items()
            if token < first and mention.label == "PERSON" and " " in mention.text
        }
        return max(introduced) if len(set(introduced.values())) == 1 else None

    def _name_token(self, label: SpeakerLabel) -> int:
        return self.tree.tokens(label.start, label.end)[1] - 1

    def cue_token(self, start: int) -> int:
        """Return the token of the reporting word of a cue that begins at character `start`."""
        parse = self.tree.parse
        first = token = min(bisect_left(parse.starts, start), self.tree.size - 1)
        while parse.relations[token] in {"aux", "auxpass", "neg"} and token - first < 4:
            token = parse.heads[token]
        return token

    def _can_speak(self, token: int) -> bool:
        parse = self.tree.parse
        if token in self.labels or is_unnamed_subject(self.tree, token):
            return True
        if self._is_dateline(token):
            return False
        if parse.pos[token] not in {"NOUN", "PROPN", "PRON"} or self.covered[token]:
            return False
        if not any(map(str.isalnum, self.text(token))):
            return False
        if parse.relations[token] in _NOT_HEADS and parse.heads[token] != token:
            head = parse.heads[token]
            return (
                self.label_of(token) == "PERSON"
                and self.mention_of.get(token) is not self.mention_of.get(head)
                and self.mention_of[token].end == parse.ends[token]
            )
        return self.label_of(token) not in WITHOUT_ENTITY and token not in self._times

    def _is_dateline(self, token: int) -> bool:
        """Answer whether `token` is of a place in capitals before a paragraph's dash."""
        mention = self.mention_of.get(token)
        if mention is None or mention.label != "PLACE" or not mention.text.isupper():
            return False
        text = self.article.text
        is_first = text[max(mention.start - 1, 0) : mention.start] in {"", "\n"}
        return is_first and _DATELINED.match(text, mention.end, mention.end + 80) is not None
