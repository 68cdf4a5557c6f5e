"""A plain text into an article, every character of it."""

from collections.abc import Iterator, Sequence

from extractors.analysed import ANALYSED_ROLES, MAX_ANALYSED_CHARS
from extractors.identity import digest_of
from extractors.language import language_of
from extractors.pages.agencies import agency_in
from extractors.pages.bylines import signers_in
from extractors.pages.lineroles import paragraphs_in, roles_of
from extractors.records import Article, Paragraph
from extractors.urls import article_id_of, canonical_url, outlet_of


def article_from_text(text: str, *, url: str | None = None) -> Article:
    """Return `text` as an article; its `text` is the one given, NUL as U+FFFD.

    Args:
        text: one paragraph a line, or blocks between blank lines.
        url: where it is from; without it the id is a hash of the text and `url` is "".

    Raises:
        ValueError: `url` is not an http(s) address.
    """
    canonical = canonical_url(url) if url else ""
    kept = text.replace("\0", "\ufffd")
    paragraphs = tuple(_paragraphs(kept))
    analysed = [kept[p.start : p.end] for p in paragraphs if p.role in ANALYSED_ROLES]
    return Article(
        article_id=article_id_of(canonical) if url else digest_of(kept),
        url=canonical,
        outlet=outlet_of(canonical) if url else None,
        title=_title(kept, paragraphs),
        text=kept,
        paragraphs=paragraphs,
        authors=signers_in(kept[p.start : p.end] for p in paragraphs if p.role == "byline"),
        lang=language_of("\n".join(analysed[:20])),
        agency=agency_in([kept[p.start : p.end] for p in paragraphs]),
        warnings=tuple(_warnings(text)),
    )


def _paragraphs(text: str) -> Iterator[Paragraph]:
    spans = list(paragraphs_in(text))
    roles = roles_of([text[start:end] for start, end in spans])
    for (start, end), role in zip(spans, roles, strict=True):
        yield Paragraph(start=start, end=end, role=role)


def _title(text: str, paragraphs: Sequence[Paragraph]) -> str | None:
    return next((text[p.start : p.end] for p in paragraphs if p.role == "headline"), None)


def _warnings(text: str) -> Iterator[str]:
    if "\0" in text:
        yield "nul"
    if len(text) > MAX_ANALYSED_CHARS:
        yield "too_long"
