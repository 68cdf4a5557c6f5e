"""Names in articles that are not in English: the model's, without the rules for English."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from types import MappingProxyType

from extractors.identity import Label
from extractors.naming.labels import LABELS
from extractors.naming.names import PARTICLES, folded_words
from extractors.naming.spans import Span, Words
from extractors.wordlists import lines_in, words_in

#: Languages whose articles the rules for English are for; None is a text too short to tell.
_ENGLISH = frozenset({"en", None})
_LONGEST_NAME = 16  #: words; what is longer is a model's slip
_LONGEST_TITLE = 3  #: words
#: What a word alone with a capital is no name for: it begins a sentence.
_SMALL = frozenset({"ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "PRON", "SCONJ", "VERB"})
#: Articles that begin a sentence, or a name.
_ARTICLES_FIRST = frozenset({"L'", "L’", "Le", "La", "Les"})
#: The list of titles before a name, by language.
_TITLES: Mapping[str | None, str] = MappingProxyType({"fr": "titles_french"})


def is_foreign(words: Words) -> bool:
    """Answer whether the article is in another language than English."""
    return words.article.lang not in _ENGLISH


def foreign_names(words: Words) -> Iterator[Span]:
    """Yield the model's names, cleaned, in order, none over another.

    Articles in small letters, outer punctuation and, where the language's are known, titles are
    left out.
    """
    for first, end, model_label in words.parse.named:
        if label := LABELS.get(model_label):
            span = _retyped(words, _trimmed(words, Span(first=first, end=end, label=label)))
            if span.first < span.end and _is_plausible(words, span):
                yield span


def known_places(words: Words, spans: Sequence[Span]) -> dict[Span, str]:
    """Return the usual English name of each place in `spans` that everybody knows by another."""
    if words.article.lang != "fr":
        return {}
    known = _french_places()
    named = ((span, words.name(span)) for span in spans if span.label == "PLACE")
    usual = ((span, known.get(name.replace("’", "'"))) for span, name in named)
    return {span: name for span, name in usual if name}


def is_title_in(lang: str | None, phrase: str) -> bool:
    """Answer whether `phrase` stands before persons' names in `lang`: "Mme", "le président"."""
    name = _TITLES.get(lang)
    return name is not None and " ".join(folded_words(phrase)) in words_in(name)


def _trimmed(words: Words, span: Span) -> Span:
    first, end = span.first, span.end
    while first < end and _is_outside(words, first, span.label):
        first += 1
    while first < end and _is_behind(words, end - 1, span.label):
        end -= 1
    if span.label == "PERSON":
        first = _after_titles(words, first, end)
    return replace(span, first=first, end=end)


def _is_outside(words: Words, index: int, label: Label) -> bool:
    word = words.texts[index]
    if not any(map(str.isalnum, word)):
        return True
    if label == "PERSON":
        return word.islower() and word not in PARTICLES
    if word in _ARTICLES_FIRST:
        return "".join(words.texts[index + 1 : index + 2]).isupper()  # "L'ONU", but "La Poste"
    return word.islower() and words.parse.pos[index] in _SMALL  # "ministère" begins a name


def _is_behind(words: Words, index: int, label: Label) -> bool:
    """Answer whether the last word of a name is none of it: "Jean Dupont lundi"."""
    word = words.texts[index]
    return not any(map(str.isalnum, word)) or (label == "PERSON" and word.islower())


def _retyped(words: Words, span: Span) -> Span:
    """Return `span`, a person if a title stands before it or it is a person's surname."""
    if span.first >= span.end or span.label not in {"ORG", "PLACE"}:
        return span
    before = words.texts[span.first - 1] if span.first else ""
    is_titled = before[:1].isupper() and is_title_in(words.article.lang, before)
    is_surname = span.end - span.first == 1 and words.texts[span.first] in words.surnames
    return replace(span, label="PERSON") if is_titled or is_surname else span


def _after_titles(words: Words, first: int, end: int) -> int:
    lang = words.article.lang
    while first < end - 1:
        longest = min(_LONGEST_TITLE, end - 1 - first)
        lengths = range(longest, 0, -1)
        taken = (n for n in lengths if is_title_in(lang, words.phrase(first, first + n)))
        if not (length := next(taken, 0)):
            break
        first += length
    return first


def _is_plausible(words: Words, span: Span) -> bool:
    name = words.phrase(span.first, span.end)
    if span.end - span.first > _LONGEST_NAME or not words.is_one_line(span.first, span.end):
        return False
    if span.label in {"DATE", "MONEY"}:
        return True
    if "@" in name or "://" in name or len(name) < 2 or not any(map(str.isupper, name)):
        return False
    if span.label == "PERSON" and (any(map(str.isdigit, name)) or _is_title(words, name)):
        return False
    if words.texts[span.first].islower() and _is_title(words, words.texts[span.first]):
        return False  # "ministre de l'Économie" is whoever that is
    return span.end - span.first > 1 or words.parse.pos[span.first] not in _SMALL


def _is_title(words: Words, name: str) -> bool:
    return is_title_in(words.article.lang, name)


@cache
def _french_places() -> Mapping[str, str]:
    """Return the usual English name of each place by its French ones."""
    lines = (line.split(";") for line in lines_in("places_french"))
    return MappingProxyType({form: english for english, *forms in lines for form in forms})
