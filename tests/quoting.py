"""Quotations of a plain text, as the tests of speech ask for them."""

from collections.abc import Callable

from extractors.entities import resolve
from extractors.nlp import Parse
from extractors.quotes import quotes_in
from extractors.records import Article, Quote
from extractors.speakers import attributed

#: The fixture `parsed`: gives the article of a plain text, and its parse.
Parsed = Callable[[str], tuple[Article, Parse]]


def quotes_of(parsed: Parsed, *paragraphs: str) -> tuple[Quote, ...]:
    """Return the quotations of the text of `paragraphs`, with their speakers."""
    article, parse = parsed("\n\n".join(paragraphs))
    return attributed(quotes_in(article, parse), article, parse, *resolve(article, parse))


def last_speaker(parsed: Parsed, *paragraphs: str) -> str | None:
    """Return who says the last quotation of that text."""
    return quotes_of(parsed, *paragraphs)[-1].speaker
