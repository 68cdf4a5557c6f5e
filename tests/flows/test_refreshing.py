"""A better extractor is not an edit."""

import duckdb
import pytest

from flows.home import Home
from flows.settings import Settings
from flows.steps import add_urls
from tests.fakes import Reply, ScriptedSite
from warehouse.door import Warehouse
from warehouse.reader import Reader

STORY = (
    "<html lang=en><head><title>{title}</title></head><body><article><h1>{title}</h1>"
    "<p>The ferry to Sandholm will sail twice a day from April, the harbour board decided on"
    " Tuesday after a meeting that lasted well into the night.</p>"
    "<p>“We have waited nine years for this,” said Berta Kolm, who runs the only shop on the"
    " island and had come over in her own boat to hear the members of the board vote.</p>"
    "</article></body></html>"
)
HTML = {"Content-Type": "text/html; charset=utf-8"}


def ask(home, sql):
    Warehouse(home.path).publish()  # a run without news leaves the readers' copy as it is
    with Reader(home.path) as reader:
        return reader.answer(sql, timeout_s=30).rows


@pytest.fixture
def site():
    body = STORY.format(title="Ferry to sail twice a day").encode()
    with ScriptedSite({"/ferry": Reply(headers=HTML, body=body)}) as site:
        yield site


def test_a_page_read_by_older_extractors_is_read_again_before_it_is_compared(site, tmp_path):
    home = Home(tmp_path / "home")
    home.path.mkdir()
    settings = Settings(pause_s=0.0, workers=1, allow_hosts=(site.host,))
    add_urls(home, settings, [site.url("/ferry")])
    today = ask(home, "select extractor_version from article_versions")
    pretend_read_by(home, "older")

    report = add_urls(home, settings, [site.url("/ferry")])

    assert report.run.articles_changed == 0
    assert ask(home, "select version, extractor_version from article_versions") == ((1, *today[0]),)
    assert ask(home, "select distinct extractor_version from quotes") == today
    assert ask(home, "select count(*) from fetches") == ((2,),)


def pretend_read_by(home, version):
    """Make the warehouse look as it did when other extractors had filled it."""
    with duckdb.connect(str(home.path / "warehouse.duckdb")) as db:
        db.execute("update fetches set extractor_version = ?, text_hash = 'other'", [version])
        for table in ("article_versions", "quote_rows", "mention_rows"):
            db.execute(f"update {table} set extractor_version = ?", [version])
        db.execute("update article_versions set text_hash = 'other', text = 'Older text'")
