"""A page with one small story, and what may stand around it."""

import json
from datetime import UTC, datetime

from extractors.records import Page

PARAGRAPHS = (
    "The council of Lindby agreed on Monday to mend the old bridge over the river before the"
    " winter, after three years of quarrels about who would have to pay for the work.",
    "“We have waited long enough, and the bridge has not,” the mayor, Ada Lind, told a full hall"
    " of residents who had come to hear how the members of the council would vote.",
    "Engineers had warned in spring that two of the five pillars were cracked, and that lorries"
    " should no longer be let across until the stone had been looked at from all sides.",
    "The repair is to cost four million crowns, of which the county has promised to pay half if"
    " the work is finished before the first frost, which usually comes in late October.",
)
BODY = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
TITLE = "Lindby mends its bridge before the winter"


def a_page(html: str | bytes, **fields: object) -> Page:
    url = "https://gazette.example/2026/bridge"
    given = {
        "fetch_id": "fetch-1",
        "url": url,
        "final_url": url,
        "fetched_at": datetime(2026, 3, 3, tzinfo=UTC),
        "http_status": 200,
        "headers": (("Content-Type", "text/html; charset=utf-8"),),
        "body": html.encode() if isinstance(html, str) else html,
    }
    return Page(**given | fields)  # type: ignore[arg-type]


def a_story(head: str = "", before: str = "", after: str = "") -> str:
    return (
        f"<html lang=en><head><title>{TITLE} | Gazette</title>{head}</head><body><main><article>"
        f"<h1>{TITLE}</h1>{before}{BODY}{after}</article></main></body></html>"
    )


def json_ld(**fields: object) -> str:
    node = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": TITLE} | fields
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'
