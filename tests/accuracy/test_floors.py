"""Accuracy may rise and must not fall."""

import os
from pathlib import Path

import pytest

from tests.accuracy.measure import figures, floors, raised
from tests.bench.quotes import dev_figures

BENCH = os.environ.get("BENCH_DIR")
OURS = [(group, name) for group, named in floors().items() if group != "dev" for name in named]


@pytest.fixture(scope="module")
def measured():
    return figures()


@pytest.mark.parametrize(("group", "name"), OURS)
def test_the_figure_on_our_own_gold_is_not_below_its_floor(measured, group: str, name: str):
    assert measured[group][name] >= floors()[group][name]


def test_every_style_has_a_floor(measured):
    assert set(measured["style"]) == set(floors()["style"])


@pytest.mark.skipif(not BENCH, reason="BENCH_DIR names no folder with annotated news")
def test_no_figure_on_annotated_news_is_below_its_floor():
    measured = dev_figures(Path(BENCH) / "quotes")

    assert {name: measured[name] for name, floor in floors()["dev"].items()
            if measured[name] < floor} == {}  # fmt: skip


def test_a_floor_rises_with_its_figure_and_falls_only_if_it_may():
    least = {"styles": {"recall": 0.9, "precision": 0.5}, "dev": {"words_f1": 0.8}}
    measured = {"styles": {"recall": 0.7, "precision": 0.7}}

    kept, moved = raised(least, measured), raised(least, measured, may_lower=True)

    assert kept["styles"] == {"recall": 0.9, "precision": pytest.approx(0.695)}
    assert moved["styles"]["recall"] == pytest.approx(0.695)
    assert kept["dev"] == moved["dev"] == {"words_f1": 0.8}
