"""Sending codes by notify entities: none of it is recorded."""

import asyncio
import json
from typing import Any, override

from homeassistant.components.notify import DATA_COMPONENT, NotifyEntity
from homeassistant.const import EVENT_CALL_SERVICE
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_capture_events,
)

from custom_components.codelocks.account import CodelocksConfigEntry
from tests.codes import add_kitlock, device_id, make, refused, set_options, warning
from tests.conftest import AddAccount, settle
from tests.simulator import LOCK_1_ID, LOCK_2_ID, Fault, Simulator

DEFAULT_WORDS = (
    "Your code for Bike shed: {code}\nIt works from 2026-10-13 14:00 to 2026-10-13 16:00."
    " Type it on the keypad."
)


class Phone(NotifyEntity):
    """A phone that takes messages, unless it fails."""

    _attr_has_entity_name = True

    def __init__(self, name: str, error: Exception | None = None) -> None:
        """Give it a name and, maybe, a fault."""
        self._attr_name = name
        self._attr_unique_id = name
        self._error = error
        self.messages: list[tuple[str, str | None]] = []

    @override
    async def async_send_message(self, message: str, title: str | None = None) -> None:
        """Take a message, or quote it in an error as careless integrations do."""
        if self._error:
            self._error.args = (f"cannot send {message!r}",)
            raise self._error
        self.messages.append((message, title))


class SlowPhone(NotifyEntity):
    """A phone with the older, blocking method."""

    _attr_name = "Slow"

    def __init__(self) -> None:
        """Start with no messages."""
        self.messages: list[str] = []

    @override
    def send_message(self, message: str, title: str | None = None) -> None:
        """Take a message."""
        self.messages.append(message)


async def add_phones(hass: HomeAssistant, *phones: NotifyEntity) -> None:
    """Add notify entities."""
    assert await async_setup_component(hass, "notify", {})
    await hass.data[DATA_COMPONENT].async_add_entities(phones)
    await settle(hass)


@pytest.fixture
async def phone(hass: HomeAssistant) -> Phone:
    """Add the phone `notify.anna`."""
    phone = Phone("Anna")
    await add_phones(hass, phone)
    return phone


@pytest.fixture
async def shed(hass: HomeAssistant, add_account: AddAccount) -> tuple[CodelocksConfigEntry, str]:
    """Add an account with only a KitLock."""
    entry = await add_account(access_key="")
    return entry, await add_kitlock(hass, entry)


START: dict[str, Any] = {"start": "2026-10-13 14:20:00"}


async def test_default_words(
    hass: HomeAssistant, phone: Phone, shed: tuple[CodelocksConfigEntry, str]
) -> None:
    """The default message has the lock, the code, the window and the extra keys to press."""
    answer = await make(hass, *shed, notify_entity_id="notify.anna", **START)
    assert phone.messages == [(DEFAULT_WORDS.format(code=answer["netcode"]), None)]
    assert answer["deliveries"] == [{"entity_id": "notify.anna", "ok": True, "error": None}]


async def test_window_is_told_in_the_time_of_the_lock(
    hass: HomeAssistant, phone: Phone, entry: CodelocksConfigEntry
) -> None:
    """The message for a lock in Berlin has Berlin's time, and says if * has to be typed first."""
    answer = await make(hass, entry, LOCK_2_ID, notify_entity_id=["notify.anna"], **START)
    assert phone.messages[0][0] == (
        f"Your code for Garden studio: {answer['netcode']}\n"
        "It works from 2026-10-13 15:00 to 2026-10-13 17:00."
        " Type it on the keypad; if the lock flashes red, type * first."
    )


@pytest.mark.parametrize(
    ("name", "message", "sent"),
    [
        pytest.param(
            "Anna",
            "{name}: {netcode} opens {lock} from {start} to {end}. {netcode}!",
            "Anna: ### opens Bike shed from 2026-10-13 14:00 to 2026-10-13 16:00. ###!",
            id="all fields",
        ),
        pytest.param("Anna", "Come in", "Come in", id="no field"),
        pytest.param(None, "For {name}: {netcode}", "For : ###", id="no name"),
        pytest.param("{netcode}", "{name}", "{netcode}", id="a name that looks like a field"),
        pytest.param("{lock}{end}", "{name} {lock}", "{lock}{end} Bike shed", id="or like two"),
        pytest.param("Anna", "{{ 7 * 6 }} {{netcode}}", "{{ 7 * 6 }} {###}", id="a template"),
        pytest.param(
            "Anna",
            "{NETCODE} {id} {} {0} {name.__class__} { netcode } %(name)s $name",
            "{NETCODE} {id} {} {0} {name.__class__} { netcode } %(name)s $name",
            id="not our fields",
        ),
        pytest.param("Änna 🗝", "<b>{name}</b>\n\\n", "<b>Änna 🗝</b>\n\\n", id="any sign"),
    ],
)
async def test_own_words(
    hass: HomeAssistant,
    phone: Phone,
    shed: tuple[CodelocksConfigEntry, str],
    name: str | None,
    message: str,
    sent: str,
) -> None:
    """Five fields are filled in, once, and everything else is left as it is."""
    entry, owner = shed
    fields = {"message": message, **({"name": name} if name else {}), **START}
    answer = await make(hass, entry, owner, notify_entity_id="notify.anna", **fields)
    assert [words for words, _ in phone.messages] == [sent.replace("###", answer["netcode"])]


async def test_to_many(
    hass: HomeAssistant, phone: Phone, shed: tuple[CodelocksConfigEntry, str]
) -> None:
    """Each gets it once, and one failure does not stop the others."""
    away, broken, slow = Phone("Away"), Phone("Broken", OSError()), SlowPhone()
    away._attr_available = False
    await add_phones(hass, away, broken, slow)

    answer = await make(
        hass,
        *shed,
        notify_entity_id=[
            "notify.away",
            "notify.nobody",
            "notify.broken",
            "light.kitchen",
            "notify.slow",
            "notify.anna",
            "notify.anna",
        ],
        **START,
    )

    words = DEFAULT_WORDS.format(code=answer["netcode"])
    unavailable = warning("notify_entity_unavailable")
    assert answer["deliveries"] == [
        {"entity_id": "notify.away", "ok": False, "error": unavailable},
        {"entity_id": "notify.nobody", "ok": False, "error": unavailable},
        {
            "entity_id": "notify.broken",
            "ok": False,
            "error": f"OSError: cannot send {DEFAULT_WORDS.format(code='****')!r}",
        },
        {"entity_id": "light.kitchen", "ok": False, "error": unavailable},
        {"entity_id": "notify.slow", "ok": True, "error": None},
        {"entity_id": "notify.anna", "ok": True, "error": None},
    ]
    assert phone.messages == [(words, None)]
    assert slow.messages == [words]
    assert away.messages == broken.messages == []
    assert answer["netcode"], "whatever became of it, the response has the code"


async def test_without_notify(hass: HomeAssistant, shed: tuple[CodelocksConfigEntry, str]) -> None:
    """A Home Assistant without any notify entity says so."""
    answer = await make(hass, *shed, notify_entity_id="notify.anna")
    error = warning("notify_entity_unavailable")
    assert answer["deliveries"] == [{"entity_id": "notify.anna", "ok": False, "error": error}]
    assert len(answer["netcode"]) == 7


async def test_chain(
    hass: HomeAssistant, phone: Phone, shed: tuple[CodelocksConfigEntry, str]
) -> None:
    """Every code of a chain is sent, with its own window."""
    answer = await make(
        hass,
        *shed,
        notify_entity_id="notify.anna",
        message="{netcode}: {start} to {end}",
        start="2026-10-13 22:00:00",
        end="2026-10-15 03:00:00",
        fit="tight",
    )
    assert len(answer["codes"]) > 1
    assert len(phone.messages) == len(answer["codes"])
    for (message, _), code in zip(phone.messages, answer["codes"], strict=True):
        assert message.startswith(code["netcode"])
        assert code["deliveries"] == [{"entity_id": "notify.anna", "ok": True, "error": None}]
    assert phone.messages[0][0].endswith("2026-10-13 22:00 to 2026-10-14 01:00")


async def test_repeated(
    hass: HomeAssistant, phone: Phone, shed: tuple[CodelocksConfigEntry, str]
) -> None:
    """A repeated request sends the code again: the first message may have been lost."""
    for _ in range(2):
        await make(hass, *shed, notify_entity_id="notify.anna", **START)
    assert len(phone.messages) == 2
    assert phone.messages[0] == phone.messages[1]


async def test_code_that_was_not_made(
    hass: HomeAssistant, sim: Simulator, phone: Phone, entry: CodelocksConfigEntry
) -> None:
    """Without a code, nothing is sent."""
    await set_options(hass, entry, deliver_to=["notify.anna"])
    sim.faults.add(Fault(kind="netcode_error", path="/n/*"))
    err = await refused(
        hass,
        "generate_netcode",
        device_id=device_id(hass, entry, LOCK_1_ID),
        notify_entity_id="notify.anna",
    )
    assert err.translation_key == "rejected"
    assert phone.messages == []


async def test_deliver_to_is_not_for_actions(
    hass: HomeAssistant, phone: Phone, shed: tuple[CodelocksConfigEntry, str]
) -> None:
    """The option is for codes of the calendar: an action names its own recipients."""
    entry, owner = shed
    await set_options(hass, entry, deliver_to=["notify.anna"])
    answer = await make(hass, entry, owner)
    assert answer["deliveries"] == []
    assert phone.messages == []


async def test_nothing_is_recorded(
    hass: HomeAssistant, phone: Phone, shed: tuple[CodelocksConfigEntry, str]
) -> None:
    """The notify action is not called: an action's data ends up in the database."""
    calls = async_capture_events(hass, EVENT_CALL_SERVICE)
    answer = await make(hass, *shed, notify_entity_id="notify.anna")
    await settle(hass)
    assert len(phone.messages) == 1
    assert [(call.data["domain"], call.data["service"]) for call in calls] == [
        ("codelocks", "generate_netcode")
    ]
    assert answer["netcode"] not in json.dumps([call.data for call in calls], default=str)
    assert answer["netcode"] not in json.dumps(
        [state.as_dict() for state in hass.states.async_all()], default=str
    )


class HeldPhone(NotifyEntity):
    """A phone whose messages are held until the test lets them go."""

    _attr_name = "Held"

    def __init__(self) -> None:
        """Hold messages."""
        self.begun = asyncio.Event()
        self.released = asyncio.Event()

    @override
    async def async_send_message(self, message: str, title: str | None = None) -> None:
        """Wait."""
        self.begun.set()
        await self.released.wait()


async def test_unloaded_while_a_message_is_sent(
    hass: HomeAssistant, add_account: AddAccount
) -> None:
    """The code is still returned."""
    entry = await add_account(access_key="")
    owner = await add_kitlock(hass, entry)
    phone = HeldPhone()
    await add_phones(hass, phone)
    making = hass.async_create_task(make(hass, entry, owner, notify_entity_id="notify.held"))
    await phone.begun.wait()
    assert await hass.config_entries.async_unload(entry.entry_id)
    phone.released.set()
    answer = await making
    assert answer["netcode"]
    assert answer["deliveries"][0]["ok"]


async def test_groups(hass: HomeAssistant, entry: CodelocksConfigEntry) -> None:
    """A group would call the recorded action, so its members get the message instead, once each."""
    anna, tom = Phone("Anna"), Phone("Tom")
    await add_phones(hass, anna, tom)
    for name, members in (
        ("Parents", ["notify.anna", "notify.tom", "notify.parents"]),
        ("Family", ["notify.parents", "notify.anna"]),
    ):
        options = {"entities": members, "group_type": "notify", "hide_members": False, "name": name}
        group = MockConfigEntry(domain="group", title=name, options=options)
        group.add_to_hass(hass)
        assert await hass.config_entries.async_setup(group.entry_id)
    await settle(hass)
    events = async_capture_events(hass, EVENT_CALL_SERVICE)
    answer = await make(hass, entry, LOCK_1_ID, notify_entity_id=["notify.family"])
    assert answer["deliveries"] == [
        {"entity_id": entity_id, "ok": True, "error": None}
        for entity_id in ("notify.anna", "notify.tom")
    ]
    assert len(anna.messages) == len(tom.messages) == 1
    assert answer["netcode"] in anna.messages[0][0]
    assert not [event for event in events if answer["netcode"] in str(event.data)]
