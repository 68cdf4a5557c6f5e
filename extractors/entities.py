"""Who and what an article names, and which names mean the same."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from extractors.naming.abbreviations import Definition, definitions_in
from extractors.naming.canonical import Meaning, meanings_of
from extractors.naming.datelines import places_set_right
from extractors.naming.foreign import foreign_names, is_foreign, known_places
from extractors.naming.missednames import with_definitions, with_missed
from extractors.naming.names import entity_id
from extractors.naming.nametypes import retyped
from extractors.naming.offices import office_holders
from extractors.naming.persons import persons_set_right
from extractors.naming.spans import WITHOUT_ENTITY, Span, Words, spans_in
from extractors.naming.speakerlabels import labels_set_right
from extractors.nlp import Parse
from extractors.records import Article, Entity, Label, Mention


def resolve(article: Article, parse: Parse) -> tuple[tuple[Mention, ...], tuple[Entity, ...]]:
    """Return the mentions of an article and the entities they mean.

    Mentions come in order, never overlap and lie within one analysed paragraph each; entities
    come in order of their first mention. Names of one person, organisation or place share an
    entity; a lone surname that fits two persons of the article is an entity of its own, known in
    this article only.
    """
    words = Words(article, parse)
    definitions = definitions_in(words)
    if is_foreign(words):
        spans = with_definitions(list(foreign_names(words)), definitions)
        known: Mapping[Span, str] = known_places(words, spans)
    else:
        spans = _english_names(words, definitions)
        known = office_holders(words, spans)
    named = [(span.label, known.get(span) or words.name(span)) for span in spans]
    meanings = meanings_of(
        list(dict.fromkeys(pair for pair in named if pair[0] not in WITHOUT_ENTITY)),
        {one.short: one.long(words) for one in reversed(definitions)},
    )
    written = {name: words.name(span) for span, name in known.items()}
    entities = _entities(article.article_id, meanings, written)
    mentions = tuple(
        _mention(words, span, entities.get(pair)) for span, pair in zip(spans, named, strict=True)
    )
    return mentions, tuple(dict.fromkeys(entities.values()))


def _english_names(words: Words, definitions: Sequence[Definition]) -> list[Span]:
    found = places_set_right(words, persons_set_right(words, spans_in(words)))
    found = labels_set_right(words, found)
    spans = with_definitions(retyped(words, found), definitions)
    return list(with_missed(words, spans))


def _mention(words: Words, span: Span, entity: Entity | None) -> Mention:
    start, end = words.parse.starts[span.first], words.parse.ends[span.end - 1]
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
    written: Mapping[str, str],
) -> dict[tuple[Label, str], Entity]:
    """Return the entity of each name, in the order of `meanings`.

    `written` is what stands in the article for a name that it never has in full.
    """
    forms: defaultdict[tuple[Label, str], list[tuple[str, Meaning]]] = defaultdict(list)
    for (label, name), meaning in meanings.items():
        forms[label, meaning.key].append((name, meaning))
    entities = {
        (label, key): _entity(
            article_id, group, [written[name] for name, _ in group if name in written]
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
    # A place that the article calls otherwise than English does keeps the article's name.
    is_own = meaning.label == "PLACE" and written
    name = written[0] if is_own else _best_name(meaning.label, names, known_as)
    return Entity(
        entity=entity_id(
            meaning.label, known_as or name, within=article_id if meaning.is_local else ""
        ),
        name=name,
        label=meaning.label,
        country=next((meaning.country for _, meaning in forms if meaning.country), None),
        aliases=tuple(sorted({*names, *written} - {name, known_as if is_own else name})),
    )


def _best_name(label: Label, names: Sequence[str], known_as: str | None) -> str:
    """Return the fullest of `names`.

    Of a place or of somebody with a nickname it is the usual name, of a people the singular.
    """
    if label in {"PERSON", "PLACE"} and known_as:
        return known_as
    if label == "GROUP":
        return min(names, key=len)
    return max((*names, *([known_as] if known_as else [])), key=_fullness)


def _fullness(name: str) -> tuple[int, bool, int, bool]:
    """Order names by words, then those not shouted, then by length, then those with accents."""
    return len(name.split()), not name.isupper(), len(name), not name.isascii()
