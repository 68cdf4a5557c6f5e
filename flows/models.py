"""The language models that settings name."""

from extractors.naming.labels import labels_from
from extractors.nlp import Models
from flows.settings import Settings


def models_of(settings: Settings) -> Models:
    """Return the models that `settings` name, none of them loaded yet.

    Raises:
        SettingsError: one is not installed, is for another language, or a label is unknown.
    """
    return Models(
        settings.nlp_model,
        others=settings.nlp_models,
        labels=labels_from(settings.nlp_labels),
    )
