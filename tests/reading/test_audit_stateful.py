"""No entry is lost, none is reported twice except after a crash, and all are in order.

The real coordinator and store run without a Home Assistant, on a cloud of our own in which things
can happen between any two pages of a read.
"""

from collections import Counter
from collections.abc import Coroutine, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
import json
from types import SimpleNamespace
from typing import Any, cast, override

from hypothesis import settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from custom_components.codelocks.api import AuditEntry, AuditOrder, CodelocksConnectionError
from custom_components.codelocks.polling.arrival_rates import Rates
from custom_components.codelocks.polling.schedule import Read, ReadKind
from custom_components.codelocks.reading.activity import ActivityCoordinator
from custom_components.codelocks.reading.records import ActivityRecord
from custom_components.codelocks.store import EntryStore

NOON = datetime(2026, 10, 12, 12, 0)  # noqa: DTZ001 - as the cloud gives it
NOW = datetime(2026, 10, 12, 12, 0, tzinfo=UTC)
EPOCHS = (200_000, 100_000, 1)
"""Where the cloud's ids start, and start again: lower each time."""
LOCK = "lock"

MINUTES = st.lists(st.none() | st.integers(-3, 3), min_size=1, max_size=6)
FLOOD = st.integers(1, 130).map(lambda count: [0] * count)
BETWEEN = st.lists(
    st.sampled_from(
        ["nothing"] * 3
        + ["arrive", "empty", "fail", "repeat", "look", "no ids", "shuffled", "spent"]
    ),
    max_size=4,
)
"""What happens at each page of a read."""


def done[T](work: Coroutine[Any, Any, T]) -> T:
    """Return the result of a coroutine that waits for nothing."""
    try:
        work.send(None)
    except StopIteration as end:
        return cast("T", end.value)
    raise AssertionError("it waits")


@dataclass
class Cloud:
    """A cloud with one lock's audit."""

    page_size: int
    twins: bool
    """Whether two entries may have the same words. Only ids tell those apart, so then every answer
    has its ids."""
    epoch: int = 0
    next_id: int = EPOCHS[0]
    audit: list[tuple[str, AuditEntry]] = field(default_factory=list)
    """Each entry with its own name, which stays when ids change; in the order of arrival."""
    names: dict[int | str | None, str] = field(default_factory=dict)
    """By ids, including earlier ones, and by texts."""
    count: int = 0
    script: list[str] = field(default_factory=list)
    """What happens at each of the next pages."""
    was_empty: bool = False
    """Whether the last answer was an empty page, by a hiccup."""
    spent: bool = False
    """Whether polling may make no more calls."""
    meanwhile: Any = None
    """A function that lets a user read the audit."""
    shown: set[str] = field(default_factory=set)
    """The entries that were there when a page was answered."""

    def arrive(self, minutes: Sequence[int | None]) -> None:
        """Let entries arrive, this many minutes after noon."""
        first = self.count
        for minute in minutes:
            self.count += 1
            twin = self.twins and self.count == first + 2 and minute == minutes[0]
            text = f"Opened {first + 1 if twin else self.count}"
            time = None if minute is None else NOON + timedelta(minutes=minute)
            entry = AuditEntry(time=time, entry_type="Unlock", text=text)
            self._add(f"entry {self.count}", entry)

    def _add(self, name: str, entry: AuditEntry) -> None:
        self.audit.append((name, replace(entry, entry_id=self.next_id)))
        self.names |= {self.next_id: name, entry.text: name}
        self.next_id += 1

    def renumber(self, *, keep: bool) -> None:
        """Start counting again, from lower: with the existing entries, or with an empty audit."""
        self.epoch += 1
        self.next_id = EPOCHS[self.epoch]
        kept, self.audit = self.audit if keep else [], []
        for name, entry in kept:
            self._add(name, entry)

    async def audit_page(self, page: int, per_page: int) -> tuple[AuditEntry, ...]:
        """Answer a request, then let the next thing happen."""
        size = min(per_page, self.page_size)
        self.shown = {name for name, _ in self.audit}
        happens = self.script.pop(0) if self.script else "nothing"
        if happens == "empty" and not self.was_empty:  # a hiccup, so not twice in a row
            self.was_empty = True
            return ()
        self.was_empty = False
        if happens == "fail":
            raise CodelocksConnectionError("down")
        newest_first = [entry for _, entry in reversed(self.audit)]
        found = newest_first[(page - 1) * size : page * size]
        if happens == "repeat":
            found += found[:1]
        elif happens == "no ids" and not self.twins:
            found = [replace(entry, entry_id=None) for entry in found]
        elif happens == "shuffled":
            found = found[::2] + found[1::2]
        elif happens == "arrive":
            self.arrive([1, 0])
        elif happens == "look":
            self.meanwhile()
        elif happens == "spent":
            self.spent = True
        return tuple(found)


class Client:
    """The client of the cloud, as far as an audit needs one."""

    def __init__(self, cloud: Cloud) -> None:
        """Take the cloud."""
        self.cloud = cloud

    async def audit(
        self, _: str, *, page: int = 1, per_page: int = 50, **_kwargs: Any
    ) -> tuple[AuditEntry, ...]:
        """Return a page."""
        return await self.cloud.audit_page(page, per_page)


class Memory(EntryStore):
    """A store whose file is a string."""

    def __init__(self, file: str) -> None:
        """Read the file."""
        self._parts = json.loads(file)
        self.rates = Rates(UTC)

    @override
    def _schedule_save(self, *, urgent: bool = False) -> None:
        """Write nothing by itself."""

    @property
    def file(self) -> str:
        """What would be written now."""
        return json.dumps(self._snapshot())


class Activity(ActivityCoordinator):
    """The coordinator, with an event entity that reports unless it is unavailable."""

    def __init__(self, client: Client, store: EntryStore) -> None:
        """Start with what is stored."""
        self.read = Read(ReadKind.ACTIVITY, LOCK)
        account = SimpleNamespace(
            client=client,
            store=store,
            locks=SimpleNamespace(moment=lambda time, _: time and time.replace(tzinfo=UTC)),
            clients={},
            poller=SimpleNamespace(async_reached=lambda _: None),
            polling_calls_left=lambda _: int(not client.cloud.spent),
        )
        self.account = account
        self.has_consumer = True
        self.available = True
        self.told: list[tuple[AuditEntry, ...]] = []
        self.data = cast("ActivityRecord", store.activity(LOCK))
        self.tell()

    @override
    def _record(self, entries: Sequence[AuditEntry], now: datetime) -> ActivityRecord:
        kept = len(self.data.waiting) if self.data else 0
        record = super()._record(entries, now)
        keys = [
            (one.time or datetime.min, one.entry_id or 0)  # noqa: DTZ901
            for one in record.waiting[kept:]
        ]
        assert keys == sorted(keys), "not in order"
        return record

    @override
    def async_set_updated_data(self, data: ActivityRecord) -> None:
        self.data = data
        self.tell()

    @override
    def _announce(self, entries: Iterable[AuditEntry]) -> None:
        """Tell nobody else."""

    def tell(self) -> None:
        """Report what waits."""
        if self.available and (waiting := self.take_waiting()):
            self.told.append(waiting)

    def poll(self) -> None:
        """Read, as the poller does."""
        self.async_set_updated_data(done(self._async_read(NOW)))

    def look(self, limit: int) -> None:
        """Read, as a user does."""
        done(self.async_get_entries(limit, AuditOrder.DESCENDING))


class AuditMachine(RuleBasedStateMachine):
    """The pipeline from the cloud's audit to the reported entries."""

    @initialize(size=st.sampled_from([50, 50, 20]), history=st.integers(0, 60), twins=st.booleans())
    def begin(self, size: int, history: int, *, twins: bool) -> None:
        """Start with a cloud that has some history, and without files."""
        self.cloud = Cloud(size, twins)
        self.cloud.arrive(list(range(history)))
        self.cloud.meanwhile = self.look_meanwhile
        self.file = "{}"
        self.told: Counter[str] = Counter()
        self.exempt: set[str] = set()
        """Entries from before the first read, which are not reported."""
        self.again: set[str] = set()
        """Entries reported before a crash, but after the last write."""
        self.unwritten: set[str] = set()
        self.start()

    def start(self) -> None:
        """Start Home Assistant with the file."""
        self.activity = Activity(Client(self.cloud), Memory(self.file))
        self.note()

    def note(self) -> None:
        """Note what was reported."""
        for batch in self.activity.told:
            for entry in batch:
                name = self.cloud.names[entry.entry_id or entry.text]
                self.told[name] += 1
                self.unwritten.add(name)
        self.activity.told.clear()

    def exempt_history(self) -> None:
        """Exempt the entries that are there at the first read."""
        if self.activity.data is None:
            self.exempt |= {name for name, _ in self.cloud.audit}

    def look_meanwhile(self) -> None:
        """Let a user read the audit between two pages."""
        self.exempt_history()
        script, self.cloud.script = self.cloud.script, []
        self.activity.look(self.cloud.count % 60 + 1)
        self.cloud.script = script

    # More than 40 pages are not read.
    @precondition(lambda self: self.cloud.count - len(self.told) < 600)
    @rule(minutes=MINUTES | FLOOD)
    def arrive(self, minutes: list[int | None]) -> None:
        """Entries arrive."""
        self.cloud.arrive(minutes)

    @rule(script=BETWEEN)
    def read(self, script: list[str]) -> None:
        """Read, as the poller does.

        An empty first page is read twice: what the second one shows is history, too.
        """
        self.exempt_history()
        is_first = self.activity.data is None
        self.cloud.script = script
        with suppress(CodelocksConnectionError):
            self.activity.poll()
        if is_first:
            self.exempt |= self.cloud.shown
        self.cloud.script = []
        self.cloud.spent = False
        self.note()

    @rule(limit=st.sampled_from([1, 3, 10, 50, 500]))
    def look(self, limit: int) -> None:
        """Read, as a user does."""
        self.exempt_history()
        self.activity.look(limit)
        self.note()

    @rule(available=st.booleans())
    def change_availability(self, *, available: bool) -> None:
        """Let the lock go missing from the list, or come back."""
        self.activity.available = available
        self.activity.tell()
        self.note()

    @rule()
    def write(self) -> None:
        """Write the file, as the store does."""
        self.file = cast("Memory", self.activity.account.store).file
        self.unwritten.clear()

    @rule()
    def restart(self) -> None:
        """Home Assistant shuts down properly, and starts."""
        self.write()
        self.start()

    @rule()
    def crash(self) -> None:
        """Home Assistant crashes, and starts."""
        self.again |= self.unwritten
        self.unwritten.clear()
        self.start()

    @precondition(lambda self: self.cloud.epoch + 1 < len(EPOCHS))
    @rule(keep=st.booleans())
    def renumber(self, *, keep: bool) -> None:
        """Let the cloud count again; unread entries of an emptied audit are lost."""
        if not keep:
            self.exempt |= {name for name, _ in self.cloud.audit}
        self.cloud.renumber(keep=keep)

    @invariant()
    def none_doubled(self) -> None:
        """No entry is reported twice, except after a crash, and none from before the first read."""
        doubled = {name for name, count in self.told.items() if count > 1}
        assert doubled <= self.again, doubled - self.again

    @override
    def teardown(self) -> None:
        """At the end all entries have been reported."""
        if not hasattr(self, "activity"):
            return
        self.activity.available = True
        self.look_meanwhile()
        self.read([])
        self.none_doubled()
        lost = {name for name, _ in self.cloud.audit} - self.told.keys() - self.exempt
        assert not lost, lost


AuditMachine.TestCase.settings = settings(max_examples=150, stateful_step_count=30, deadline=None)
test_audit = AuditMachine.TestCase
