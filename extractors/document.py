"""From an article or a text to its Document: every extractor in turn, over one parse."""

from dataclasses import replace

from extractors.entities import resolve
from extractors.errors import PageError
from extractors.nlp import Models
from extractors.plaintext import article_from_text
from extractors.quotes import quotes_in, quotes_without_parse
from extractors.records import Article, Document
from extractors.registry import extractor_version
from extractors.speakers import attributed


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

    In a language without a model: quotations by their marks alone, nobody named, a warning.
    """
    version = extractor_version(models.version)
    nlp = models.for_lang(article.lang)
    if nlp is None:
        warning = f"no_model:{article.lang or 'und'}"
        return Document(
            article=replace(article, warnings=(*article.warnings, warning)),
            quotes=tuple(quotes_without_parse(article)),
            extractor_version=version,
        )
    parse = nlp.parse(article)
    mentions, entities = resolve(article, parse)
    return Document(
        article=article,
        quotes=attributed(tuple(quotes_in(article, parse)), article, parse, mentions, entities),
        mentions=mentions,
        entities=entities,
        extractor_version=version,
    )
