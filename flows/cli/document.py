"""`extract`: one document in, one JSON out; or a stream of them. No warehouse."""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from extractors.errors import OnRecordError, SettingsError
from extractors.records import Document, Moment, Page
from flows.cli.arguments import Commands, add_command, home_of, settings_of
from flows.cli.output import json_text, print_json
from flows.settings import Settings
from flows.subscriptions import check_web_url

if TYPE_CHECKING:
    from extractors.nlp import Models
    from flows.jobs import Trouble
    from flows.workers import Crew


def add_to(commands: Commands) -> None:
    """Add the command to the parser."""
    parser = add_command(
        commands,
        "extract",
        _run,
        summary="extract one document, from a file, a URL or stdin, without a warehouse",
        examples=(
            "  onrecord extract page.html --url https://example.org/story\n"
            "  onrecord extract https://example.org/story\n"
            "  onrecord extract --text - < speech.txt\n"
            "  onrecord extract --jsonl < pages.jsonl > documents.jsonl"
        ),
    )
    parser.add_argument(
        "source", nargs="?", metavar="FILE|URL|-", help="what to read (default: stdin)"
    )
    parser.add_argument("--url", metavar="U", help="where the document is from")
    kind = parser.add_mutually_exclusive_group()
    kind.add_argument("--text", action="store_true", help="it is plain text in UTF-8")
    kind.add_argument("--html", action="store_true", help="it is a page (default)")
    kind.add_argument(
        "--jsonl",
        action="store_true",
        help='a stream on stdin, {"id", "html"|"text", "url"?} a line',
    )


def _run(options: argparse.Namespace) -> int:
    from extractors.nlp import Models

    settings = settings_of(home_of(options))
    if options.jsonl:
        if options.source not in (None, "-"):
            raise SettingsError("--jsonl reads stdin; give no file")
        if options.url:
            raise SettingsError('--jsonl takes the "url" of each line; give no --url')
        _stream(settings)
        return 0
    if options.url is not None:
        check_web_url(options.url, where="--url: ")
    found, ident = _one(options, Models(settings.nlp_model))
    print_json(document_fields(found, ident))
    return 0


def _one(options: argparse.Namespace, models: "Models") -> tuple[Document, str | None]:
    source = options.source or "-"
    if source.startswith(("http://", "https://")):
        return _from_url(source, options, models), source
    if source == "-":
        raw = sys.stdin.buffer.read()
    else:
        try:
            raw = Path(source).read_bytes()
        except OSError as error:
            raise SettingsError(f"cannot read {source}: {error.strerror}") from error
    if options.text:
        text = _decoded(raw, source)
        return _from_text(text, options.url, models), options.url or source
    return _from_html(raw, options.url, models), options.url or source


def _decoded(raw: bytes, source: str) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise SettingsError(f"{source} is not UTF-8: {error}") from error


def _from_text(text: str, url: str | None, models: "Models") -> Document:
    from extractors.document import document_from_text

    return document_from_text(text, models, url=url)


def _from_html(raw: bytes, url: str | None, models: "Models") -> Document:
    from extractors.document import document_from_page
    from flows.documents import page_given

    return document_from_page(page_given(raw, url=url), models)


def _from_url(url: str, options: argparse.Namespace, models: "Models") -> Document:
    from extractors.document import document_from_page, document_from_text
    from flows.documents import fetched_page

    home = home_of(options)
    page = fetched_page(url, home, settings_of(home))
    if options.text:
        return document_from_text(_decoded(page.body, url), models, url=options.url or url)
    return document_from_page(page, models)


def _stream(settings: Settings) -> None:
    """Answer a line with a line; a worker reads the documents, so that none can end the stream."""
    from flows.workers import Crew

    crew = Crew(1, timeout_s=settings.document_timeout_s)
    try:
        for number, line in enumerate(_lines(), start=1):
            print(json_text(_answer(line, number, crew, settings.nlp_model)), flush=True)
    finally:
        crew.close()


def _lines() -> Iterator[bytes]:
    return (line for line in sys.stdin.buffer if line.strip())


def _answer(line: bytes, number: int, crew: "Crew", nlp_model: str) -> Mapping[str, object]:
    """Return a document's fields, or its id and error."""
    try:
        given = json.loads(line)
    except (ValueError, RecursionError) as error:
        return {"id": None, "error": f"line {number}: not JSON: {error}"}
    if not isinstance(given, dict):
        return {"id": None, "error": f"line {number}: not an object"}
    found = _read(given, crew, nlp_model)
    if isinstance(found, Document):
        return document_fields(found, given.get("id"))
    return {"id": given.get("id"), "error": f"{found.reason}: {found.detail}"}


def _read(given: Mapping[str, object], crew: "Crew", nlp_model: str) -> "Document | Trouble":
    from flows.jobs import DocumentJob, Trouble
    from flows.workers import NOT_BEGUN, WorkerDied

    html, text, url = given.get("html"), given.get("text"), given.get("url")
    if not isinstance(url, str | None):
        return Trouble(reason="malformed", detail='"url" is not a text')
    try:
        if url is not None:
            check_web_url(url)
    except SettingsError as error:
        return Trouble(reason="malformed", detail=str(error))
    match html, text:
        case str(), None:
            job = DocumentJob(nlp_model=nlp_model, given=_page(html, url))
        case None, str():
            job = DocumentJob(nlp_model=nlp_model, given=text, url=url)
        case _:
            return Trouble(reason="malformed", detail='give one of "html" and "text", as a text')
    try:
        return crew.perform(job)
    except WorkerDied as death:
        if death.index == NOT_BEGUN:
            raise OnRecordError(f"no worker process can start: {death.why}") from death
        return Trouble(reason="crashed", detail=death.why)


def _page(html: str, url: str | None) -> Page:
    from flows.documents import page_given

    return page_given(html.encode("utf-8", "surrogatepass"), url=url)


def document_fields(document: Document, ident: object) -> dict[str, object]:
    """Return the JSON of one extracted document, keys in the order of the contract."""
    article = document.article
    return {
        "id": ident,
        "url": article.url or None,
        "title": article.title,
        "authors": article.authors,
        "published": _moment_text(article.published),
        "modified": _moment_text(article.modified),
        "lang": article.lang,
        "outlet": article.outlet,
        "agency": article.agency,
        "page_kind": article.page_kind,
        "access": article.access,
        "text": article.text,
        "paragraphs": article.paragraphs,
        "captions": article.captions,
        "quotes": document.quotes,
        "mentions": document.mentions,
        "entities": document.entities,
        "warnings": article.warnings,
        "section": article.section,
        "tags": article.tags,
        "lead_image": article.lead_image,
        "sources": dict(article.sources),
    }


def _moment_text(moment: Moment | None) -> str | None:
    if moment is None:
        return None
    return moment.at.date().isoformat() if moment.precision == "day" else moment.at.isoformat()
