"""What a person can do about a failure: a sentence for each reason there is."""

from collections.abc import Mapping

_MOST_LETTERS = 600
_TRACEBACK = "Traceback (most recent call last):"
#: `reasons.REASONS`, in its order. What names a setting or command puts it in backticks.
_ADVICE: Mapping[str, str] = {
    "dns": "Nobody knows a server of this name: check how the address is spelt, and that this "
    "machine can look up names at all.",
    "connect": "Nothing answers there: the server is down or moved, or a firewall is in between; "
    "if a browser on this machine gets no further, wait.",
    "tls": "The server does not prove who it is: a browser shows what is wrong with its "
    "certificate; trust a feed all the same by `verify_tls = false` in its table.",
    "timeout": "The server is too slow or busy: it is asked again later; if it is always so, "
    "raise `timeout_s`.",
    "reset": "The server broke off in the middle of its answer: it is asked again later; if it "
    "goes on, look whether a browser fares better.",
    "too_large": "Nothing of this size is read: if it is meant to be so large, raise "
    "`max_feed_bytes` or `max_page_bytes`.",
    "redirects": "The address leads on and on to no end: open it in a browser, and use the "
    "address at which you arrive.",
    "private_address": "The program asks no machine of a private network: if this one is yours "
    "and is meant, name it in `allow_hosts`.",
    "scheme": "This is no address of the web: write one that begins with http:// or https:// and "
    "names a host.",
    "robots": "The site's robots.txt keeps programs out, or cannot be read for now: leave it, or "
    "ask its people to let onrecord in.",
    "http_4xx": "The server will not give this out: it is gone, moved or behind a login; open it "
    "in a browser, and if it has moved, use the new address.",
    "http_5xx": "The server is in trouble of its own: it is asked again later, and there is "
    "nothing to do unless it stays so.",
    "deferred": "The server asks for patience: there is nothing to do, it is asked again when it "
    "allows.",
    "not_feed": "There is something else than a feed at this address: `onrecord feeds discover` "
    "on the site's front page shows its feeds.",
    "malformed": "What the server sent is broken beyond reading: only its publisher can mend it, "
    "so tell them if it stays so.",
    "consent": "The site wants its cookies accepted before it shows the text: a Cookie from a "
    "browser where you did so can go into `headers` in the feed's table.",
    "paywall": "Only subscribers get the text: if you are one, a Cookie from your browser can go "
    "into `headers` in the feed's table.",
    "challenge": "The site wants to see a person, not a program: set `contact`, wait, and ask its "
    "people to let onrecord in.",
    "soft_404": "The page says that there is nothing here any more: look in a browser whether it "
    "is so, and let the link rest.",
    "index_page": "This page lists articles and is none itself: give the address of one article, "
    "or `onrecord feeds add` the site.",
    "video_only": "The page has a video and hardly a word of text: there is nothing to read on "
    "it, so let it rest.",
    "empty": "The answer holds no text: open it in a browser; what only a script puts on a page "
    "cannot be read.",
    "not_html": "This is a file of another kind than a web page, as a picture or PDF: let it "
    "rest, or find the page that tells of it.",
    "crashed": "Reading it took the program's worker down or longer than `document_timeout_s`: "
    "report it; a page is tried again by `onrecord ingest --retry-failed`, a feed when it is due.",
    "internal": "This is a mistake in On Record itself: report it with the lines below, and try "
    "it again after an update by `onrecord ingest --retry-failed`.",
    "disk_full": "The disk is nearly full: make room on it, or lower `min_free_gb`, and start the "
    "pass again.",
    "forgotten": "It is not fetched or kept again: its tombstone in the archive stands for good.",
}


def advice_for(reason: str) -> str:
    """Return one sentence about what a person can do.

    Args:
        reason: a word of `reasons.REASONS`.
    """
    return _ADVICE[reason]


def with_advice(reason: str, detail: str) -> str:
    """Return what stands in the books for a person: what happened, and what can be done about it.

    That is one line. The further lines of `detail` follow it, and a traceback as a whole.

    Args:
        reason: a word of `reasons.REASONS`.
        detail: what happened, in any form; what a server said may be part of it.
    """
    lines = detail.strip().split("\n")
    # A traceback comes to the point in its last line.
    happened, rest = (lines[-1], lines) if lines[0] == _TRACEBACK else (lines[0], lines[1:])
    return "\n".join([f"{_sentence(happened)}{advice_for(reason)}", *rest])


def _sentence(text: str) -> str:
    """Return `text` in one printable line, ended so that a sentence can follow."""
    plain = "".join(each if each.isprintable() else " " for each in text)
    line = " ".join(plain.split())
    if len(line) > _MOST_LETTERS:
        line = f"{line[:_MOST_LETTERS]}…"
    if not line:
        return ""
    return f"{line} " if line[-1] in ".!?…" else f"{line}. "
