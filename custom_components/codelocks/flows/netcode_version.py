"""The version of NetCode calls in forms."""

from homeassistant.helpers.selector import (
    SelectSelector,
    SelectSelectorConfig,
    SelectSelectorMode,
)

from ..api import NETCODE_VERSIONS
from ..const import CONF_NETCODE_VERSION

NETCODE_VERSION = SelectSelector(
    SelectSelectorConfig(
        options=[*NETCODE_VERSIONS],
        translation_key=CONF_NETCODE_VERSION,
        mode=SelectSelectorMode.DROPDOWN,
    )
)
