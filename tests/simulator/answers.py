"""The simulator's answers, and its refusals."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
import json

type Json = Mapping[str, Json] | Sequence[Json] | str | int | float | bool | None

JSON_TYPE = "application/json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One HTTP answer."""

    status: int = 200
    body: bytes = b""
    content_type: str = JSON_TYPE
    headers: Mapping[str, str] = field(default_factory=dict)


class RefusedError(Exception):
    """A request that the cloud refuses; carries the answer."""

    def __init__(self, answer: Answer) -> None:
        """Keep the answer."""
        super().__init__(f"HTTP {answer.status}")
        self.answer = answer


def compact(data: Json) -> str:
    """Spell JSON without spaces, as the API has been seen to do."""
    return json.dumps(data, separators=(",", ":"))


def reply(data: Json, status: int = 200) -> Answer:
    """Answer with JSON."""
    return Answer(status=status, body=compact(data).encode())


def complaint(status: int, *texts: str) -> Answer:
    """Answer as the application behind the gateway complains: a JSON list inside a string."""
    return reply({"Message": compact(texts)}, status)


def gateway(status: int, text: str, retry_after: int | None = None) -> Answer:
    """Answer as the AWS gateway in front of the application does."""
    headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
    return Answer(status=status, body=compact({"message": text}).encode(), headers=headers)


def invalid(text: str) -> RefusedError:
    """Refuse invalid data: 400."""
    return RefusedError(complaint(400, f"[Invalid Data] {text}"))


def missing(names: Sequence[str]) -> RefusedError:
    """Refuse for lack of parameters: 404, as documented."""
    return RefusedError(complaint(404, *(f"[Missing required parameter] {name}" for name in names)))


def no_lock() -> RefusedError:
    """Refuse a well-formed lock id that the account does not have."""
    return RefusedError(complaint(404, "No lock found."))


# Seen: no body at all, and still called JSON.
BAD_ACCESS_KEY = Answer(status=401)
FORBIDDEN = gateway(403, "Forbidden")
UNKNOWN_PATH = gateway(403, "Missing Authentication Token")
