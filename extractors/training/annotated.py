"""A gold article as the extractors see it at run time, and its annotations in tokens."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from extractors.entities import resolve
from extractors.nlp import Nlp, Parse
from extractors.plaintext import article_from_text
from extractors.records import Article, Mention
from extractors.speech.marks import Marked, quoted_spans
from extractors.speech.syntax import Tree
from extractors.speech.transcripts import without_labels
from extractors.training.gold import Attribution, GoldArticle, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotated:
    """One article with its gold, its parse and what every extractor of speech starts from."""

    gold: GoldArticle
    article: Article
    parse: Parse
    tree: Tree
    mentions: tuple[Mention, ...]
    marked: tuple[Marked, ...]
    quoted: Sequence[bool]  #: for each token, whether it stands in quotation marks


def annotated(gold: Iterable[GoldArticle], nlp: Nlp) -> Iterator[Annotated]:
    """Yield the articles of `gold`, parsed, in order."""
    for each in gold:
        article = article_from_text(each.text)
        parse = nlp.parse(article)
        yield annotated_article(each, article, parse, resolve(article, parse)[0])


def annotated_article(
    gold: GoldArticle, article: Article, parse: Parse, mentions: tuple[Mention, ...]
) -> Annotated:
    """Return `gold` with what was made of its text."""
    tree = Tree(parse)
    marked = tuple(without_labels(list(quoted_spans(article)), article.text))
    in_marks = tokens_in(tree, [(each.start, each.end) for each in marked])
    return Annotated(
        gold=gold,
        article=article,
        parse=parse,
        tree=tree,
        mentions=mentions,
        marked=marked,
        quoted=[token in in_marks for token in range(tree.size)],
    )


def tokens_in(tree: Tree, spans: Iterable[Span]) -> set[int]:
    """Return the tokens that touch any of `spans`."""
    return {token for start, end in spans for token in range(*tree.tokens(start, end))}


def words_among(tree: Tree, tokens: Iterable[int]) -> set[int]:
    """Return `tokens` without punctuation and blanks."""
    return {token for token in tokens if tree.is_word(token)}


def owners_of(
    tree: Tree, attributions: Iterable[Attribution]
) -> dict[int, tuple[Attribution, ...]]:
    """Return for each token the attributions in whose content it stands, in order of the gold."""
    owners: dict[int, tuple[Attribution, ...]] = {}
    for attribution in attributions:
        for token in tokens_in(tree, attribution.content):
            owners[token] = (*owners.get(token, ()), attribution)
    return owners
