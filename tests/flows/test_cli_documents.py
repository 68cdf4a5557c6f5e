"""`extract`, `add` and `demo`."""

import json
import subprocess
import sys

import pytest

from tests.press import RAIN, onrecord, rows, set_up

KEYS = [
    "id", "url", "title", "authors", "published", "modified", "lang", "outlet", "agency",
    "page_kind", "access", "text", "paragraphs", "captions", "quotes", "mentions", "entities",
    "warnings", "section", "tags", "lead_image", "sources",
]  # fmt: skip
QUOTE_KEYS = [
    "start", "end", "text", "kind", "utterance", "cue", "cue_start", "cue_end", "speaker",
    "speaker_id", "speaker_mention", "speaker_start", "speaker_end", "confidence",
]  # fmt: skip
TEXT = "\n\n".join(RAIN)


@pytest.fixture(autouse=True)
def _light(tmp_path, monkeypatch, model, standing_press):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ONRECORD_NLP_MODEL", str(model))
    monkeypatch.setenv("ONRECORD_ALLOW_HOSTS", standing_press.host)
    monkeypatch.setenv("ONRECORD_PAUSE_S", "0")
    monkeypatch.setenv("ONRECORD_MIN_FREE_GB", "0")


def test_one_document_gives_one_json_and_leaves_no_trace(tmp_path, standing_press):
    page = tmp_path / "page.html"
    page.write_bytes(standing_press.routes["/streik"].body)

    said = onrecord("extract", page, "--url", "https://paper.example/streik")

    found = said.json
    assert (said.code, list(found)) == (0, KEYS)
    assert (found["title"], found["lang"]) == ("Fahrer legen die Arbeit nieder", "de")
    assert (found["url"], found["outlet"]) == ("https://paper.example/streik", "paper.example")
    assert found["warnings"] == ["no_model:de"]
    [quote] = found["quotes"]
    assert list(quote) == QUOTE_KEYS
    assert found["text"][quote["start"] : quote["end"]] == quote["text"]
    assert [each.name for each in tmp_path.iterdir()] == ["page.html"]


def test_text_comes_back_as_it_was_given():
    given = "Ein Wort,\r\n  und “noch” eines\t.\n\n\n𝕏 ende "

    said = onrecord("extract", "--text", stdin=given.encode())

    assert said.code == 0
    assert said.json["text"] == given


def test_mentions_stand_where_they_say():
    found = onrecord("extract", "--text", "-", stdin=TEXT.encode()).json

    assert [each["text"] for each in found["mentions"]] == [
        "Larkhaven", "Mara Lindqvist", "Lindqvist"
    ]  # fmt: skip
    assert all(TEXT[each["start"] : each["end"]] == each["text"] for each in found["mentions"])
    names = {each["entity"]: each["name"] for each in found["entities"]}
    assert {names[each["entity"]] for each in found["mentions"]} == {"Larkhaven", "Mara Lindqvist"}


def test_a_page_is_fetched_for_its_url(standing_press, tmp_path):
    said = onrecord("extract", standing_press.url("/rain"))

    assert (said.code, said.json["title"]) == (0, "Rain closes the harbour")
    assert said.json["url"] == standing_press.url("/rain")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("path", ["/no-such-page", "/feed"])
def test_a_page_that_is_no_article_is_1_with_the_reason(standing_press, path):
    said = onrecord("extract", standing_press.url(path))

    assert (said.code, said.out) == (1, "")
    assert standing_press.url(path) in said.err


@pytest.mark.parametrize("given", [b"", b"<html><body></body></html>", b"\x00\xff\xfe"])
def test_what_is_no_page_is_1_and_one_line(given):
    said = onrecord("extract", "-", stdin=given)

    assert (said.code, said.out) == (1, "")
    assert len(said.err.strip().splitlines()) == 1


def test_a_stream_answers_every_line_in_order_and_survives_bad_ones(standing_press):
    html = standing_press.routes["/rain"].body.decode()
    lines = [
        json.dumps({"id": 1, "text": TEXT}),
        "not json",
        "[" * 100_000,
        "[1, 2]",
        json.dumps({"id": "empty", "html": "<html></html>"}),
        json.dumps({"id": "both", "html": "<p>", "text": ""}),
        json.dumps({"id": "neither"}),
        json.dumps({"id": "number", "text": 7}),
        json.dumps({"id": "where", "text": TEXT, "url": 7}),
        json.dumps({"id": "\ud800", "text": "A lone \ud800 surrogate."}),
        json.dumps({"id": {"deep": [None]}, "html": html, "url": "https://paper.example/rain"}),
        json.dumps({"text": "Without an id."}),
    ]

    said = onrecord("extract", "--jsonl", stdin="\n".join(lines).encode())

    answers = [json.loads(line) for line in said.out.splitlines()]
    assert said.code == 0, said.err
    assert [answer["id"] for answer in answers] == [
        1, None, None, None, "empty", "both", "neither", "number", "where", "\ud800",
        {"deep": [None]}, None,
    ]  # fmt: skip
    good = [index for index, answer in enumerate(answers) if "error" not in answer]
    assert good == [0, 9, 10, 11]
    assert all(answer.keys() == {"id", "error"} for answer in answers if "error" in answer)
    assert list(answers[10]) == KEYS


@pytest.mark.parametrize("kind", ["text", "html"])
def test_half_a_character_becomes_the_replacement_character_with_a_warning(kind):
    line = "The mayor of Larkhaven, Mara Lindqvist, spoke\ud800 of rain for hours. " * 8
    given = line.strip() if kind == "text" else f"<h1>Rain</h1><p>{line.strip()}</p>"

    said = onrecord("extract", "--jsonl", stdin=json.dumps({"id": 1, kind: given}).encode())

    answer = json.loads(said.out)
    assert answer["text"] == line.strip().replace("\ud800", "\ufffd")
    assert "surrogate" in answer["warnings"]


def test_one_document_is_one_line_to_those_who_end_lines_at_odd_characters():
    given = "The mayor spoke\u2028of rain,\u2029of snow,\x85and of hail in Larkhaven."

    said = onrecord("extract", "--text", stdin=given.encode())

    (line,) = said.out.splitlines()
    assert json.loads(line)["text"] == given


@pytest.mark.parametrize("command", [["--text"], ["--html"], ["--jsonl"]], ids=lambda each: each[0])
def test_a_document_that_takes_too_long_is_ended_with_what_to_do(command, monkeypatch):
    monkeypatch.setenv("ONRECORD_DOCUMENT_TIMEOUT_S", "1")
    sentence = "The mayor, Mara Lindqvist, met all of the people of Larkhaven. "
    long = "".join(f"<p>On day {day}: {sentence * 10}</p>" for day in range(300))
    lines = [json.dumps({"id": 1, "html": long}), json.dumps({"id": 2, "text": "Rain fell."})]
    given = "\n".join(lines) if command == ["--jsonl"] else long

    said = onrecord("extract", *command, stdin=given.encode())

    if command == ["--jsonl"]:
        late, next_one = map(json.loads, said.out.splitlines())
        assert (said.code, next_one["id"], next_one["text"]) == (0, 2, "Rain fell.")
        told = late["error"]
    else:
        assert (said.code, said.out) == (1, "")
        told = said.err
    assert "crashed: no result after 1 s" in told
    assert "document_timeout_s" in told


@pytest.mark.parametrize(
    ("source", "given", "name"),
    [("-", b"<p>", "stdin"), (None, b"<p>", "stdin"), ("a.pdf", b"%PDF-1.7", "a.pdf")],
)
def test_what_fails_is_called_by_its_name(tmp_path, source, given, name):
    (tmp_path / "a.pdf").write_bytes(given)

    said = onrecord("extract", *([source] if source else []), stdin=given)

    assert said.code == 1
    assert said.err.startswith(f"onrecord: {name}: ")
    assert "server" not in said.err


def test_an_empty_stream_gives_an_empty_stream():
    said = onrecord("extract", "--jsonl", stdin=b"\n\n")

    assert (said.code, said.out) == (0, "")


def test_a_stream_answers_each_line_before_the_next_one_comes():
    command = [sys.executable, "-m", "flows", "extract", "--jsonl"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        process.stdin.write(b'{"id": 1, "text": "One line."}\n')
        process.stdin.flush()
        answer = json.loads(process.stdout.readline())
    finally:
        process.communicate()

    assert (answer["id"], answer["text"], process.returncode) == (1, "One line.", 0)


def test_articles_are_added_from_a_file_each_once_in_a_home_that_was_not_there(
    tmp_path, standing_press
):
    listed = tmp_path / "urls.txt"
    urls = [standing_press.url("/rain"), standing_press.url("/no-such-page")]
    listed.write_text("\n".join(["# today", *urls, "", urls[0]]), encoding="utf-8")
    before = standing_press.count("/rain")

    said = onrecord("add", "--file", listed, "--home", tmp_path / "new", "--json")

    assert said.code == 1
    assert (said.json["articles_new"], said.json["failures"]) == (1, 1)
    assert urls[1] in said.err
    assert standing_press.count("/rain") == before + 1
    assert [row["url"] for row in rows(tmp_path / "new", "from articles")] == [urls[0]]


@pytest.mark.parametrize(
    "url",
    ["http://no-such-host.invalid/x", "http://127.0.0.1:9/x", "http://a..b/x",
     "http://[2001:db8::1]/x", "http://169.254.169.254/latest"],
)  # fmt: skip
def test_an_address_that_leads_nowhere_is_one_failure_with_a_reason(tmp_path, url):
    home = tmp_path / "new"

    said = onrecord("add", url, "--home", home)

    assert said.code == 1, said.err
    assert "Traceback" not in said.err
    [failure] = rows(home, "from failures")
    assert failure["reason"] in {"dns", "connect", "private_address", "scheme", "robots", "timeout"}


def test_a_demo_refuses_a_home_that_holds_something_else(tmp_path, standing_press, model):
    home = set_up(tmp_path / "mine", site=standing_press, model=model)
    before = sorted(home.iterdir())

    said = onrecord("demo", "--home", home)

    assert (said.code, said.out) == (2, "")
    assert str(home) in said.err
    assert sorted(home.iterdir()) == before


@pytest.mark.parametrize("url", ["ftp://x", "nonsense", "http://[::1"])
def test_an_address_that_cannot_be_is_bad_usage_and_a_bad_line(url):
    line = json.dumps({"id": 7, "text": "Rain fell.", "url": url}).encode()

    said = onrecord("extract", "--text", "--url", url, "-", stdin=b"Rain fell.")
    streamed = onrecord("extract", "--jsonl", stdin=line)

    assert (said.code, said.out) == (2, "")
    answer = json.loads(streamed.out)
    assert (streamed.code, answer["id"]) == (0, 7)
    assert answer["error"].startswith("malformed: ")


def test_text_without_a_word_is_not_an_article():
    said = onrecord("extract", "--text", "-", stdin=b" \n\n ")

    assert (said.code, said.out) == (1, "")
    assert "empty" in said.err
