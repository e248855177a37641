"""Withdrawing codes that were made, and sending them again."""

from datetime import timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.auth.const import GROUP_ID_ADMIN, GROUP_ID_USER
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import ServiceValidationError, Unauthorized
import pytest

from custom_components.codelocks.account import CodelocksConfigEntry
from tests.codes import act, add_kitlock, device_id, listed, netcode_calls, refused, warning, words
from tests.conftest import AddAccount
from tests.helpers import pass_time, value
from tests.issuing.test_delivery import Phone, add_phones
from tests.simulator import LOCK_1_ID, LOCK_2_ID, Simulator

type Fields = dict[str, Any]

HOUR = timedelta(hours=1)
BOOKING: Fields = {"name": "Anna", "reference": "b1"}
TOMORROW: Fields = {"start": "2026-10-13 14:20:00", "end": "2026-10-13 15:40:00"}
TO_ANNA: Fields = {"notify_entity_id": "notify.anna"}


@pytest.fixture
async def doors(
    hass: HomeAssistant, entry: CodelocksConfigEntry, add_account: AddAccount
) -> list[str]:
    """Return the devices of a K3 lock, and of two KitLocks of another account."""
    other = await add_account(access_key="")
    shed = await add_kitlock(hass, other)
    garage = await add_kitlock(
        hass, other, name="Garage", lock_model="KL1060G3", identifier="738291"
    )
    return [device_id(hass, entry, LOCK_1_ID), *(device_id(hass, other, o) for o in (shed, garage))]


@pytest.fixture
async def phone(hass: HomeAssistant) -> Phone:
    """Add the phone `notify.anna`."""
    phone = Phone("Anna")
    await add_phones(hass, phone)
    return phone


async def book(hass: HomeAssistant, doors: list[str], **fields: Any) -> list[str]:
    """Order codes for a booking; returns their ids."""
    wish = {**TOMORROW, **BOOKING, **fields}
    answer = await act(hass, "generate_netcode", device_id=doors, **wish)
    return [code["id"] for code in answer["codes"]]


async def states(hass: HomeAssistant) -> dict[str, str]:
    """Return the states of all codes, by id."""
    return {row["id"]: row["state"] for row in await listed(hass, include_expired=True)}


# Withdrawing


async def test_withdraw(hass: HomeAssistant, sim: Simulator, doors: list[str]) -> None:
    """The answer says until when each still opens, and how it is blocked, if that is known."""
    ids = await book(hass, doors)
    calls = len(sim.calls)

    rows = (await act(hass, "withdraw_netcode", id=ids))["netcodes"]

    assert len(sim.calls) == calls
    assert [row["id"] for row in rows] == ids
    assert [row["state"] for row in rows] == ["withdrawn"] * 3
    assert [row["opens_until"] for row in rows] == [row["end"] for row in rows]
    assert rows[0]["opens_until"] == "2026-10-13T16:00:00+01:00"
    assert [row["how_to_block"] for row in rows] == [
        warning("block_by_master_code"),
        None,
        warning("block_by_program_16"),
    ]
    assert all("netcode" not in row for row in rows)
    assert await states(hass) == dict.fromkeys(ids, "withdrawn")
    again = (await act(hass, "withdraw_netcode", id=ids[:1]))["netcodes"]
    assert [row["state"] for row in again] == ["withdrawn"], "twice is no mistake"


async def test_withdraw_a_booking(hass: HomeAssistant, doors: list[str]) -> None:
    """By lock and reference: all codes of a booking at these locks, and no others."""
    ids = await book(hass, doors)
    [other] = await book(hass, doors[:1], reference="b2", start="2026-10-13 10:00:00")
    answer = await act(hass, "withdraw_netcode", device_id=doors[:2], reference="b1")
    assert [row["id"] for row in answer["netcodes"]] == ids[:2]
    assert await states(hass) == {
        ids[0]: "withdrawn",
        ids[1]: "withdrawn",
        ids[2]: "planned",
        other: "planned",
    }


async def test_withdrawn_code_still_counts(
    hass: HomeAssistant, entry: CodelocksConfigEntry, doors: list[str]
) -> None:
    """It opens until its end, whatever the ledger says."""
    now = {"start": "2026-10-12 10:00:00", "end": "2026-10-12 12:00:00"}
    ids = await book(hass, doors[:1], **now)
    await act(hass, "withdraw_netcode", id=ids)
    assert entry.runtime_data
    assert value(hass, "sensor", LOCK_1_ID, "active_netcodes") == "1"


@pytest.mark.parametrize(
    ("fields", "key"),
    [
        pytest.param({}, "device_and_reference", id="nothing"),
        pytest.param({"reference": "b1"}, "device_and_reference", id="no lock"),
        pytest.param({"device_id": []}, "device_and_reference", id="no reference"),
        pytest.param({"id": []}, "no_netcode_chosen", id="no id"),
        pytest.param({"id": ["gone"]}, "netcode_unknown", id="unknown id"),
        pytest.param({"id": ["gone"], "reference": "b1"}, "id_or_reference", id="both"),
    ],
)
async def test_withdraw_what_is_not_clear(
    hass: HomeAssistant, doors: list[str], fields: Fields, key: str
) -> None:
    """A clear sentence, and nothing is withdrawn."""
    ids = await book(hass, doors)
    if "id" in fields:
        fields = {**fields, "id": [*ids, *fields["id"]] if fields["id"] else []}
    err = await refused(hass, "withdraw_netcode", **fields)
    assert isinstance(err, ServiceValidationError)
    assert err.translation_key == key
    assert str(err) == words(key, **(err.translation_placeholders or {}))
    assert await states(hass) == dict.fromkeys(ids, "planned")


async def test_withdraw_an_unknown_booking(hass: HomeAssistant, doors: list[str]) -> None:
    """A reference that no code of these locks has is probably a mistake."""
    await book(hass, doors[1:])
    err = await refused(hass, "withdraw_netcode", device_id=doors[0], reference="b1")
    assert str(err) == words("reference_unknown", reference="b1", locks="Front door")


async def test_withdraw_what_is_over(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, doors: list[str]
) -> None:
    """All or none: one that is over refuses the others, too, erased or not."""
    [early] = await book(hass, doors[:1], start="2026-10-12 11:00", end="2026-10-12 12:00")
    [late] = await book(hass, doors[1:2])
    for hours in (3, 2):
        await pass_time(hass, freezer, HOUR * hours)
        err = await refused(hass, "withdraw_netcode", id=[late, early])
        assert str(err) == words("netcode_over", lock="Front door", end="Monday 12 October, 12:00")
    assert await states(hass) == {early: "expired", late: "planned"}
    err = await refused(hass, "withdraw_netcode", device_id=doors[0], reference="b1")
    assert err.translation_key == "reference_unknown"


# Sending


async def test_send(hass: HomeAssistant, sim: Simulator, phone: Phone, doors: list[str]) -> None:
    """One message about all, without a call; what was sent is not noted anywhere."""
    ids = await book(hass, doors[:2])
    codes = {row["id"]: row["netcode"] for row in await listed(hass, reveal=True)}
    calls = len(netcode_calls(sim))
    rows = await listed(hass)

    answer = await act(hass, "send_netcode", id=[*ids, ids[0]], **TO_ANNA)

    assert answer == {"deliveries": [{"entity_id": "notify.anna", "ok": True, "error": None}]}
    assert len(netcode_calls(sim)) == calls
    assert await listed(hass) == rows
    [(message, _)] = phone.messages
    assert message.splitlines()[1:-1] == [
        f"Front door: {codes[ids[0]]}, Tuesday 13 October, 14:00 \N{EN DASH} 16:00",
        f"Bike shed: {codes[ids[1]]}, Tuesday 13 October, 14:00 \N{EN DASH} 16:00",
    ]


async def test_send_in_own_words(hass: HomeAssistant, phone: Phone, doors: list[str]) -> None:
    """As when a code is made; one code has all fields."""
    ids = await book(hass, doors[:1])
    message = "{name}: {netcode} for {lock}, {start}"
    await act(hass, "send_netcode", id=ids[0], message=message, **TO_ANNA)
    [row] = await listed(hass, reveal=True)
    said = f"Anna: {row['netcode']} for Front door, Tuesday 13 October, 14:00"
    assert phone.messages == [(said, None)]


async def test_send_by_a_phone_that_fails(hass: HomeAssistant, doors: list[str]) -> None:
    """That is no error; the answer does not quote the codes."""
    await add_phones(hass, Phone("Broken", OSError()))
    ids = await book(hass, doors)
    answer = await act(hass, "send_netcode", id=ids, notify_entity_id="notify.broken")
    [delivery] = answer["deliveries"]
    assert not delivery["ok"]
    assert delivery["error"].startswith("OSError: cannot send")
    for row in await listed(hass, reveal=True):
        assert row["netcode"] not in delivery["error"]


@pytest.mark.parametrize(
    ("fields", "key"),
    [
        pytest.param({"id": []}, "no_netcode_chosen", id="no id"),
        pytest.param({"id": ["gone"]}, "netcode_unknown", id="unknown id"),
        pytest.param(
            {"notify_entity_id": ["notify.anna", "notify.gone"]}, "notify_entity_unknown", id="gone"
        ),
        pytest.param({"notify_entity_id": []}, "no_recipient_chosen", id="nobody"),
        pytest.param({"notify_entity_id": "light.kitchen"}, "notify_entity_unknown", id="a light"),
    ],
)
async def test_send_what_is_not_clear(
    hass: HomeAssistant, phone: Phone, doors: list[str], fields: Fields, key: str
) -> None:
    """A clear sentence, and nothing is sent to anybody."""
    ids = await book(hass, doors)
    if fields.get("id"):
        fields = {"id": [*ids, *fields["id"]]}
    err = await refused(hass, "send_netcode", **{"id": ids, **TO_ANNA, **fields})
    assert isinstance(err, ServiceValidationError)
    assert err.translation_key == key
    assert str(err) == words(key, **(err.translation_placeholders or {}))
    assert phone.messages == []


async def test_send_what_is_over(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, phone: Phone, doors: list[str]
) -> None:
    """It opens no more; an erased one is not known any more."""
    [early] = await book(hass, doors[:1], start="2026-10-12 11:00", end="2026-10-12 12:00")
    [late] = await book(hass, doors[1:2])
    for hours in (3, 2):
        await pass_time(hass, freezer, HOUR * hours)
        err = await refused(hass, "send_netcode", id=[late, early], **TO_ANNA)
        assert err.translation_key == "netcode_over"
    assert phone.messages == []


# Who may


async def test_who_may(hass: HomeAssistant, phone: Phone, doors: list[str]) -> None:
    """Both are for administrators and automations, unless the options say otherwise."""
    await hass.auth.async_create_user("Owner", group_ids=[GROUP_ID_ADMIN])
    user = await hass.auth.async_create_user("Tom", group_ids=[GROUP_ID_USER])
    context = Context(user_id=user.id)
    ids = await book(hass, doors)
    with pytest.raises(Unauthorized):
        await act(hass, "withdraw_netcode", context, id=ids)
    with pytest.raises(Unauthorized):
        await act(hass, "withdraw_netcode", context, device_id=doors, reference="b1")
    with pytest.raises(Unauthorized):
        await act(hass, "send_netcode", context, id=ids, **TO_ANNA)
    assert await states(hass) == dict.fromkeys(ids, "planned")
    assert phone.messages == []


async def test_lock_that_left(
    hass: HomeAssistant, sim: Simulator, entry: CodelocksConfigEntry, add_account: AddAccount
) -> None:
    """The codes of a KitLock that was removed are not known any more."""
    other = await add_account(access_key="")
    shed = await add_kitlock(hass, other)
    ids = await book(hass, [device_id(hass, entry, LOCK_2_ID), device_id(hass, other, shed)])
    hass.config_entries.async_remove_subentry(other, shed)
    await hass.async_block_till_done()
    err = await refused(hass, "withdraw_netcode", id=ids)
    assert str(err) == words("netcode_unknown", id=ids[1])
    assert len(netcode_calls(sim)) == 2
