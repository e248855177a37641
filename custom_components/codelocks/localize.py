"""Our own words in answers and messages, in Home Assistant's language."""

from datetime import datetime, tzinfo
import re

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.translation import async_get_cached_translations

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
