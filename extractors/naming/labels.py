"""The labels of models, and what they are called here."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import get_args

from extractors.errors import SettingsError
from extractors.identity import Label

#: The scheme of the models for English.
ONTONOTES: Mapping[str, Label] = MappingProxyType(
    {
        "PERSON": "PERSON",
        "ORG": "ORG",
        "GPE": "PLACE",
        "LOC": "PLACE",
        "FAC": "PLACE",
        "NORP": "GROUP",
        "EVENT": "EVENT",
        "WORK_OF_ART": "WORK",
        "PRODUCT": "PRODUCT",
        "LAW": "LAW",
        "DATE": "DATE",
        "MONEY": "MONEY",
    }
)
#: CoNLL and WikiNER ("PER"; their "MISC" may be anything), and the words that models are asked
#: for which take any: "person", "organization".
_OTHERS: Mapping[str, Label] = MappingProxyType(
    {
        "PER": "PERSON",
        "person": "PERSON",
        "people": "PERSON",
        "organization": "ORG",
        "organisation": "ORG",
        "company": "ORG",
        "location": "PLACE",
        "place": "PLACE",
        "city": "PLACE",
        "country": "PLACE",
        "facility": "PLACE",
        "nationality": "GROUP",
        "group": "GROUP",
        "event": "EVENT",
        "work": "WORK",
        "work of art": "WORK",
        "product": "PRODUCT",
        "law": "LAW",
        "date": "DATE",
        "money": "MONEY",
    }
)
_OWN: Mapping[str, Label] = MappingProxyType({label: label for label in get_args(Label)})
#: Every label that is understood; what is missing here is no name.
LABELS: Mapping[str, Label] = MappingProxyType({**_OTHERS, **_OWN, **ONTONOTES})


def understood(label: str, given: Mapping[str, Label]) -> str:
    """Return the label that a parse has for a model's `label`.

    That is the one of OntoNotes where the model has it, for the weights of quotations know those;
    else one of ours, and what nobody knows stays as it is.

    Args:
        label: as the model gives it.
        given: what the user says that labels of his model mean; counts most.
    """
    if label in given:
        return given[label]
    return label if label in ONTONOTES else LABELS.get(label, label)


def labels_from(given: Mapping[str, str]) -> dict[str, Label]:
    """Return the user's `given` labels, each with a label of ours.

    Raises:
        SettingsError: one is to mean a label that we do not have.
    """
    if unknown := sorted(set(given.values()) - set(_OWN)):
        raise SettingsError(f"nlp_labels: no label is called {unknown[0]!r}: {', '.join(_OWN)}")
    return {label: _OWN[own] for label, own in given.items()}
