"""What reports in French, and the source it gives: "a déclaré X", "dit-elle", "selon X"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from extractors.records import Article
from extractors.speech.syntax import MOST_CHILDREN, Tree
from extractors.wordlists import words_in

#: Prepositions that name a source; "d'après" is two words.
_ACCORDING = frozenset({"selon", "d'", "d’"})
_ASIDE = frozenset(
    {",", "?", "!", "…", "...", "–", "—"}
)  #: what a remark within a quotation follows
STOPS = frozenset({".", "!", "?", "…", "...", ";"})
_SPEAKERS_ONLY = frozenset({"je", "tu", "nous", "vous"})
_CLITICS = frozenset({"-il", "-elle", "-ils", "-elles", "-on", "-je", "-nous", "-vous"})
_OBJECTS = frozenset({"obj", "iobj", "obl:arg", "xcomp", "nsubj:pass"})
_LONGEST_GROUP = 5  #: words from an auxiliary to its verb


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """Words `first` to `end` (exclusive) that report, and the word that heads their source."""

    first: int
    end: int
    source: int
    is_inverted: bool = False  #: the source comes behind: "a dit le maire"
    is_guess: bool = False  #: the parser did not take the source for the subject


@cache
def _forms() -> frozenset[str]:
    """Return what verbs in -er are written like in reports: "estime", "répète", "rappelle"."""
    forms: set[str] = set()
    for stem in (verb[:-2] for verb in words_in("reporting_verbs_french") if verb.endswith("er")):
        forms |= {stem + ending for ending in ("é", "ée", "és", "ées", "ait", "aient", "a")}
        present = {stem, re.sub("[eé]([^aeiouéè]+)$", r"è\1", stem)}
        present |= {stem + "l"} if stem.endswith("el") else set()
        forms |= {one + ending for one in present for ending in ("e", "ent")}
    return frozenset(forms)


def _reports(lemma: str, form: str) -> bool:
    return lemma in words_in("reporting_verbs_french") or form in _forms()


class French:
    """An article with its parse, asked for what reports in it."""

    def __init__(self, article: Article, tree: Tree) -> None:
        self.article = article
        self.tree = tree
        parse = tree.parse
        self.texts: tuple[str, ...] = tuple(
            article.text[start:end].lower()
            for start, end in zip(parse.starts, parse.ends, strict=True)
        )

    def cues(self, first: int, end: int) -> Iterator[Cue]:
        """Yield what reports among the words `first` to `end` (exclusive), in order."""
        for word in range(first, end):
            cue = self._of_verb(word, first, end) or self._of_preposition(word)
            if cue and first <= cue.first and first <= cue.source < end:
                yield cue

    def remarks(self, first: int, end: int) -> Iterator[tuple[Cue, int]]:
        """Yield each remark of the author within a quotation, with the word behind it.

        "« Non, dit le maire, c'est tout. »"
        """
        behind = first
        for cue in self.cues(first, end):
            is_aside = cue.first > behind and self.texts[cue.first - 1] in _ASIDE
            if cue.is_inverted and is_aside and self.pronoun(cue.source) not in _SPEAKERS_ONLY:
                behind = self._behind_remark(cue, end)
                yield cue, behind

    def pronoun(self, word: int) -> str | None:
        """Return the pronoun that `word` is, "il" for "-il"; None for other words."""
        return self.texts[word].lstrip("-") if self.tree.parse.pos[word] == "PRON" else None

    def stop_between(self, first: int, end: int) -> int:
        """Return the first word of `first` to `end` that ends a sentence, `end` if none does."""
        return next((word for word in range(first, end) if self.texts[word] in STOPS), end)

    def is_mere_punctuation(self, first: int, end: int) -> bool:
        """Answer whether there is no word among `first` to `end`."""
        return not any(any(map(str.isalnum, text)) for text in self.texts[first:end])

    def _behind_remark(self, cue: Cue, end: int) -> int:
        last = min(self.stop_between(cue.end, end), end)
        word = max(cue.end, min(self.tree.right[cue.source] + 1, last))
        while word < last and self.texts[word] != ",":
            word += 1
        is_apposition = word < last < end and self._is_mere_role(word + 1, last)
        return min((last if is_apposition else word) + 1, end)

    def _is_mere_role(self, first: int, end: int) -> bool:
        """Answer whether `first` to `end` only say what the source is: "le directeur du port"."""
        has_verb = any(pos in {"VERB", "AUX"} for pos in self.tree.parse.pos[first:end])
        return not has_verb and self.texts[first] in {"le", "la", "l'", "l’"}

    def _of_verb(self, verb: int, since: int, end: int) -> Cue | None:
        parse = self.tree.parse
        # "regrette-t-il" is a verb whatever the model takes it for.
        is_verb = parse.pos[verb] == "VERB" or self._clitic(verb + 1, min(verb + 3, end))
        if not is_verb or not _reports(parse.lemmas[verb], self.texts[verb]):
            return None
        first = self._first_of_group(verb)
        children = self.tree.children[verb][:MOST_CHILDREN]
        own = [
            word for word in children if since <= word < end and parse.relations[word] == "nsubj"
        ]
        source = self._clitic(first, min(verb + 3, end)) or max(own, default=None)
        if source is not None:
            return Cue(first=first, end=verb + 1, source=source, is_inverted=source > first)
        shared = self.tree.subject(verb)
        if shared is not None and since <= shared < first:
            return Cue(first=first, end=verb + 1, source=shared)
        # Behind a verb without a subject the parser takes for an object what is its subject.
        objects = (word for word in children if verb < word < end and self._is_object(word))
        source = next(objects, None)
        if source is None:
            return None
        return Cue(first=first, end=verb + 1, source=source, is_inverted=True, is_guess=True)

    def _is_object(self, word: int) -> bool:
        parse = self.tree.parse
        return parse.pos[word] in {"NOUN", "PROPN"} and parse.relations[word] in _OBJECTS

    def _clitic(self, first: int, end: int) -> int | None:
        """Return the pronoun of "dit-il", "a-t-elle ajouté" among the words `first` to `end`."""
        found = (word for word in range(first, end) if self.texts[word] in _CLITICS)
        return next(found, None)

    def _first_of_group(self, verb: int) -> int:
        """Return the first word of "s'est réjoui", "a-t-il ajouté"."""
        parse = self.tree.parse
        helpers = (
            word
            for word in self.tree.children[verb][:MOST_CHILDREN]
            if verb - _LONGEST_GROUP <= word < verb
            and (parse.relations[word].startswith("aux") or self.texts[word] in {"se", "s'", "s’"})
        )
        return min(helpers, default=verb)

    def _of_preposition(self, word: int) -> Cue | None:
        if self.texts[word] not in _ACCORDING:
            return None
        is_two = self.texts[word] != "selon"
        if is_two and self.texts[word + 1 : word + 2] != ("après",):
            return None
        source = self.tree.parse.heads[word]
        if source <= word + is_two:
            return None
        return Cue(first=word, end=word + 1 + is_two, source=source, is_inverted=True)
