"""The repair issue about a version of the API that makes no codes, kept over restarts.

It follows from calls that were made anyway: nothing is tried here.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from homeassistant.core import HomeAssistant, callback

from ..account import CodelocksConfigEntry
from ..api import DEFAULT_NETCODE_VERSION, CodelocksAuthError, CodelocksError
from ..const import CONF_NETCODE_VERSION
from ..netcode.refusals import Refusals
from ..reading.issues import async_set_issue

_REFUSALS = "netcode_refusals"
"""The store's note of them."""


@contextmanager
def watching_version(
    hass: HomeAssistant, entry: CodelocksConfigEntry, owner: str
) -> Iterator[None]:
    """Note what a NetCode call for a lock, which is made within, came to."""
    try:
        yield
    except CodelocksError as err:
        _note(hass, entry, owner, err)
        raise
    _note(hass, entry, owner, None)


def _note(
    hass: HomeAssistant, entry: CodelocksConfigEntry, owner: str, error: CodelocksError | None
) -> None:
    store = entry.runtime_data.store
    if isinstance(error, CodelocksAuthError) and store.waits.rejection:
        return  # utility calls are refused, too: it is the key
    before = _refusals(entry)
    after = before.after(owner, error)
    if after != before:
        store.set_note(_REFUSALS, after.to_dict())
        async_check_version(hass, entry)


def _refusals(entry: CodelocksConfigEntry) -> Refusals:
    version = entry.data.get(CONF_NETCODE_VERSION, DEFAULT_NETCODE_VERSION)
    return Refusals.from_dict(entry.runtime_data.store.note(_REFUSALS), version)


@callback
def async_check_version(hass: HomeAssistant, entry: CodelocksConfigEntry) -> None:
    """Create the issue while the version may be wrong, and delete it once it is not."""
    refusals = _refusals(entry)
    async_set_issue(
        hass,
        entry,
        "netcode_version",
        exists=refusals.suspects_version(entry.runtime_data.owners),
        placeholders={"account": entry.title, "version": refusals.version},
        is_fixable=True,
    )
