"""Who the source of a French report is: a name, a phrase, or whom "il" or "elle" means."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from extractors.naming.foreign import is_title_in
from extractors.naming.givennames import genders_of_first_name
from extractors.records import Entity, Mention
from extractors.speech.frenchcues import French

#: Pronouns of one person; of others nobody is looked for.
_GENDERS: Mapping[str, str] = MappingProxyType({"il": "male", "lui": "male", "elle": "female"})
#: Words right before a name that tell a man or a woman.
_TELLING: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("m.", "m", "monsieur", "mgr", "monseigneur", "le", "un"), "male"),
        **dict.fromkeys(("mme", "mme.", "madame", "mlle", "la", "une"), "female"),
    }
)
_NAME_PARTS = frozenset({"flat:name", "flat", "appos", "nmod:appos"})
_PHRASE_PARTS = frozenset({"det", "amod", "nmod", "nummod", "flat:name", "flat"})
_PARAGRAPHS_BACK = 2  #: in which whom a pronoun means was a subject
_STEPS = 4  #: from a title to the name behind it
_NAMED, _DESCRIBED, _BY_PRONOUN, _UNRESOLVED = 1.0, 0.9, 0.85, 0.7


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Who speaks; `start` and `end` are characters of the article."""

    name: str | None
    entity: str | None
    start: int
    end: int
    trust: float  #: how far the name can be believed where the source is right


class Speakers:
    """The sources of one article and whom they mean."""

    def __init__(
        self,
        french: French,
        mentions: Sequence[Mention],
        entities: Sequence[Entity],
        quoted: Sequence[bool],
    ) -> None:
        self._french = french
        self._tree = french.tree
        self._entities = {entity.entity: entity for entity in entities}
        self._at = {
            token: mention
            for mention in mentions
            if mention.entity
            for token in range(*self._tree.tokens(mention.start, mention.end))
        }
        self._genders = self._genders_told(mentions)
        #: Persons that are subjects outside quotations: the word and the entity.
        self._subjects = [
            (token, mention.entity)
            for token in range(self._tree.size)
            if self._tree.parse.relations[token] == "nsubj" and not quoted[token]
            if (mention := self._mention_of(token)) and mention.label == "PERSON"
        ]

    def of(self, source: int) -> Speaker | None:
        """Return who the word `source` is, None where it is nobody ("on")."""
        pronoun = self._french.pronoun(source)
        if pronoun is not None:
            return self._behind_pronoun(source, pronoun)
        mention = self._mention_of(source)
        if mention is None or mention.entity is None:
            return self._described(source)
        name = self._entities[mention.entity].name
        return Speaker(
            name=name, entity=mention.entity, start=mention.start, end=mention.end, trust=_NAMED
        )

    def _mention_of(self, token: int) -> Mention | None:
        """Return the mention that is `token`, or the person's behind a title or a role."""
        if token in self._at:
            return self._at[token]
        parse = self._tree.parse
        for word in range(token + 1, min(self._tree.right[token] + 1, self._tree.size)):
            mention = self._at.get(word)
            if mention is not None and mention.label == "PERSON":
                return mention if self._is_named_by(word, token) else None
            if parse.paragraphs[word] != parse.paragraphs[token]:
                return None
        return None

    def _is_named_by(self, word: int, token: int) -> bool:
        """Answer whether `word` is the name of `token`: "M. Dupont", "le maire, Luc Dupont"."""
        parse = self._tree.parse
        for _ in range(_STEPS):
            if parse.relations[word] not in _NAME_PARTS:
                return False
            word = parse.heads[word]
            if word == token:
                return True
        return False

    def _described(self, source: int) -> Speaker | None:
        parse, tree = self._tree.parse, self._tree
        if parse.pos[source] not in {"NOUN", "PROPN"}:
            return None
        parts = [
            child for child in tree.children[source] if parse.relations[child] in _PHRASE_PARTS
        ]
        first = min((tree.left[child] for child in parts), default=source)
        last = max((tree.right[child] for child in parts), default=source)
        commas = (
            word for word in range(source, last + 1) if not self._french.texts[word].isalnum()
        )
        last = next((w - 1 for w in commas if self._french.texts[w] in {",", "(", "«"}), last)
        start, end = parse.starts[min(first, source)], parse.ends[max(last, source)]
        phrase = self._french.article.text[start:end]
        return Speaker(name=phrase, entity=None, start=start, end=end, trust=_DESCRIBED)

    def _behind_pronoun(self, source: int, pronoun: str) -> Speaker | None:
        gender = _GENDERS.get(pronoun)
        if gender is None:
            return None
        parse, text = self._tree.parse, self._french.texts[source]
        start = parse.starts[source] + len(text) - len(pronoun)
        entity = self._only_fitting(source, gender)
        name = self._entities[entity].name if entity else None
        trust = _BY_PRONOUN if entity else _UNRESOLVED
        return Speaker(name=name, entity=entity, start=start, end=parse.ends[source], trust=trust)

    def _only_fitting(self, source: int, gender: str) -> str | None:
        """Return the one person of that gender who was a subject shortly before."""
        paragraphs = self._tree.parse.paragraphs
        near = {
            entity
            for token, entity in self._subjects
            if token < source and paragraphs[source] - paragraphs[token] <= _PARAGRAPHS_BACK
        }
        fitting = [entity for entity in near if self._genders.get(entity or "", gender) == gender]
        return fitting[0] if len(fitting) == 1 else None

    def _genders_told(self, mentions: Sequence[Mention]) -> dict[str, str]:
        """Return the gender of each person by title or article, else by first name."""
        told: dict[str, str] = {}
        for mention in mentions:
            gender = self._gender_before(mention) if mention.label == "PERSON" else None
            if mention.entity and gender:
                told[mention.entity] = gender
        for entity in self._entities.values():
            genders = genders_of_first_name(entity.name.split()[0])
            if entity.label == "PERSON" and len(genders) == 1:
                told.setdefault(entity.entity, *genders)
        return told

    def _gender_before(self, mention: Mention) -> str | None:
        first, _ = self._tree.tokens(mention.start, mention.end)
        texts = self._french.texts
        before = texts[first - 1] if first else ""
        if before in _TELLING:
            return _TELLING[before]
        article = texts[first - 2] if first > 1 else ""
        return _TELLING.get(article) if is_title_in("fr", before) else None
