"""`extract`: one document in, one JSON out; or a stream of them. No warehouse."""

import argparse
import json
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from extractors.errors import OnRecordError, SettingsError
from flows.cli.arguments import Commands, add_command, home_of, settings_of
from flows.cli.output import json_text, print_json
from flows.hops import check_web_url

if TYPE_CHECKING:
    from extractors.nlp import Models
    from extractors.records import Document, Entity, Moment
    from flows.jobs import DocumentJob, Trouble
    from flows.settings import Settings
    from flows.workers import Crew

#: Halves of a surrogate pair, which JSON can spell and no text may hold.
_HALVES = re.compile("[\ud800-\udfff]")


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
    from flows.jobs import Trouble

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
    source = options.source or "-"
    job = _job_of(source, options, settings)
    with _crew_of_one(settings) as crew:
        found = _performed(job, crew)
    name = source if _is_address(source) else options.url or source
    if isinstance(found, Trouble):
        raise OnRecordError(f"{'stdin' if name == '-' else name}: {_why(found)}")
    print_json(document_fields(found, name))
    return 0


def _job_of(source: str, options: argparse.Namespace, settings: "Settings") -> "DocumentJob":
    from flows.documents import fetched_page, page_given
    from flows.jobs import DocumentJob
    from flows.models import models_of

    if _is_address(source):
        page, url = fetched_page(source, home_of(options), settings), options.url or source
    else:
        page, url = page_given(_bytes_of(source), url=options.url), options.url
    models = models_of(settings)
    if not options.text:
        return DocumentJob(models=models, given=page)
    return DocumentJob(models=models, given=_decoded(page.body, source), url=url)


def _is_address(source: str) -> bool:
    return source.startswith(("http://", "https://"))


def _bytes_of(source: str) -> bytes:
    if source == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(source).read_bytes()
    except OSError as error:
        raise SettingsError(f"cannot read {source}: {error.strerror}") from error


def _decoded(raw: bytes, source: str) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise SettingsError(f"{source} is not UTF-8: {error}") from error


@contextmanager
def _crew_of_one(settings: "Settings") -> Iterator["Crew"]:
    """Have documents read in a process apart, which may crash or be over time."""
    from flows.workers import Crew

    crew = Crew(1, timeout_s=settings.document_timeout_s)
    try:
        yield crew
    finally:
        crew.close()


def _performed(job: "DocumentJob", crew: "Crew") -> "Document | Trouble":
    from flows.jobs import Trouble
    from flows.workers import NOT_BEGUN, WorkerDied

    try:
        return crew.perform(job)
    except WorkerDied as death:
        if death.index == NOT_BEGUN:
            raise OnRecordError(f"no worker process can start: {death.why}") from death
        detail = f"{death.why}; give it in parts, or allow it more by `document_timeout_s`"
        return Trouble(reason="crashed", detail=detail)


def _why(trouble: "Trouble") -> str:
    """Return what went wrong in one line, without the files of this machine."""
    if trouble.reason != "internal":
        return f"{trouble.reason}: {trouble.detail}"
    last = trouble.detail.strip().splitlines()[-1]
    return f"internal: {last} (a mistake in On Record itself: report it with the document)"


def _stream(settings: "Settings") -> None:
    """Answer a line with a line; a worker reads the documents, so that none can end the stream."""
    from flows.models import models_of

    models = models_of(settings)
    with _crew_of_one(settings) as crew:
        for number, line in enumerate(_lines(), start=1):
            print(json_text(_answer(line, number, crew, models)), flush=True)


def _lines() -> Iterator[bytes]:
    return (line for line in sys.stdin.buffer if line.strip())


def _answer(line: bytes, number: int, crew: "Crew", models: "Models") -> Mapping[str, object]:
    """Return a document's fields, or its id and error."""
    from flows.jobs import Trouble

    try:
        given = json.loads(line)
    except (ValueError, RecursionError) as error:
        return {"id": None, "error": f"line {number}: not JSON: {error}"}
    if not isinstance(given, dict):
        return {"id": None, "error": f"line {number}: not an object"}
    found = _read(given, crew, models)
    if isinstance(found, Trouble):
        return {"id": given.get("id"), "error": _why(found)}
    return document_fields(found, given.get("id"))


def _read(given: Mapping[str, object], crew: "Crew", models: "Models") -> "Document | Trouble":
    from flows.documents import page_given
    from flows.jobs import DocumentJob, Trouble

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
            page = page_given(_HALVES.sub("\ufffd", html).encode(), url=url)
            job = DocumentJob(models=models, given=page)
        case None, str():
            job = DocumentJob(models=models, given=_HALVES.sub("\ufffd", text), url=url)
        case _:
            return Trouble(reason="malformed", detail='give one of "html" and "text", as a text')
    found = _performed(job, crew)
    if isinstance(found, Trouble) or not _HALVES.search(html or text or ""):
        return found
    return _with_warning(found, "surrogate")


def _with_warning(document: "Document", warning: str) -> "Document":
    warnings = (*document.article.warnings, warning)
    return replace(document, article=replace(document.article, warnings=warnings))


def document_fields(document: "Document", ident: object) -> dict[str, object]:
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
        "entities": [_entity_fields(entity) for entity in document.entities],
        "warnings": article.warnings,
        "section": article.section,
        "tags": article.tags,
        "lead_image": article.lead_image,
        "sources": dict(article.sources),
    }


def _entity_fields(entity: "Entity") -> dict[str, object]:
    return {
        "entity": entity.entity,
        "name": entity.name,
        "label": entity.label,
        "country": entity.country,
        "aliases": entity.aliases,
    }


def _moment_text(moment: "Moment | None") -> str | None:
    if moment is None:
        return None
    return moment.at.date().isoformat() if moment.precision == "day" else moment.at.isoformat()
