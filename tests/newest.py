"""Lets the test plugin of an older Home Assistant load with a newer one: see `script/test-newest`.

Home Assistant 2026.11 puts its own HTTP client in the place of httpx, so it is imported here before
others import httpx. Remove what the plugin does by itself once it follows.
"""

from homeassistant.components import logger
from homeassistant.components.logger import helpers

# Moved in 2026.11; the plugin of 2026.10 imports it from where it was.
if not hasattr(logger, "_clear_logger_overwrites"):
    logger._clear_logger_overwrites = helpers._clear_logger_overwrites
