"""What a person types for the parameters of a deployment, read as its JSON schema says."""

import argparse
import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from extractors.errors import SettingsError
from flows.cli.arguments import first_instant
from flows.cli.output import utc_text

Schema = Mapping[str, Any]

_TRUTHS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


def parameters_from(
    typed: Iterable[tuple[str, str]], schemas: Mapping[str, Schema]
) -> dict[str, object]:
    """Return the values of parameters.

    Args:
        typed: names and values; a list is given by JSON or by its name again and again, and may be
            named by one of its items (`feed` for `feeds`).
        schemas: of each parameter there is.

    Raises:
        SettingsError: there is no such parameter, or its value is of another kind.
    """
    values: dict[str, object] = {}
    for given, text in typed:
        name = _name_of(given, schemas)
        value = _value_of(name, text, schemas[name])
        known = values.get(name)
        if isinstance(known, list) and isinstance(value, list):
            value = known + value
        elif name in values:
            raise SettingsError(f"parameter {name} takes one value and was given again")
        values[name] = value
    return values


def _name_of(given: str, schemas: Mapping[str, Schema]) -> str:
    if given in schemas:
        return given
    if "array" in _kinds(schemas.get(f"{given}s", {})):
        return f"{given}s"
    raise SettingsError(f"there is no parameter {given!r}; there are: {', '.join(sorted(schemas))}")


def _value_of(name: str, text: str, schema: Schema) -> object:
    kinds = _kinds(schema)
    if text == "null" and "null" in kinds:
        return None
    for kind, read in _READERS.items():
        if kind in kinds:
            try:
                return read(text, kinds[kind])
            except (ValueError, KeyError, argparse.ArgumentTypeError) as error:
                wanted = _described(kind, kinds[kind])
                raise SettingsError(f"parameter {name}: {text!r} is not {wanted}") from error
    return text


def _kinds(schema: Schema) -> dict[str, Schema]:
    """Return the schema of each kind of value that a parameter may have, by the kind."""
    return {each.get("type", ""): each for each in schema.get("anyOf", [schema])}


def _read_list(text: str, schema: Schema) -> object:
    if text.lstrip().startswith("["):
        return list(json.loads(text))
    return [_value_of("item", text, schema.get("items", {}))]


def _read_truth(text: str, _schema: Schema) -> object:
    return _TRUTHS[text.lower()]


def _read_text(text: str, schema: Schema) -> object:
    if text.startswith('"'):
        text = str(json.loads(text))
    if text not in schema.get("enum", [text]):
        raise ValueError(text)
    if schema.get("format") == "date-time":
        return utc_text(first_instant(text))
    return text


def _described(kind: str, schema: Schema) -> str:
    if "enum" in schema:
        return "one of " + ", ".join(schema["enum"])
    if schema.get("format") == "date-time":
        return "a time such as 2026-11-22 or 2026-11-22T09:30:00Z"
    return {"array": "a list", "boolean": "true or false", "integer": "a whole number"}.get(
        kind, f"a {kind}"
    )


#: In the order in which they are tried: any text is a string.
_READERS: dict[str, Callable[[str, Schema], object]] = {
    "array": _read_list,
    "boolean": _read_truth,
    "integer": lambda text, _: int(text),
    "number": lambda text, _: float(text),
    "string": _read_text,
}
