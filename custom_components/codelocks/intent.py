"""The intents: what may be asked about the locks, of Assist and of language models."""

from homeassistant.core import HomeAssistant
from homeassistant.helpers import intent

from .assist.active_netcodes import ActiveNetcodes
from .assist.calls_left import CallsLeft
from .assist.issue_netcode import IssueNetcode
from .assist.last_entry import LastEntry
from .assist.low_batteries import LowBatteries
from .assist.netcode_end import NetcodeEnd
from .assist.say_netcode import SayNetcode
from .assist.withdraw_netcode import WithdrawNetcode
from .language.language import load_all

INTENTS = (
    *(IssueNetcode, SayNetcode, WithdrawNetcode),
    *(NetcodeEnd, ActiveNetcodes, LastEntry, LowBatteries, CallsLeft),
)


async def async_setup_intents(hass: HomeAssistant) -> None:
    """Register the intents; each account's option says whether it answers."""
    await hass.async_add_executor_job(load_all)
    for handler in INTENTS:
        intent.async_register(hass, handler())
