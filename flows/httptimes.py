"""The times that servers name in headers: when to come back, how long an answer is fresh. Pure."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

_MAX_RETRY_AFTER = timedelta(days=7)
_SECONDS_DIGITS = 9  # more of them are thirty years at least


def retry_at(retry_after: str | None, now: datetime) -> datetime | None:
    """Return the time a `Retry-After` names, from `now` to a week on; None if it says nothing.

    Source:
        RFC 9110, 10.2.3: seconds, or an HTTP date.
    """
    wait_s = _seconds(retry_after)
    if wait_s is not None:
        return now + min(timedelta(seconds=wait_s), _MAX_RETRY_AFTER)
    at = _http_date(retry_after)
    return at and min(max(at, now), now + _MAX_RETRY_AFTER)


def fresh_for_s(
    cache_control: str | None,
    *,
    expires: str | None,
    date: str | None,
    age: str | None,
    received_at: datetime,
) -> int:
    """Return the seconds for which an answer is fresh by its headers, 0 if they do not say.

    Source:
        RFC 9111, 4.2.1, for a private cache: max-age, else Expires less Date, which is when it
        was received if it does not say (RFC 9110, 6.6.1); less Age.
    """
    directives = _directives(cache_control)
    if "no-store" in directives or "no-cache" in directives:
        return 0
    if "max-age" in directives:
        lifetime_s = _seconds(directives["max-age"]) or 0
    else:
        stale_at, made_at = _http_date(expires), _http_date(date) or received_at
        lifetime_s = int((stale_at - made_at).total_seconds()) if stale_at else 0
    return max(lifetime_s - (_seconds(age) or 0), 0)


def _directives(cache_control: str | None) -> dict[str, str]:
    """Return the directives of a `Cache-Control`, the first of each name."""
    directives: dict[str, str] = {}
    for directive in (cache_control or "").lower().split(","):
        name, _, value = directive.partition("=")
        directives.setdefault(name.strip(), value.strip().strip('"'))
    return directives


def _seconds(text: str | None) -> int | None:
    text = (text or "").strip()
    return int(text[:_SECONDS_DIGITS]) if text.isascii() and text.isdigit() else None


def _http_date(text: str | None) -> datetime | None:
    try:
        at = parsedate_to_datetime((text or "").strip())
    except (ValueError, OverflowError):
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)
