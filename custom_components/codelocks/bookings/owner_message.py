"""The words for the owner: what is wrong with bookings, and what was cancelled."""

from collections.abc import Callable, Iterable

from homeassistant.core import HomeAssistant

from ..issuing.markup import one_line, without_markup
from ..issuing.netcode_lock import KeptCode
from .kept import News

type FindCodes = Callable[[HomeAssistant, Iterable[str]], list[KeptCode]]


def owner_message(
    hass: HomeAssistant, name: str, news: Iterable[News], find_codes: FindCodes
) -> str:
    """Return one message about news of a calendar or visitor, a line for each."""
    lines = []
    for one in news:
        words = problem_words(hass, one)
        codes = find_codes(hass, one.codes)
        locks = ", ".join(dict.fromkeys(one_line(code.lock.name) for code in codes))
        about = filter(None, [one_line(name), one_line(one.title), words, locks])
        lines.append(without_markup(": ".join(about)))
    return "\n".join(lines)


def problem_words(_: HomeAssistant, news: News) -> str:
    """Return what is wrong, or that it no longer is."""
    words = news.kind.value.replace("_", " ")
    if news.over:
        return f"over: {words}"
    return f"{words} ({one_line(news.reason)})" if news.reason else words
