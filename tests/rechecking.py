"""Pages that publishers edit, and homes whose past lies further back than it does."""

import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb

from tests.fakes import Reply, ScriptedSite
from tests.press import RAIN, Said, a_page, onrecord, set_up

NOT_MODIFIED = Reply(status=304)
EDITED = (RAIN[0], RAIN[1].replace("thirty", "forty"), RAIN[2])
_TIMES = {
    "fetches": ("started_at", "seen_at"),
    "article_versions": ("seen_at",),
    "article_heads": ("published_at", "first_seen_at", "last_seen_at"),
    "failures": ("first_at", "last_at", "next_try_at"),
}


def a_story(*paragraphs: str, hours: float = 1, **headers: str) -> Reply:
    """Return an article that was published so many hours ago; `e_tag` is a header."""
    page = a_page("Rain closes the harbour", paragraphs or RAIN)
    at = datetime.now(UTC) - timedelta(hours=hours)
    dated = f'<meta property="article:published_time" content="{at.isoformat()}"></head>'
    named = {name.replace("_", "-").title(): value for name, value in headers.items()}
    return replace(
        page,
        body=page.body.replace(b"</head>", dated.encode()),
        headers={**page.headers, **named},
    )


def read_once(folder: Path, site: ScriptedSite, model: Path) -> Path:
    """Return a home in `folder` that has read what the feed `/feed` of the site lists."""
    home = set_up(folder / "home", site.url("/feed"), site=site, model=model)
    assert onrecord("ingest", "--home", home).code == 0
    return home


def copied(read_home: Path, folder: Path, site: ScriptedSite) -> Path:
    """Return a copy of a home in `folder`, and let the site forget who has asked it."""
    site.seen.clear()
    return Path(shutil.copytree(read_home, folder / "home"))


def let_pass(home: Path, *, minutes: float) -> None:
    """Have all that the home has seen lie so many minutes further back."""
    with duckdb.connect(str(home / "warehouse.duckdb")) as db:
        for table, names in _TIMES.items():
            moved = ", ".join(f"{name} = {name} - to_seconds($s)" for name in names)
            db.execute(f"update {table} set {moved}", {"s": minutes * 60})


def maintain(home: Path, *words: object, after_minutes: float = 16) -> Said:
    """Let time pass, then re-check."""
    let_pass(home, minutes=after_minutes)
    return onrecord("maintain", "--home", home, "--json", *words)
