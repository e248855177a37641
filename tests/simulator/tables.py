"""Plans, lock models and durations.

Known: the plans; ids 0 to 11 are 1 to 12 hours and 12 to 18 are 1 to 7 days, `standard`/`alltime`;
id 37 is a long rental. Everything else from id 19 on, and all other mode words, are invented:
nobody has published them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

# plan: NetCode calls and utility calls a month
PLANS = {
    "business_1": (100, 1000),
    "business_2": (315, 1000),
    "pro_1": (613, 2000),
    "pro_2": (1250, 2000),
    "pro_3": (2417, 2000),
    "enterprise_1": (6000, 3000),
    "enterprise_2": (12000, 3000),
}

# Digits of a NetCode. K3CONNECT, KL1060, KL1060C2 and KL1060G3 were seen; KL1550 is a guess.
DIGITS = {"K3CONNECT": 6, "KL1060": 6, "KL1550": 6, "KL1060C2": 7, "KL1060G3": 7}
# The models for which initialisation, durations and duration are documented.
UTILITY_MODELS = ("KL1060", "KL1060C2", "KL1550")
# Seen: one lock gave the same code under both names.
SAME_ALGORITHM = {"KL1060G3": "KL1060C2"}
DEFAULT_MASTERCODE = "11335577"
DEFAULT_IDENTIFIER = "123456"


@dataclass(frozen=True, slots=True, kw_only=True)
class Duration:
    """A row of the durations table."""

    id: int
    mode: str
    sub_mode: str
    days: int = 0
    hours: int = 0
    models: frozenset[str]

    @property
    def length(self) -> timedelta:
        """How long a code of this duration is valid."""
        return timedelta(days=self.days, hours=self.hours)

    @property
    def restricted_start(self) -> str:
        """The time of day that a code must start at; empty for any full hour."""
        return "00:00" if self.days else ""


_ALL = frozenset(DIGITS)
# Seen: duration 12 fails on KL1060G3.
_DAYS = _ALL - {"KL1060G3"}
_RENTAL = frozenset({"KL1060", "KL1060C2"})
_SINGLE = frozenset({"KL1060C2", "K3CONNECT"})
_DAY = frozenset({"KL1060C2", "KL1550", "K3CONNECT"})
_END = frozenset({"KL1060C2"})


def _rows() -> Iterator[Duration]:
    """Build the table in the order of its ids."""
    for hours in range(1, 13):
        yield Duration(id=hours - 1, mode="standard", sub_mode="alltime", hours=hours, models=_ALL)
    for days in range(1, 8):
        yield Duration(id=11 + days, mode="standard", sub_mode="alltime", days=days, models=_DAYS)
    for days in range(1, 19):
        yield Duration(id=18 + days, mode="rental", sub_mode="acc", days=days, models=_RENTAL)
    yield Duration(id=37, mode="rental", sub_mode="urm", days=365, models=_RENTAL)
    for days in range(19, 22):
        yield Duration(id=19 + days, mode="rental", sub_mode="acc", days=days, models=_RENTAL)
    for hours in range(1, 13):
        yield Duration(
            id=40 + hours, mode="standard", sub_mode="singleuse", hours=hours, models=_SINGLE
        )
    for days in range(1, 8):
        yield Duration(
            id=52 + days, mode="standard", sub_mode="singleuse", days=days, models=_SINGLE
        )
    yield Duration(id=60, mode="24hour", sub_mode="alltime", hours=24, models=_DAY)
    for number, days in enumerate((30, 90, 180, 365), start=61):
        yield Duration(id=number, mode="enddate", sub_mode="alltime", days=days, models=_END)


DURATIONS = {row.id: row for row in _rows()}


def durations_for(model: str | None) -> list[Duration]:
    """Return the durations of a model; without a model, of all documented ones."""
    wanted = set(UTILITY_MODELS) if model is None else {model}
    return [row for row in DURATIONS.values() if wanted & row.models]
