"""Archived pages that older extractors have read, as what workers read again."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter

from extractors.records import Fetch
from flows.jobs import Fetched
from warehouse.results import Archived


def batches_of(
    outdated: Iterable[Archived], *, size: int, keeps_text: bool = False
) -> Iterator[list[Fetched]]:
    """Yield the pages to read again in batches.

    The pages of one article are loaded together, whatever is killed meanwhile: its head is taken
    from the last of them, and a version from another may be what the last one shows.

    Args:
        outdated: pages, those of one article beside each other.
        size: pages in a batch; more where one article has more.
        keeps_text: a page of which another text is read than before stays as it is.
    """
    batch: list[Fetched] = []
    for _, pages in groupby(outdated, key=attrgetter("article_id")):
        batch += [_fetched(page, keeps_text=keeps_text) for page in pages]
        if len(batch) >= size:
            yield batch
            batch = []
    if batch:
        yield batch


def _fetched(archived: Archived, *, keeps_text: bool) -> Fetched:
    return Fetched(
        fetch=Fetch(
            fetch_id=archived.fetch_id,
            url=archived.url,
            final_url=archived.final_url,
            started_at=archived.seen_at,
            duration_ms=0,
            status="ok",
            archive_file=archived.archive_file,
            archive_offset=archived.archive_offset,
            text_source=archived.text_source,
        ),
        is_recorded=True,
        only_if_text=archived.text_hash if keeps_text else None,
    )
