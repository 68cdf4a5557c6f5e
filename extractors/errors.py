"""Every exception this project raises on purpose."""


class OnRecordError(Exception):
    """The root: what the command line turns into one line on stderr and an exit code."""


class SettingsError(OnRecordError):
    """A setting, an option or a name that was given cannot be used; nothing was written."""


class SourceError(OnRecordError):
    """A feed or page did not give what it should; becomes one stored Failure.

    Args:
        url: what was asked for.
        reason: a word of `reasons.REASONS`.
        detail: one sentence for the person who reads the failure.
    """

    def __init__(self, url: str, reason: str, detail: str = "") -> None:
        super().__init__(url, reason, detail)
        self.url = url
        self.reason = reason
        self.detail = detail

    def __str__(self) -> str:
        return (
            f"{self.url}: {self.reason}: {self.detail}"
            if self.detail
            else f"{self.url}: {self.reason}"
        )


class FetchError(SourceError):
    """The request failed: name, connection, TLS, status, size, time or address."""


class FeedError(SourceError):
    """The response is not a feed, or one that cannot be read."""


class PageError(SourceError):
    """The response is not an article: consent wall, paywall stub, index page."""


class WarehouseError(OnRecordError):
    """The warehouse cannot do what was asked; the message says what to do."""


class WarehouseBusyError(WarehouseError):
    """Another process held the warehouse for longer than `lock_wait_s`."""


class QueryError(WarehouseError):
    """A question failed: the SQL, its parameters or its time limit."""
