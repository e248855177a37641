"""What the owner is told: every kind of news in words that name what helps, in seven languages."""

from datetime import UTC, datetime
from string import Formatter

from homeassistant.core import HomeAssistant
from homeassistant.helpers.translation import async_load_integrations
import pytest

from custom_components.codelocks.account import CodelocksConfigEntry
from custom_components.codelocks.bookings.kept import News, NewsKind
from custom_components.codelocks.bookings.owner_message import owner_message, problem_words
from custom_components.codelocks.bookings.telling import TOLD_OVER
from custom_components.codelocks.bookings.waits import Reason
from custom_components.codelocks.bookings.world import kept_codes
from custom_components.codelocks.const import DOMAIN
from custom_components.codelocks.netcode.kitlock import ClockProblem
from tests.codes import device_id, make
from tests.simulator import LOCK_1_ID

IMPOSSIBLE = ("in_the_past", "no_durations", "not_tight", "restricted_start", "too_far", "too_long")
REASONS = [*Reason, *IMPOSSIBLE, *ClockProblem, "digits"]
ARRIVAL = datetime(2026, 10, 13, 15, tzinfo=UTC)


def news(
    kind: NewsKind,
    place: str,
    reason: str = "",
    *,
    over: bool = False,
    codes: tuple[str, ...] = (),
) -> News:
    """Return news of a booking."""
    return News(
        kind=kind,
        over=over,
        title="Anna",
        start=ARRIVAL,
        place=place,
        reason=reason,
        codes=codes,
    )


@pytest.mark.parametrize("language", ["en", "de", "fr", "nl", "es", "it", "pl"])
async def test_each_has_words(
    hass: HomeAssistant, entry: CodelocksConfigEntry, language: str
) -> None:
    """No kind, end or reason is a key that slipped through, and each names the lock."""
    hass.config.language = language
    await async_load_integrations(hass, {DOMAIN})
    front = device_id(hass, entry, LOCK_1_ID)
    found = {
        problem_words(hass, news(kind, front, reason, over=over))
        for kind in NewsKind
        for reason in REASONS
        for over in ((False, True) if kind in TOLD_OVER else (False,))
    }
    assert len(found) > len(NewsKind) + len(REASONS)
    for words in found:
        assert "_" not in words
        assert [name for _, name, _, _ in Formatter().parse(words) if name] == []
    assert "Front door" in problem_words(hass, news(NewsKind.NO_CODE, front, Reason.LOCK_GONE))


@pytest.mark.usefixtures("entry")
@pytest.mark.parametrize(
    ("one", "words"),
    [
        (
            news(NewsKind.NO_CODE, "gone", Reason.LOCK_GONE),
            (
                "no code for a lock: the lock is no longer there. Make one on the page Codelocks,"
                " or let the guest in another way"
            ),
        ),
        (news(NewsKind.NO_CODE, LOCK_1_ID, over=True), "there is a code for Front door now"),
        (
            news(NewsKind.NOT_SENT, "notify.phone", "It is *off*."),
            (
                "the codes did not reach notify.phone: It is off. Send them again on the page"
                " Codelocks, under Codes"
            ),
        ),
        (
            news(NewsKind.UNRELIABLE, LOCK_1_ID, ClockProblem.LOST),
            (
                "the code for Front door may not open, so it was not sent: The clock of this lock"
                " was lost with its battery. The code does not open until it is set again"
            ),
        ),
    ],
)
def test_words(hass: HomeAssistant, one: News, words: str) -> None:
    """They say what is wrong and what helps; others' words are plain."""
    assert problem_words(hass, one) == words


async def test_what_still_opens(hass: HomeAssistant, entry: CodelocksConfigEntry) -> None:
    """A cancelled booking's codes are named by lock, end and how to block them, never shown."""
    code = await make(hass, entry, LOCK_1_ID, name="Anna")
    cancelled = news(NewsKind.CANCELLED, "", codes=(code["id"],))
    text, told = owner_message(hass, "Lake *view*", UTC, [cancelled], kept_codes)
    assert told == (cancelled,)
    first, second = text.split("\n")
    assert first.startswith("Lake \uff0aview\uff0a, Anna, Tuesday 13 October, 15:00: cancelled")
    assert second.startswith("Front door: until ")
    assert "block it at the keypad with the Master code" in second
    assert code["netcode"] not in text
