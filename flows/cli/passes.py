"""`ingest` and `add`: the two commands that fetch and load."""

import argparse
import sys
from pathlib import Path

from extractors.errors import SettingsError
from flows.cli.arguments import Commands, add_command, add_wait, count, home_of, settings_of
from flows.cli.output import visible
from flows.cli.progress import shown_on_terminal
from flows.cli.runs import exit_code_of, show_report, shown_if_failed
from flows.hops import check_web_url, without_password
from flows.logs import log_to


def add_to(commands: Commands) -> None:
    """Add the commands to the parser."""
    ingest = add_command(
        commands,
        "ingest",
        _run_ingest,
        summary="one pass: poll the feeds that are due, fetch, extract and load what is new",
        examples=(
            "  onrecord ingest\n"
            "  onrecord ingest --feed https://example.org/feed.xml --force\n"
            "  onrecord ingest --limit 200 --wait 600"
        ),
    )
    ingest.add_argument(
        "--feed",
        action="append",
        default=[],
        metavar="F",
        help="only this feed (its URL, id or title); may be given again",
    )
    ingest.add_argument(
        "--force",
        action="store_true",
        help="poll all active feeds now, due or not, and try failed pages again",
    )
    ingest.add_argument(
        "--retry-failed", action="store_true", help="try failed pages again, due or not"
    )
    ingest.add_argument(
        "--limit", type=count, metavar="N", help="fetch at most N articles; the rest waits"
    )
    add_wait(ingest, "if a pass is running, wait for its end")
    add = add_command(
        commands,
        "add",
        _run_add,
        summary="fetch, extract and load these article URLs now",
        examples=("  onrecord add https://example.org/story\n  onrecord add --file urls.txt"),
    )
    add.add_argument("urls", nargs="*", metavar="URL", help="of an article, known or not")
    add.add_argument("--file", type=Path, metavar="FILE", help="a URL a line; - is stdin")


def _run_ingest(options: argparse.Namespace) -> int:
    from flows.namedfeeds import chosen_feeds
    from flows.steps import Order, run_pass

    home = home_of(options)
    home.must_exist()
    settings = settings_of(home)
    order = Order(
        feeds=chosen_feeds(home, settings, options.feed),
        force=options.force,
        retry_failed=options.retry_failed or options.force,
        limit=options.limit,
        wait_s=options.wait,
    )
    with log_to(home), shown_if_failed(as_json=options.json), shown_on_terminal() as host:
        report = run_pass(home, settings, order, host)
    show_report(report, as_json=options.json)
    return exit_code_of(report, has_waited=options.wait is not None)


def _run_add(options: argparse.Namespace) -> int:
    from flows.steps import add_urls

    urls = _urls_of(options)
    home = home_of(options)
    settings = settings_of(home)
    home.path.mkdir(parents=True, exist_ok=True)
    with log_to(home), shown_if_failed(as_json=options.json), shown_on_terminal() as host:
        report = add_urls(home, settings, urls, host)
    show_report(report, as_json=options.json)
    for failure in report.failures:
        line = f"onrecord: {failure.url}: {failure.reason}: {failure.detail}"
        print(visible(line), file=sys.stderr)
    return 1 if report.failures else 0


def _urls_of(options: argparse.Namespace) -> list[str]:
    urls = list(options.urls)
    if options.file is not None:
        urls += _lines_of(options.file)
    if not urls:
        raise SettingsError("give the URLs to add, or --file FILE")
    for url in urls:
        check_web_url(url)
        bare, password = without_password(url)
        if password is not None:
            raise SettingsError(f"{bare}: leave out name and password: addresses are kept for all")
    return list(dict.fromkeys(urls))


def _lines_of(path: Path) -> list[str]:
    try:
        text = sys.stdin.read() if str(path) == "-" else path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"cannot read {path}: {error}") from error
    lines = (line.strip() for line in text.splitlines())
    return [line for line in lines if line and not line.startswith("#")]
