"""Our own words in answers and messages, in Home Assistant's language."""

import re

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.translation import async_get_cached_translations

from .const import DOMAIN

_MARKDOWN = re.compile(r"[\[\]<>`*~|\\]|(?<![^\W_])_+|_+(?![^\W_])")
"""What makes links, pictures, code, emphasis and tables; a _ within a word makes none."""
_LINK = re.compile(r":(?=//)|www(?=\.)", re.IGNORECASE)
"""What makes a link without any sign."""
_BLOCK = re.compile(r"\A(?:(?:#+|[-+=]+)\s)+")
"""What makes a heading or a list of a line."""


@callback
def localized(hass: HomeAssistant, key: str, **values: str) -> str:
    """Return a text from the translations' `exceptions`: those are always loaded.

    What is filled in is plain text: such sentences end up in notifications, too.
    """
    texts = async_get_cached_translations(hass, hass.config.language, "exceptions", DOMAIN)
    words = texts[f"component.{DOMAIN}.exceptions.{key}.message"]
    return words.format(**placeholders(**values)) if values else words


def placeholders(**values: str) -> dict[str, str]:
    """Return what is filled into a text that may be shown as Markdown: all of it plain."""
    return {key: plain(value) for key, value in values.items()}


def plain(words: str) -> str:
    """Return others' words so that Markdown shows them as they are: no link, picture or code."""
    words = _LINK.sub(r"\g<0> ", _MARKDOWN.sub(" ", words))
    return _BLOCK.sub("", " ".join(words.split()))
