"""The table `[aliases]` in `onrecord.toml`: which names a person says mean the same."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import cast, get_args

from extractors.errors import SettingsError
from extractors.identity import Alias, Label


def aliases_from(tables: object, *, where: str) -> tuple[Alias, ...]:
    """Return the aliases in the value of the key `aliases`, one for each form of each name.

    A name is a form of itself; its list may be empty.

    Raises:
        SettingsError: not tables of labels, a label there is not, a value that is no list of
            texts, a form without letters, or one that two names claim.
    """
    if not isinstance(tables, Mapping):
        raise SettingsError(f"{where}: aliases are written as tables, one a label: [aliases.ORG]")
    found = [each for label, names in tables.items() for each in _of_label(label, names, where)]
    counts = Counter(each.name_id for each, _ in found)
    if twice := sorted({form for each, form in found if counts[each.name_id] > 1}):
        raise SettingsError(f"{where}: aliases: two names claim {', '.join(map(repr, twice))}")
    return tuple(each for each, _ in found)


def _of_label(label: object, names: object, where: str) -> Iterator[tuple[Alias, str]]:
    """Yield each alias of one label with the form it is written in."""
    # Most homes have no aliases, and most commands no other use for what this loads.
    from extractors.naming.spans import WITHOUT_ENTITY

    labels = tuple(each for each in get_args(Label) if each not in WITHOUT_ENTITY)
    if label not in labels:
        raise SettingsError(f"{where}: [aliases.{label}]: a label is one of {', '.join(labels)}")
    if not isinstance(names, Mapping):
        raise SettingsError(f"{where}: [aliases.{label}] must be a table of names and lists")
    known = cast("Label", label)
    for name, forms in names.items():
        if not isinstance(forms, list) or not all(isinstance(form, str) for form in forms):
            raise SettingsError(
                f"{where}: [aliases.{label}]: {name!r} needs a list of texts, its other forms"
            )
        for ident, form in {_id(known, form, where): form for form in (name, *forms)}.items():
            yield Alias(label=known, name=name, name_id=ident), form


def _id(label: Label, form: str, where: str) -> str:
    from extractors.naming.variants import id_of_name

    if not any(map(str.isalnum, form)) or not form.isprintable():
        raise SettingsError(f"{where}: [aliases.{label}]: {form!r} is no name")
    return id_of_name(label, form)
