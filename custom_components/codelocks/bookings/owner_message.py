"""The words for the owner: what is wrong with bookings and what helps, and what was cancelled."""

from collections.abc import Callable, Iterable
from datetime import tzinfo

from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr

from ..account import name_of
from ..const import DOMAIN
from ..issuing.markup import one_line, without_markup
from ..issuing.netcode_lock import KeptCode
from ..issuing.withdraw import how_to_block
from ..localize import localized, moment_words
from ..netcode.kitlock import ClockProblem
from .kept import News, NewsKind
from .waits import Reason

MAX_LENGTH = 3500
"""Characters of a message: Telegram refuses more than 4096."""

type FindCodes = Callable[[HomeAssistant, Iterable[str]], list[KeptCode]]

_WORDS = {
    NewsKind.CALENDAR_UNREADABLE: "news_calendar_unreadable",
    NewsKind.CALLS_TOO_FEW: "news_calls_too_few",
    NewsKind.CANCELLED: "news_cancelled",
    NewsKind.ENDED_EARLY: "news_ended_early",
    NewsKind.NO_CODE: "news_no_code",
    NewsKind.NOT_INVITED: "news_not_invited",
    NewsKind.NOT_SENT: "news_not_sent",
    NewsKind.STILL_INVITED: "news_still_invited",
    NewsKind.UNRELIABLE: "news_unreliable",
}
_OVER = {
    NewsKind.CALENDAR_UNREADABLE: "news_calendar_unreadable_over",
    NewsKind.NO_CODE: "news_no_code_over",
}
_REASONS: dict[str, str] = {
    Reason.ACCOUNT_RESTS: "news_reason_account_rests",
    Reason.CALLS_TOO_FEW: "news_reason_calls_too_few",
    Reason.DURATIONS_UNKNOWN: "news_reason_durations_unknown",
    Reason.LOCK_GONE: "news_reason_lock_gone",
    Reason.CHANGES_OFTEN: "news_reason_changes_often",
    Reason.NOT_FOLLOWED: "news_reason_not_followed",
    Reason.NOT_YET: "news_reason_not_yet",
    "digits": "news_reason_digits",
    # Why no window fits that bookings may ask for
    "in_the_past": "news_reason_in_the_past",
    "no_durations": "news_reason_no_durations",
    "not_tight": "news_reason_not_tight",
    "restricted_start": "news_reason_restricted_start",
    "too_far": "news_reason_too_far",
    "too_long": "news_reason_too_long",
    **{problem: problem for problem in ClockProblem},
}


def owner_message(
    hass: HomeAssistant, name: str, zone: tzinfo, news: Iterable[News], find_codes: FindCodes
) -> tuple[str, tuple[News, ...]]:
    """Return one message about news of a calendar or visitor, and the news that it tells.

    A line for each, and one for each code that still opens after a cancellation; times as at locks
    in `zone`. What does not fit is left for the next message.
    """
    text = ""
    told: list[News] = []
    for one in news:
        lines = []
        about = [one_line(name), one_line(one.title)]
        if one.start:
            about.append(moment_words(hass, one.start, zone))
        lines.append(f"{', '.join(filter(None, about))}: {problem_words(hass, one)}")
        lines += [_still_opens(hass, code) for code in find_codes(hass, one.codes)]
        longer = "\n".join(filter(None, [text, *lines]))
        if told and len(longer) > MAX_LENGTH:
            break
        text = longer
        told.append(one)
    return without_markup(text), tuple(told)


def problem_words(hass: HomeAssistant, news: News) -> str:
    """Return what is wrong and what helps, or that it is over."""
    key = (_OVER if news.over else _WORDS)[news.kind]
    return localized(hass, key, place=_place(hass, news), reason=_reason(hass, news.reason))


def _place(hass: HomeAssistant, news: News) -> str:
    """Return the name of the lock or notify entity that news is about."""
    if news.kind is NewsKind.NOT_SENT:
        state = hass.states.get(news.place)
        return one_line(state.name if state else news.place)
    registry = dr.async_get(hass)
    device = registry.async_get(news.place) or registry.async_get_device({(DOMAIN, news.place)})
    known = name_of(device) if device else None
    return one_line(known or localized(hass, "news_a_lock"))


def _reason(hass: HomeAssistant, reason: str) -> str:
    """Return a reason in words; the words of an error are words already."""
    key = _REASONS.get(reason)
    return localized(hass, key) if key else one_line(reason).rstrip(".")


def _still_opens(hass: HomeAssistant, code: KeptCode) -> str:
    """Return until when a withdrawn code opens, and how it is blocked if that is known."""
    words = localized(
        hass,
        "news_still_opens",
        lock=one_line(code.lock.name),
        end=moment_words(hass, code.row.end, code.lock.zone),
    )
    return " ".join(filter(None, [words, how_to_block(hass, code.lock)]))
