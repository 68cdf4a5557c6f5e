"""The entities of an article: each made of the names that mean the same there."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from extractors.identity import Label
from extractors.naming.canonical import Meaning
from extractors.naming.names import entity_id
from extractors.naming.variants import id_of_name, identity_of
from extractors.records import Entity


def entities_of(
    article_id: str,
    meanings: Mapping[tuple[Label, str], Meaning],
    written: Iterable[tuple[str, str]],
) -> dict[tuple[Label, str], Entity]:
    """Return the entity of each name, in the order of `meanings`.

    Args:
        article_id: part of the id of whom only the article can tell from others.
        meanings: what each label and name means.
        written: pairs of a full name and what stands in the article for it.
    """
    stands_for: defaultdict[str, list[str]] = defaultdict(list)
    for full, short in sorted(written):
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
    usual = _best_name(meaning.label, names, known_as)
    # A place that the article calls otherwise than English does keeps the article's name.
    is_foreign = meaning.label == "PLACE" and written and not usual.startswith(f"{written[0]}, ")
    name = written[0] if is_foreign else usual
    aliases = tuple(sorted({*names, *written} - {name, usual}))
    return Entity(
        entity=entity_id(meaning.label, name, within=article_id)
        if meaning.is_local
        else id_of_name(meaning.label, usual),
        name=name,
        label=meaning.label,
        country=next((meaning.country for _, meaning in forms if meaning.country), None),
        aliases=aliases,
        identity=identity_of(meaning.label, usual, aliases, written=name),
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
