"""Who and what an article names, and which names mean the same."""

from collections.abc import Mapping, Sequence

from extractors.naming.bearers import bearers_meant
from extractors.naming.canonical import meanings_of
from extractors.naming.clusters import entities_of
from extractors.naming.foreign import foreign_names, is_foreign, known_places
from extractors.naming.missednames import with_definitions
from extractors.naming.offices import office_holders
from extractors.naming.recognition import RULES, Rule, recognised
from extractors.naming.spans import WITHOUT_ENTITY, Span, Words, without_turned_possessive
from extractors.naming.wherecities import cities_in_full
from extractors.nlp import Parse
from extractors.records import Article, Entity, Mention


def resolve(
    article: Article, parse: Parse, *, rules: Sequence[Rule] = RULES
) -> tuple[tuple[Mention, ...], tuple[Entity, ...]]:
    """Return the mentions of an article and the entities they mean.

    Mentions come in order, never overlap and lie within one analysed paragraph each; entities
    come in order of their first mention. Names of one person, organisation or place share an
    entity; a lone surname that fits two persons of the article is an entity of its own, known in
    this article only.

    Args:
        article: the text that `parse` is of.
        parse: words and the model's names.
        rules: those that set the model's names right in English, in order; fewer only to see
            what each is worth.
    """
    words = Words(article, parse)
    spans, full = _named(words, rules)
    named = [(span.label, full.get(span) or words.name(span)) for span in spans]
    meanings = meanings_of(
        list(dict.fromkeys(pair for pair in named if pair[0] not in WITHOUT_ENTITY)),
        {one.short: one.long(words) for one in reversed(words.definitions)},
    )
    written = {(name, words.name(span)) for span, name in full.items()}
    entities = entities_of(article.article_id, meanings, written)
    mentions = tuple(
        _mention(words, span, entities.get(pair)) for span, pair in zip(spans, named, strict=True)
    )
    return mentions, tuple(dict.fromkeys(entities.values()))


def _named(words: Words, rules: Sequence[Rule]) -> tuple[Sequence[Span], Mapping[Span, str]]:
    """Return the spans that name something, and the names in full of those written otherwise."""
    if is_foreign(words):
        spans = with_definitions(words, foreign_names(words))
        return spans, known_places(words, spans)
    spans = recognised(words, rules)
    holders = office_holders(words, spans)
    bearers = bearers_meant(words, spans, holders)
    return spans, {**cities_in_full(words, spans), **holders, **bearers}


def _mention(words: Words, span: Span, entity: Entity | None) -> Mention:
    start = words.parse.starts[span.first]
    end = start + len(without_turned_possessive(words.phrase(span.first, span.end)))
    return Mention(
        start=start,
        end=end,
        text=words.article.text[start:end],
        label=span.label,
        entity=entity.entity if entity else None,
    )
