"""Our own words in answers and messages, in Home Assistant's language."""

from collections.abc import Mapping
from datetime import datetime, tzinfo
import re

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.translation import async_get_cached_translations
from homeassistant.util import dt as dt_util

from .const import DOMAIN

_KEY = f"component.{DOMAIN}.exceptions.{{}}.message"
"""Where a text is among all."""
_MARKDOWN = re.compile(r"[\[\]<>`*~|\\]|(?<![^\W_])_+|_+(?![^\W_])")
"""Markup of links, pictures, code, emphasis and tables; a _ within a word is not markup."""
_LINK = re.compile(r":(?=//)|www(?=\.)", re.IGNORECASE)
"""Text that becomes a link without markup."""
_BLOCK = re.compile(r"\A(?:(?:#+|[-+=]+)\s)+")
"""Markup at the start of a heading or a list."""


@callback
def localized(hass: HomeAssistant, key: str, **values: str) -> str:
    """Return a text from the translations' `exceptions`: those are always loaded.

    The values become plain text, because these texts are also shown in notifications.
    """
    words = _texts(hass)[_KEY.format(key)]
    return words.format(**placeholders(**values)) if values else words


def _texts(hass: HomeAssistant) -> Mapping[str, str]:
    return async_get_cached_translations(hass, hass.config.language, "exceptions", DOMAIN)


def placeholders(**values: str) -> dict[str, str]:
    """Return placeholders for a text that may be shown as Markdown, their values made safe."""
    return {key: plain(value) for key, value in values.items()}


def plain(words: str) -> str:
    """Return others' words made safe for Markdown: no link, picture, code or hidden character."""
    words = "".join(character if character.isprintable() else " " for character in words)
    words = _LINK.sub(r"\g<0> ", _MARKDOWN.sub(" ", words))
    return _BLOCK.sub("", " ".join(words.split()))


@callback
def moment_words(
    hass: HomeAssistant, moment: datetime, zone: tzinfo, *, after: datetime | None = None
) -> str:
    """Return a moment as people write it, in Home Assistant's language and a zone.

    The day is left out if it is that of an earlier moment, `after`.
    """
    moment = moment.astimezone(zone)
    time = f"{moment:%H:%M}"
    if after is not None and after.astimezone(zone).date() == moment.date():
        return time
    is_this_year = moment.year == dt_util.now(zone).year
    texts = _texts(hass)  # once: a calendar says hundreds of moments
    words = texts[_KEY.format("moment" if is_this_year else "moment_of_another_year")]
    return words.format(
        weekday=texts[_KEY.format("weekdays")].split()[moment.weekday()],
        day=moment.day,
        month=texts[_KEY.format("months")].split()[moment.month - 1],
        year=moment.year,
        time=time,
    )
