"""The part of an article that is analysed: what is the article's own, up to a limit."""

from collections.abc import Iterator
from dataclasses import replace

from extractors.records import Article, Paragraph, Role

#: The roles whose text is analysed; everything else is kept in the text but never quoted from.
ANALYSED_ROLES: frozenset[Role] = frozenset({"standfirst", "heading", "body"})
#: Characters of an article that are analysed; the rest is kept and marked `too_long`.
MAX_ANALYSED_CHARS = 1_000_000


def analysed_paragraphs(article: Article) -> Iterator[tuple[int, Paragraph]]:
    """Yield index and paragraph of what is analysed; the one at the limit ends there."""
    for index, paragraph in enumerate(article.paragraphs):
        if paragraph.role in ANALYSED_ROLES and paragraph.start < MAX_ANALYSED_CHARS:
            yield index, replace(paragraph, end=min(paragraph.end, MAX_ANALYSED_CHARS))
