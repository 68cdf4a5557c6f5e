"""What a new version did to the quotations of the one before."""

from datetime import timedelta

import pytest

from extractors.records import Moment
from tests.builders import (
    NOON,
    a_document,
    a_fetch,
    a_harvest,
    a_quote,
    a_reading,
    an_article,
)

HOUR = timedelta(hours=1)
SCHOOL = "The school will open in autumn, whatever the weather does"
SCHOOL_LATER = "The school will open in spring, whatever the weather does"
SCHOOL_MUCH_LATER = "The school will open in the winter after next, whatever the weather does"
FERRY = "Nobody has asked the ferrymen what they think of it"


def version(number, *said, published=NOON - HOUR):
    """A page that quotes `said`, pairs of words and speaker, `number` hours after noon."""
    at = NOON + number * HOUR
    quotes = tuple(
        a_quote(start=100 * place, text=text, speaker=speaker)
        for place, (text, speaker) in enumerate(said)
    )
    article = an_article(
        text=f"Version {number}. " + ". ".join(text for text, _ in said),
        published=Moment(at=published) if published else None,
    )
    return a_harvest(
        batch_id=f"v{number}",
        made_at=at,
        fetches=(a_fetch(fetch_id=f"v{number}", started_at=at),),
        readings=(
            a_reading(
                fetch_id=f"v{number}",
                seen_at=at,
                document=a_document(article=article, quotes=quotes),
            ),
        ),
    )


@pytest.mark.parametrize(
    ("before", "after", "edits"),
    [
        pytest.param([], [(SCHOOL, "Holm")], [("added", None, SCHOOL, None, "Holm")], id="added"),
        pytest.param(
            [(SCHOOL, "Holm")], [], [("removed", SCHOOL, SCHOOL, "Holm", None)], id="removed"
        ),
        pytest.param(
            [(SCHOOL, "Holm")],
            [(SCHOOL_LATER, "Holm")],
            [("altered", SCHOOL, SCHOOL_LATER, "Holm", "Holm")],
            id="altered",
        ),
        pytest.param(
            [(SCHOOL, "Holm")],
            [(SCHOOL, "Lind")],
            [("re-attributed", SCHOOL, SCHOOL, "Holm", "Lind")],
            id="re-attributed",
        ),
        pytest.param(
            [(SCHOOL, "Holm")],
            [(FERRY, "Holm")],
            [
                ("added", None, FERRY, None, "Holm"),
                ("removed", SCHOOL, SCHOOL, "Holm", None),
            ],
            id="other words",
        ),
        pytest.param(
            [(SCHOOL, "Holm")],
            [(SCHOOL_LATER, "Holm"), (SCHOOL_MUCH_LATER, "Holm")],
            [
                ("added", None, SCHOOL_MUCH_LATER, None, "Holm"),
                ("altered", SCHOOL, SCHOOL_LATER, "Holm", "Holm"),
            ],
            id="altered into the likest of two",
        ),
        pytest.param(
            [(SCHOOL, "Holm"), (FERRY, "Lind")],
            [(FERRY, "Lind"), (SCHOOL, "Holm")],
            [],
            id="in another order",
        ),
    ],
)
def test_each_edit_of_a_quotation_is_one_row(load, rows, before, after, edits):
    load(version(1, *before), version(2, *after))

    found = rows(
        "select edit, text_before, text, speaker_before, speaker from edited_quotes order by edit"
    )

    assert found == edits


@pytest.mark.parametrize(
    ("published", "hours"), [(NOON - HOUR, 3), (None, 1)], ids=["published", "only seen"]
)
def test_an_edit_is_timed_from_publication(load, rows, published, hours):
    load(version(1, published=published), version(2, (SCHOOL, "Holm"), published=published))

    assert rows("select after_publication_s from edited_quotes") == [(hours * 3600,)]
