"""Our own words in answers and messages, in Home Assistant's language."""

from datetime import datetime, tzinfo
import re

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.translation import async_get_cached_translations
from homeassistant.util import dt as dt_util

from .const import DOMAIN

_MARKDOWN = re.compile(r"[\[\]<>`]")


@callback
def localized(hass: HomeAssistant, key: str, **placeholders: str) -> str:
    """Return a text from the translations' `exceptions`: those are always loaded."""
    texts = async_get_cached_translations(hass, hass.config.language, "exceptions", DOMAIN)
    words = texts[f"component.{DOMAIN}.exceptions.{key}.message"]
    return words.format(**placeholders) if placeholders else words


def time_text(moment: datetime, zone: tzinfo) -> str:
    """Return a moment as people read it, in a zone."""
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}"


def plain(words: str) -> str:
    """Return the cloud's words made safe for Markdown: no link, picture or code."""
    return " ".join(_MARKDOWN.sub(" ", words).split())


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
    return localized(
        hass,
        "moment" if is_this_year else "moment_of_another_year",
        weekday=localized(hass, "weekdays").split()[moment.weekday()],
        day=str(moment.day),
        month=localized(hass, "months").split()[moment.month - 1],
        year=str(moment.year),
        time=time,
    )
