"""An outlet that fills in a form, and a story of more printings than a text is compared with."""

import random

import duckdb
import pytest

from extractors.records import Harvest
from extractors.versions import judge_change
from tests.presscopies import WIRE, house_style, weather
from tests.printings import printed, stories_of, together
from warehouse.load import load_folder
from warehouse.migrate import migrate
from warehouse.staging import stage

PRINTINGS, FORECASTS = 100, 150
VERDICTS = "select count(*) from story_candidates"


def place(rng: random.Random) -> str:
    """A name of four syllables."""
    return "".join(rng.choice("bdfgklmnprst") + rng.choice("aeiou") for _ in range(4)).title()


def forecasts(number: int, rng: random.Random) -> list[Harvest]:
    """Reports of a weather office, each of another town, with figures that no two share."""
    return [
        printed(
            f"weather{count:04}",
            weather(
                place(rng),
                high=rng.randint(0, 10**6),
                low=rng.randint(0, 10**6),
                wind=place(rng),
                river=place(rng),
            ),
        )
        for count in range(number)
    ]


def printings(number: int, rng: random.Random) -> list[Harvest]:
    """A wire story in two wordings, cut at the end or not, each time with words left out."""
    texts = []
    for _ in range(number):
        text = rng.choice((WIRE, house_style(WIRE)))
        paragraphs = text.split("\n")[: rng.choice((4, 6, 8))]
        words = " ".join(paragraphs).split(" ")
        texts.append(" ".join(word for word in words if rng.random() > 0.02))
    return [printed(f"wire{count:04}", text) for count, text in enumerate(texts)]


def with_slips(text: str, rng: random.Random) -> str:
    """The text with two of its words misprinted."""
    words = text.split()
    for at in rng.sample(range(30, len(words)), k=2):
        words[at] = place(rng).lower()
    return " ".join(words)


def batches_of(harvests: list[Harvest], size: int) -> list[Harvest]:
    """The harvests, so many a batch."""
    return [
        together(harvests[start : start + size], f"batch {start}")
        for start in range(0, len(harvests), size)
    ]


@pytest.mark.parametrize(("order", "size"), [(1, 250), (2, 50)])
def test_a_hundred_printings_among_more_forms_are_one_story(tmp_path, order, size):
    rng = random.Random(0)  # noqa: S311 (not for secrets)
    harvests = [*printings(PRINTINGS, rng), *forecasts(FORECASTS, rng)]
    random.Random(order).shuffle(harvests)  # noqa: S311 (not for secrets)

    found = stories_of(batches_of(harvests, size), tmp_path)

    wire = [(f"wire{number:04}", "wire0000") for number in range(PRINTINGS)]
    towns = [f"weather{number:04}" for number in range(FORECASTS)]
    assert found == [*zip(towns, towns, strict=True), *wire]


@pytest.mark.parametrize("size", [100, 35])
def test_two_wordings_of_more_printings_than_a_text_is_compared_with_are_one_story(tmp_path, size):
    rng = random.Random(0)  # noqa: S311 (not for secrets)
    reworded = " ".join(
        "anew" if place % 14 == 13 else word for place, word in enumerate(WIRE.split())
    )
    harvests = [
        printed(f"wire{number:04}", with_slips(WIRE if number % 2 else reworded, rng))
        for number in range(100)
    ]

    found = stories_of(batches_of(harvests, size), tmp_path)

    assert {story_id for _, story_id in found} == {"wire0000"}


def test_a_form_costs_a_bounded_number_of_verdicts_a_text_however_many_are_held(tmp_path):
    rng = random.Random(0)  # noqa: S311 (not for secrets)
    verdicts = []

    with duckdb.connect() as db:
        migrate(db)
        for number, harvest in enumerate(batches_of(forecasts(240, rng), 40)):
            stage(harvest, tmp_path / str(number))
            load_folder(db, tmp_path / str(number), judge=judge_change)
            verdicts += db.execute(VERDICTS).fetchall()[0]

    assert max(verdicts) <= 30 * 40
