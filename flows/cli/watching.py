"""`metrics` and `alert`: what watches over a home is told how it does."""

import argparse
from datetime import UTC, datetime
from pathlib import Path

from extractors.errors import SettingsError
from flows.cli.arguments import Commands, add_command, home_of, settings_of
from flows.cli.output import print_json
from flows.hops import check_secret_url


def add_to(commands: Commands) -> None:
    """Add the commands to the parser."""
    metrics = add_command(
        commands,
        "metrics",
        _run_metrics,
        summary="how the home does, in the text format of Prometheus",
        examples=(
            "  onrecord metrics\n"
            "  onrecord metrics --output /var/lib/prometheus/node-exporter/onrecord.prom"
        ),
    )
    metrics.add_argument(
        "--output", type=Path, metavar="FILE", help="write it there, whole or not at all"
    )
    alert = add_command(
        commands,
        "alert",
        _run_alert,
        summary="post what somebody must see, once: failed runs, silent feeds, a schedule at rest",
        examples=(
            "  onrecord alert --dry-run\n"
            "  ONRECORD_ALERT_URL=https://chat.example/hooks/KEY onrecord alert"
        ),
    )
    alert.add_argument(
        "--to", metavar="URL", help="where to; the setting alert_url shows it to fewer"
    )
    alert.add_argument(
        "--dry-run", action="store_true", help="print what would be posted; nothing is noted"
    )


def _run_metrics(options: argparse.Namespace) -> int:
    from flows.aftermath import health_at_once, write_metrics
    from flows.metrics import metrics_text

    home, settings, now = home_of(options), settings_of(home_of(options)), datetime.now(UTC)
    home.must_exist()
    health = health_at_once(home, settings, now)
    if options.output:
        write_metrics(options.output.absolute(), home, health, now)
    elif options.json:
        print_json({"metrics": metrics_text(home, health, now)})
    else:
        print(metrics_text(home, health, now), end="")
    return 0


def _run_alert(options: argparse.Namespace) -> int:
    from flows.aftermath import health_of, tell_alert
    from flows.alerts import alert_of, read_told
    from flows.alerttext import document_of, text_of

    home, settings, now = home_of(options), settings_of(home_of(options)), datetime.now(UTC)
    url = options.to or settings.alert_url
    if options.to:
        check_secret_url("--to", options.to)
    if not (url or options.dry_run):
        raise SettingsError("say where to: --to URL, or the setting alert_url")
    home.must_exist()
    if options.dry_run:
        health = health_of(home, settings, now)
        alert, _ = alert_of(health, read_told(home.alerts_note, now), now)
    else:
        alert = tell_alert(home, settings, url, now)
    if options.json:
        print_json(document_of(alert, now))
    elif not alert.is_empty:
        print(text_of(alert))
    return 0
