"""Every error of the coach, named by the audience that reads it. No other module defines one.

    CoachError
    ├── UserError             shown to the person as it is: one sentence on what to do; exit code 2
    ├── KnowledgeError        for whoever edits knowledge/ or prompts/: names file and field
    ├── SettingsError         for whoever starts the program: names the setting; exit code 2
    ├── StoreError            the data folder cannot be used; the person's words are still on screen
    ├── PageFull              more people than there is room for; the page says when to come back
    ├── DownloadError         weights or embedder cannot be fetched or do not match their checksum
    └── EndpointError         a language model did not answer usefully; the composed reply stands
        ├── EndpointUnreachable   refused, unknown host, connect time-out
        ├── EndpointRefused       401, 403, 404, redirect: somebody must change a setting
        ├── EndpointBusy          429, 503: carries `retry_after` seconds
        ├── EndpointFailed        other 4xx and 5xx
        ├── EndpointTimeout       no first token, a stall, or the total limit
        ├── EndpointCut           the stream ended in the middle
        ├── EndpointMalformed     an answer that is no answer: HTML, bad JSON, empty
        └── EndpointOverflow      the prompt does not fit the model's context

`str(error)` of a UserError, SettingsError, DownloadError and EndpointError is one plain sentence that may be shown.
"""


class CoachError(Exception):
    """Root of all errors that the coach raises on purpose."""


class UserError(CoachError):
    """The person can mend it; the message says how."""


class KnowledgeError(CoachError):
    """A file of knowledge/ or prompts/ is wrong; the message names file and field."""


class SettingsError(CoachError):
    """A setting is wrong; the message names it and what it takes."""


class StoreError(CoachError):
    """The stored data cannot be read or written."""


class PageFull(CoachError):
    """More people are signed in at once than there is room for."""


class DownloadError(CoachError):
    """Weights or embedder could not be fetched, joined or verified."""


class EndpointError(CoachError):
    """A language model did not answer usefully."""


class EndpointUnreachable(EndpointError):
    """No connection was made."""


class EndpointRefused(EndpointError):
    """The endpoint will not answer until a setting changes."""


class EndpointBusy(EndpointError):
    """The endpoint asks to wait; `retry_after` is in seconds, or None."""

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class EndpointFailed(EndpointError):
    """The endpoint reports a fault of its own."""


class EndpointTimeout(EndpointError):
    """The endpoint was too slow to start, stalled, or took too long."""


class EndpointCut(EndpointError):
    """The answer stopped in the middle."""


class EndpointMalformed(EndpointError):
    """What came back is not an answer."""


class EndpointOverflow(EndpointError):
    """The prompt is longer than the model's context."""
