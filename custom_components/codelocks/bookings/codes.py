"""What bookings need to know of the codes that were made, of all accounts. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Self

from ..netcode.ledger import Issued, Ledger

LEGACY_KINDS = ("booking ", "visitor ")
"""References of version 0.1.0's blueprints: "booking <automation>: <what it was known by>"."""


@dataclass(frozen=True, slots=True)
class Codes:
    """The codes of some ledgers. Kept as long as these are the same: it takes all of their rows."""

    by_id: dict[str, Issued]
    by_reference: dict[tuple[str, str], list[Issued]]
    """By lock and reference, for those of 0.1.0 what follows the automation's id."""
    valued_until: dict[str, datetime] = field(repr=False)
    """By key the latest end of a code whose value is known."""

    @classmethod
    def of(cls, ledgers: Iterable[Ledger]) -> Self:
        """Look through ledgers."""
        codes = cls({}, {}, {})
        for row in (row for ledger in ledgers for row in ledger.rows()):
            codes.by_id[row.id] = row
            if row.code and row.end > codes.valued_until.get(row.key, row.start):
                codes.valued_until[row.key] = row.end
            if row.reference:
                codes.by_reference.setdefault((row.owner, _short(row)), []).append(row)
        return codes

    def known(self, key: str, now: datetime) -> bool:
        """Return whether a code takes no call: its value is in a ledger, and it is not over."""
        until = self.valued_until.get(key)
        return until is not None and now < until

    def live(self, ids: Iterable[str], now: datetime) -> tuple[str, ...]:
        """Return those codes that still open, and that nobody withdrew."""
        rows = (self.by_id.get(one) for one in ids)
        return tuple(row.id for row in rows if row and not row.withdrawn and now < row.end)

    def covering(
        self, owner: str, references: Sequence[str], start: datetime, end: datetime
    ) -> tuple[str, ...]:
        """Return codes with one of some references that cover a time together, else none.

        They were made before anything was kept of bookings, or what was kept is lost. A code of
        0.1.0 that was withdrawn is one that the owner does not want made again.
        """
        found = [
            row
            for reference in references
            for row in self.by_reference.get((owner, reference), ())
            if row.start < end
            and start < row.end
            and (not row.withdrawn or (_is_legacy(row) and row.replaced_by is None))
        ]
        reached = start
        for row in sorted(found, key=lambda row: row.start):
            if row.start > reached:
                return ()
            reached = max(reached, row.end)
        return tuple(row.id for row in found) if reached >= end else ()


def _is_legacy(row: Issued) -> bool:
    return bool(row.reference and row.reference.startswith(LEGACY_KINDS))


def _short(row: Issued) -> str:
    """Return by what a row is found: of those of 0.1.0 each visitor has the same, the day."""
    reference = row.reference or ""
    if not _is_legacy(row):
        return reference
    key = reference.partition(": ")[2]
    return legacy_name(f"{key} {row.name}" if reference.startswith("visitor ") else key)


def legacy_name(key: str) -> str:
    """Return the name of a booking of 0.1.0, which no reference is."""
    return f"\0{key}"
