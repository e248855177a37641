"""Our own words in answers and messages, in Home Assistant's language."""

from datetime import datetime, tzinfo
import re

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.translation import async_get_cached_translations

from .const import DOMAIN

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
    texts = async_get_cached_translations(hass, hass.config.language, "exceptions", DOMAIN)
    words = texts[f"component.{DOMAIN}.exceptions.{key}.message"]
    return words.format(**placeholders(**values)) if values else words


def placeholders(**values: str) -> dict[str, str]:
    """Return placeholders for a text that may be shown as Markdown, their values made safe."""
    return {key: plain(value) for key, value in values.items()}


def time_text(moment: datetime, zone: tzinfo) -> str:
    """Return a moment as people read it, in a zone."""
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}"


def plain(words: str) -> str:
    """Return others' words made safe for Markdown: no link, picture or code."""
    words = _LINK.sub(r"\g<0> ", _MARKDOWN.sub(" ", words))
    return _BLOCK.sub("", " ".join(words.split()))
