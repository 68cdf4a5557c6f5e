"""`forget`: an article removed for good."""

import argparse
import sys

from flows.cli.arguments import Commands, add_command, add_wait, home_of, settings_of
from flows.cli.output import print_json, visible
from flows.hops import check_web_url
from flows.logs import log_to


def add_to(commands: Commands) -> None:
    """Add the command to the parser."""
    forget = add_command(
        commands,
        "forget",
        _run,
        summary="remove an article from warehouse, archive and published copy, for good",
        examples=(
            "  onrecord forget https://www.example.org/a-story\n"
            "  onrecord forget https://www.example.org/a-story --wait 600 --json"
        ),
    )
    forget.add_argument("url", metavar="URL", help="any address that the article had")
    add_wait(forget, "if runs are active, wait for their end")


def _run(options: argparse.Namespace) -> int:
    from flows.forgetting import forget
    from flows.locks import RunActiveError

    check_web_url(options.url)
    home = home_of(options)
    home.must_exist()
    settings = settings_of(home)
    try:
        with log_to(home):
            done = forget(home, settings, options.url, wait_s=options.wait)
    except RunActiveError as error:
        print(f"onrecord: run {error.run_id} is active; try again after it", file=sys.stderr)
        if options.json:
            print_json({"active": error.run_id})
        return 1
    if options.json:
        print_json(done)
    else:
        before = "it was forgotten before; " if done.was_forgotten else ""
        print(f"{before}articles removed: {done.articles}, archived records: {done.records}")
    for name in done.damaged:
        line = f"onrecord: archive/{name} is damaged and was searched only up to there"
        print(visible(line), file=sys.stderr)
    for name in done.unsearched:
        line = f"onrecord: {name}/ cannot be read and may still tell of it: delete that folder"
        print(visible(line), file=sys.stderr)
    return 1 if done.damaged or done.unsearched else 0
