"""The account that is measured, and its cloud: answers from memory, below the request funnel.

So parsing counts, but waiting does not.
"""

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
import json
import logging
from typing import Any, override
from unittest.mock import patch
from urllib.parse import urlsplit

from homeassistant.components.websocket_api import ActiveConnection
from homeassistant.components.websocket_api.http import WebSocketAdapter
from homeassistant.components.websocket_api.messages import message_to_json_bytes
from homeassistant.const import EVENT_STATE_CHANGED
from homeassistant.core import Event, HomeAssistant, callback
from homeassistant.helpers import entity_registry as er
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry, MockUser

from custom_components.codelocks import stored_file
from custom_components.codelocks.api import CodelocksConnectionError, Pool, transport
from custom_components.codelocks.const import DOMAIN
from custom_components.codelocks.page.feed import async_feed

from .measuring import Work
from .peers import Subject

_LOGGER = logging.getLogger(__name__)
ENTRIES = 10
"""Of each lock's audit, at first."""
CLIENTS = 2
"""Of each lock."""


class Ours(Subject):
    """An account with so many locks."""

    name = "codelocks"

    def __init__(self, locks: int) -> None:
        """Give every lock its entries."""
        super().__init__(locks)
        self.calls = 0
        self.entries = {
            lock_id: list(map(self._entry, range(ENTRIES))) for lock_id in self.lock_ids
        }
        self._bodies: dict[str, bytes] = {}
        """Answers that were given before: making them must not be measured."""

    @property
    def lock_ids(self) -> list[str]:
        """The ids of the locks."""
        return [f"{number:032x}" for number in range(1, self.locks + 1)]

    @staticmethod
    def _entry(number: int) -> dict[str, Any]:
        return {
            "AuditEntryID": number,
            "DateEntered": dt_util.now().replace(tzinfo=None).isoformat(),
            "EntryType": "Unlock",
            "EntryText": "Opened by Anna Berger (phone)",
        }

    @override
    def news(self) -> None:
        """Let something happen at every lock: an entry, another battery, another client."""
        super().news()
        for lock_id in self.lock_ids:
            self.open(lock_id)
        self.prepare_answers()

    def open(self, lock_id: str) -> None:
        """Let somebody open a lock."""
        entries = self.entries[lock_id]
        entries.insert(0, self._entry(len(entries)))
        self._bodies.clear()

    def prepare_answers(self) -> None:
        """Make all answers ahead."""
        self._bodies.clear()
        self._body("/k3connect")
        for lock_id in self.lock_ids:
            self._body(f"/k3connect/{lock_id}/audit")
            self._body(f"/k3connect/{lock_id}/clients")

    @override
    def prepare(self, hass: HomeAssistant) -> None:
        self.prepare_answers()

    @contextmanager
    def answering(self) -> Iterator[None]:
        """Answer in the place of the cloud."""

        async def send(
            funnel: transport.Transport, _: str, pool: Pool, path: str, **__: Any
        ) -> transport.HttpAnswer:
            funnel._on_request(pool)
            self.calls += 1
            await asyncio.sleep(0)
            if self.is_down:
                raise CodelocksConnectionError("down")
            return transport.HttpAnswer(200, self._body(f"/{path}"))

        with patch.object(transport.Transport, "_send", send):
            yield

    def _body(self, path: str) -> bytes:
        if path not in self._bodies:
            self._bodies[path] = json.dumps(self._answer(path)).encode()
        return self._bodies[path]

    def _answer(self, path: str) -> Any:
        match urlsplit(path).path.split("/")[1:]:
            case ["k3connect"]:
                return [self._lock(lock_id) for lock_id in self.lock_ids]
            case ["k3connect", lock_id, "audit"]:
                return [row | {"LockID": lock_id} for row in self.entries[lock_id][:50]]
            case ["k3connect", lock_id, "clients"]:
                return [self._client(lock_id, number) for number in range(CLIENTS)]
        raise AssertionError(path)

    def _lock(self, lock_id: str) -> dict[str, Any]:
        return {
            "LockId": lock_id,
            "LockName": f"Door {int(lock_id, 16)}",
            "BatteryStatus": "LOW" if self.number % 2 else "FULL",
            "BatteryUpdated": "2026-10-01T00:00:00",
            "Manufacturer": "CODELOCKS",
            "ModelName": "CL5510",
            "FirmwareVersion": "1.0.2",
            "Timezone": "Europe/London",
            "TimezoneOffset": "+0100",
        }

    def _client(self, lock_id: str, number: int) -> dict[str, Any]:
        is_suspended = self.number % 2 and number
        return {
            "Email": f"client{number}.{int(lock_id, 16)}@example.com",
            "Status": "SUSPENDED" if is_suspended else "ACTIVE",
            "AccessType": "STANDARD",
            "ActivePeriods": [
                {
                    "0": {"enabled": True, "starts": "09:00", "ends": "17:00"}
                    | dict.fromkeys(("mon", "tue", "wed", "thu", "fri", "sat", "sun"), True)
                }
            ],
        }

    @override
    def entry(self) -> MockConfigEntry:
        return MockConfigEntry(
            domain=DOMAIN,
            title="bench@example.com",
            unique_id="bench@example.com",
            data={"api_key": "k" * 40, "access_key": "a" * 10, "url": "http://127.0.0.1"},
            options={"plan": "custom", "netcode_quota": 100, "utility_quota": 10_000_000},
        )

    @override
    def reads(self, entry: MockConfigEntry) -> Iterator[Work]:
        data = entry.runtime_data
        for reader in (data.locks, *data.activity.values(), *data.clients.values()):
            yield reader.async_refresh

    @override
    def outage(self, entry: MockConfigEntry) -> Iterator[Work]:
        """Yield reads of the list, as polling makes them: the second failure cuts all off."""
        data = entry.runtime_data
        for _ in range(2 if self.is_down else 1):
            yield partial(data.poller._async_read, data.locks.read, data.locks)


async def open_page(hass: HomeAssistant) -> int:
    """Open the page, and close it once it has its snapshot; returns how many bytes that took."""
    sent: asyncio.Future[int] = hass.loop.create_future()

    def send(message: bytes | str | dict[str, Any]) -> None:
        if not sent.done():
            written = message_to_json_bytes(message) if isinstance(message, dict) else message
            sent.set_result(len(written))

    adapter = WebSocketAdapter(_LOGGER, {"connid": 1})
    connection = ActiveConnection(adapter, hass, send, MockUser(is_owner=True), None, None)
    close = async_feed(hass).async_subscribe(connection, 1)
    await sent
    close()
    return sent.result()


@contextmanager
def counters_written(hass: HomeAssistant) -> Iterator[Counter[str]]:
    """Count how often the calls left, and their file, are written."""
    written: Counter[str] = Counter()
    registry = er.async_get(hass)
    write = stored_file._Store._async_write_data

    async def write_counted(store: stored_file._Store, data: dict[str, Any]) -> None:
        written["files"] += store.key.startswith(f"{DOMAIN}.calls.")
        await write(store, data)

    @callback
    def count(event: Event[Any]) -> None:
        known = registry.async_get(event.data["entity_id"])
        written["states"] += bool(known and (known.translation_key or "").endswith("_calls_left"))

    with ExitStack() as stack:
        stack.callback(hass.bus.async_listen(EVENT_STATE_CHANGED, count))
        stack.enter_context(patch.object(stored_file._Store, "_async_write_data", write_counted))
        yield written
