"""From an article or a text to its Document: every extractor in turn, over one parse."""

from collections.abc import Sequence
from dataclasses import replace
from types import MappingProxyType

from extractors.entities import resolve
from extractors.errors import PageError
from extractors.nlp import Models, Parse
from extractors.plaintext import article_from_text
from extractors.quotes import quotes_in, quotes_without_parse
from extractors.records import Article, Document, Entity, Mention, Quote
from extractors.registry import extractor_version
from extractors.speakers import attributed
from extractors.speech.french import quotes_in_french
from extractors.speech.syntax import Tree


def document_from_text(text: str, models: Models, *, url: str | None = None) -> Document:
    """Return plain `text` with its quotes, mentions and entities; offsets index `text` as given.

    Raises:
        PageError: there is nothing but blanks.
    """
    article = article_from_text(text, url=url)
    if not article.paragraphs:
        raise PageError(article.url, "empty", "the text has no words")
    return document_from_article(article, models)


def document_from_article(article: Article, models: Models) -> Document:
    """Return `article` with what the model of its language finds in it.

    In a language without a model: quotations by their marks alone, nobody named, a warning. Names
    but no speakers, and another warning, where the model knows no grammar or nothing here knows
    how the language reports.
    """
    nlp = models.for_lang(article.lang)
    version = extractor_version(models.version)
    if nlp is None:
        return Document(
            article=_with_warning(article, "no_model"),
            quotes=tuple(quotes_without_parse(article)),
            extractor_version=version,
        )
    parse = nlp.parse(article)
    mentions, entities = resolve(article, parse)
    speech = _SPEECH.get(article.lang or "") if nlp.has_grammar else None
    return Document(
        article=article if speech else _with_warning(article, "quotes_by_marks"),
        quotes=speech(article, parse, mentions, entities)
        if speech
        else tuple(quotes_without_parse(article)),
        mentions=mentions,
        entities=entities,
        extractor_version=version,
    )


def _in_english(
    article: Article, parse: Parse, mentions: Sequence[Mention], entities: Sequence[Entity]
) -> tuple[Quote, ...]:
    tree = Tree(parse)
    quotes = quotes_in(article, parse, tree=tree)
    return attributed(quotes, article, parse, mentions, entities, tree=tree)


def _with_warning(article: Article, warning: str) -> Article:
    told = f"{warning}:{article.lang or 'und'}"
    return replace(article, warnings=(*article.warnings, told))


#: Who says what, by language.
_SPEECH = MappingProxyType({"en": _in_english, "fr": quotes_in_french})
