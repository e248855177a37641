"""The errors of the Codelocks Connect API's client, which raises no others."""

from .models import Pool


class CodelocksError(Exception):
    """Base of every error that the client raises. Its text never holds a secret."""


class CodelocksBudgetError(CodelocksError):
    """The caller may spend no more; raised by the hook that hears of requests, so none was sent."""


class CodelocksAuthError(CodelocksError):
    """The API key is missing, wrong or suspended (403)."""


class CodelocksAccessKeyError(CodelocksError):
    """The K3 access key is wrong (401, or "Invalid accesskey" in the answer)."""


class CodelocksQuotaError(CodelocksError):
    """The monthly quota of a pool is spent (429)."""

    def __init__(self, message: str, pool: Pool) -> None:
        """Keep the pool that is spent."""
        super().__init__(message)
        self.pool = pool


class CodelocksThrottledError(CodelocksError):
    """Too many requests at once (429)."""

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        """Keep how many seconds to wait, if the API says."""
        super().__init__(message)
        self.retry_after = retry_after


class CodelocksRejectedError(CodelocksError):
    """The API refuses the request (400, 404, 422, or an error inside a 200)."""

    def __init__(self, reason: str, status: int, *, readable: bool = True) -> None:
        """Keep the API's own words, the HTTP status, and whether the body was empty or JSON."""
        super().__init__(reason)
        self.reason = reason
        self.status = status
        self.readable = readable


class CodelocksConnectionError(CodelocksError):
    """No usable answer: no connection, TLS, a timeout, 5xx, a moved path, a firewall's page."""

    def __init__(self, message: str, *, sent: bool = True, no_path: bool = False) -> None:
        """Keep what is known of the failure.

        That is whether the request may have reached the API, and so may have been carried out, and
        whether the gateway says that it has no such path.
        """
        super().__init__(message)
        self.sent = sent
        self.no_path = no_path


class CodelocksResponseError(CodelocksError):
    """The answer is not as documented: not JSON, wrong shape, no id, too long."""
