"""Who and what an article names, and which names mean the same."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from extractors.naming.abbreviations import definitions_in
from extractors.naming.bearers import bearers_meant
from extractors.naming.canonical import Meaning, meanings_of
from extractors.naming.names import entity_id
from extractors.naming.offices import office_holders
from extractors.naming.recognition import RULES, Rule, recognised
from extractors.naming.spans import WITHOUT_ENTITY, Span, Words, without_turned_possessive
from extractors.naming.variants import id_of_name, identity_of
from extractors.nlp import Parse
from extractors.records import Article, Entity, Label, Mention


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
        rules: those that set the model's names right, in order; fewer only to see what each is
            worth.
    """
    words = Words(article, parse)
    definitions = definitions_in(words)
    spans = recognised(words, rules)
    holders = office_holders(words, spans)
    full = {**holders, **bearers_meant(words, spans, holders)}
    named = [(span.label, full.get(span) or words.name(span)) for span in spans]
    meanings = meanings_of(
        list(dict.fromkeys(pair for pair in named if pair[0] not in WITHOUT_ENTITY)),
        {one.short: one.long(words) for one in reversed(definitions)},
    )
    written = {(name, words.name(span)) for span, name in full.items()}
    entities = _entities(article.article_id, meanings, written)
    mentions = tuple(
        _mention(words, span, entities.get(pair)) for span, pair in zip(spans, named, strict=True)
    )
    return mentions, tuple(dict.fromkeys(entities.values()))


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


def _entities(
    article_id: str,
    meanings: Mapping[tuple[Label, str], Meaning],
    written: Iterable[tuple[str, str]],
) -> dict[tuple[Label, str], Entity]:
    """Return the entity of each name, in the order of `meanings`.

    `written` has pairs of a person's full name and what stands in the article for it.
    """
    stands_for: defaultdict[str, list[str]] = defaultdict(list)
    for full, short in written:
        stands_for[full].append(short)
    forms: defaultdict[tuple[Label, str], list[tuple[str, Meaning]]] = defaultdict(list)
    for (label, name), meaning in meanings.items():
        forms[label, meaning.key].append((name, meaning))
    entities = {
        (label, key): _entity(
            article_id, group, [short for name, _ in group for short in stands_for.get(name, ())]
        )
        for (label, key), group in forms.items()
    }
    return {
        (label, name): entities[label, meaning.key] for (label, name), meaning in meanings.items()
    }


def _entity(
    article_id: str, forms: Sequence[tuple[str, Meaning]], written: Sequence[str]
) -> Entity:
    _, meaning = forms[0]
    names = [name for name, _ in forms]
    known_as = next((meaning.known_as for _, meaning in forms if meaning.known_as), None)
    name = _best_name(meaning.label, names, known_as)
    return Entity(
        entity=entity_id(meaning.label, name, within=article_id)
        if meaning.is_local
        else id_of_name(meaning.label, name),
        name=name,
        label=meaning.label,
        country=next((meaning.country for _, meaning in forms if meaning.country), None),
        aliases=(aliases := tuple(sorted({*names, *written} - {name}))),
        identity=identity_of(meaning.label, name, aliases),
    )


def _best_name(label: Label, names: Sequence[str], known_as: str | None) -> str:
    """Return the fullest of `names`.

    Of a place or of somebody with a nickname it is the usual name, of a people the singular.
    """
    if label in {"PERSON", "PLACE"} and known_as:
        return known_as
    if label == "GROUP":
        return min(names, key=len)
    return max((*([known_as] if known_as else []), *names), key=_fullness)


def _fullness(name: str) -> tuple[int, bool, int, bool]:
    """Order names by words, then those not shouted, then by length, then those with accents."""
    return len(name.split()), not name.isupper(), len(name), not name.isascii()
