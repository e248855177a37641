"""Nothing that we write, and nothing that we fill in, is markup to a channel."""

import json
import re
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.helpers.translation import async_load_integrations
from hypothesis import given, strategies as st
import pytest

from custom_components.codelocks.account import CodelocksConfigEntry
from custom_components.codelocks.const import DOMAIN
from custom_components.codelocks.issuing.markup import one_line, without_markup
from tests.codes import COMPONENT, act, add_kitlock, device_id, make
from tests.conftest import AddAccount
from tests.issuing.channels import CHANNELS, MarkupError
from tests.issuing.requesters import add_requester
from tests.issuing.test_delivery import Phone, add_phones
from tests.simulator import LOCK_1_ID, Simulator

LANGUAGES = sorted(path.stem for path in (COMPONENT / "translations").glob("*.json"))
NASTY = "*_`[x](y) <b>&amp; \\_ #1. {lock} ~|+-=!> & 1) a.b"
OURS = re.compile(r"delivery_|text_|code_sentence|code_line")

texts = st.text(st.characters(codec="utf-8") | st.sampled_from(NASTY), max_size=60)


@pytest.mark.parametrize(
    "text", ["Type * first", "my_lock", "[x](y)", "<b>", "a & b", "1. Door", "- Door", "`", "a\\_"]
)
def test_channels_refuse(text: str) -> None:
    """At least one channel refuses each of these, or reads it as something else."""
    refused = []
    for channel in CHANNELS:
        try:
            channel(text)
        except MarkupError:
            refused.append(channel)
    assert refused


@given(texts)
def test_nothing_is_markup(text: str) -> None:
    """Any text comes out as plain text for every channel, of the same lines."""
    plain = without_markup(one_line(text))
    for channel in CHANNELS:
        assert channel(plain) == plain
    assert without_markup(plain) == plain
    assert len(without_markup(text).split("\n")) == len(text.split("\n"))


@given(st.text(st.characters(categories=["L", "N"]), max_size=30))
def test_letters_and_digits_stay(text: str) -> None:
    """Only marks are replaced: a name stays a name."""
    assert without_markup(text) == text


@pytest.mark.parametrize("language", LANGUAGES)
def test_our_words(language: str) -> None:
    """Our texts for messages have no such characters, so they come as they were written."""
    path = COMPONENT / "translations" / f"{language}.json"
    sentences: dict[str, Any] = json.loads(path.read_text())["exceptions"]
    ours = {key: one["message"] for key, one in sentences.items() if OURS.match(key)}
    assert len(ours) == 12
    for text in ours.values():
        plain = re.sub(r"\{\w+\}", "x", text)
        for channel in CHANNELS:
            assert channel(plain) == plain


@pytest.mark.parametrize("language", LANGUAGES)
async def test_messages_in_every_language(
    hass: HomeAssistant, sim: Simulator, add_account: AddAccount, language: str
) -> None:
    """Whatever lock and guest are called, every channel takes every message."""
    hass.config.language = language
    await async_load_integrations(hass, {DOMAIN})
    sim.world.lock(LOCK_1_ID).name = NASTY
    phone = Phone("Anna")
    await add_phones(hass, phone)
    entry = await add_account()
    doors = [device_id(hass, entry, LOCK_1_ID)]
    doors.append(device_id(hass, entry, await add_kitlock(hass, entry, name=f"- {NASTY}")))
    for device_ids in (doors[:1], doors[1:], doors):
        for start in ("2026-10-13 22:20:00", "2027-01-03 10:00:00"):
            for message in ("", "{name} {lock} {start} {end} {netcode}\n{codes}"):
                answer = await act(
                    hass,
                    "generate_netcode",
                    device_id=device_ids,
                    start=start,
                    duration={"hours": 3},
                    name=NASTY,
                    notify_entity_id="notify.anna",
                    message=message,
                )
                said = phone.messages[-1][0]
                for text in (said, answer["text"]):
                    for channel in CHANNELS:
                        assert channel(text) == text
                assert all(code["netcode"] in said for code in answer["codes"])
                assert answer["netcode"] in answer["text"]
    assert len(phone.messages) == 12


async def test_replies_to_texts(
    hass: HomeAssistant, sim: Simulator, add_account: AddAccount
) -> None:
    """A reply by a messenger is without markup; one by SMS has the lock's own name."""
    sim.world.lock(LOCK_1_ID).name = "Front_door (2)"
    entry = await add_account()
    await add_requester(hass, entry)
    await add_requester(hass, entry, name="Tom", channel="telegram", sender="4711")
    asked = {"message": "FrontDoor1"}
    sms = await act(
        hass, "answer_text_request", None, channel="sms", sender="+447123456789", **asked
    )
    assert "opens Front_door (2) from" in sms["reply"]
    reply = (
        await act(hass, "answer_text_request", None, channel="telegram", sender="4711", **asked)
    )["reply"]
    for channel in CHANNELS:
        assert channel(reply) == reply
    assert "Front door" in reply


async def test_dates_as_people_write_them(hass: HomeAssistant, entry: CodelocksConfigEntry) -> None:
    """In Home Assistant's language; the year only if it is another one."""
    said = {}
    for language, start in (
        ("de", "2026-10-13 14:00:00"),
        ("es", "2027-01-03 23:00:00"),
        ("pl", "2026-10-14 14:00:00"),
    ):
        hass.config.language = language
        await async_load_integrations(hass, {DOMAIN})
        answer = await make(hass, entry, LOCK_1_ID, start=start)
        said[language] = answer["text"].partition(answer["netcode"])[2]
    dash = "\N{EN DASH}"
    assert said == {
        "de": ", von Dienstag, 13\N{ONE DOT LEADER} Oktober, 14:00 bis 15:00",
        "es": f": domingo 3 de enero de 2027, 23:00 {dash} lunes 4 de enero de 2027, 00:00",
        "pl": f": środa 14 października, 14:00 {dash} 15:00",
    }
