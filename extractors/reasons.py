"""The words for what did not work."""

#: Why something did not work, as one word (`failures.reason`).
REASONS = frozenset[str]({
    "dns", "connect", "tls", "timeout", "reset", "too_large", "redirects", "private_address",
    "scheme", "robots", "http_4xx", "http_5xx", "deferred", "not_feed", "malformed", "consent",
    "paywall", "challenge", "soft_404", "index_page", "video_only", "empty", "not_html", "crashed",
    "internal", "disk_full", "forgotten",
})  # fmt: skip
