"""The page in the sidebar, there for as long as an account wants it."""

from dataclasses import dataclass
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path
from typing import Final, NamedTuple

from aiohttp import web
from homeassistant.components import frontend, panel_custom
from homeassistant.components.http import HomeAssistantView, StaticPathConfig
from homeassistant.config_entries import (
    SIGNAL_CONFIG_ENTRY_CHANGED,
    ConfigEntry,
    ConfigEntryChange,
    ConfigEntryState,
)
from homeassistant.const import EVENT_CORE_CONFIG_UPDATE
from homeassistant.core import Event, HomeAssistant, callback
from homeassistant.helpers.dispatcher import async_dispatcher_connect
from homeassistant.helpers.translation import async_get_translations

from ..const import CONF_SIDEBAR, CONF_USERS_MAY_ISSUE, DEFAULT_OPTIONS, DOMAIN

PATH: Final = DOMAIN
"""Of the page, after Home Assistant's address."""
ELEMENT: Final = "codelocks-panel"
FILES: Final = Path(__file__).parent / "static"
FILES_ROOT: Final = f"/{DOMAIN}_static"
CARDS: Final = "codelocks-cards.js"
CURRENT_CARDS: Final = f"{FILES_ROOT}/current/{CARDS}"
"""Leads to the cards of any version: for who writes down their address by hand."""
_TITLE: Final = f"component.{DOMAIN}.config_panel.page.title"


class _Shown(NamedTuple):
    """The page as the sidebar shows it."""

    title: str
    require_admin: bool


class Panel:
    """Keeps the page's place in the sidebar in step with the accounts."""

    def __init__(self, hass: HomeAssistant, files_url: str) -> None:
        """Take the address of the page's files."""
        self._hass = hass
        self._files_url = files_url
        self._shown: _Shown | None = None
        hass.bus.async_listen(EVENT_CORE_CONFIG_UPDATE, self._language_changed)
        async_dispatcher_connect(hass, SIGNAL_CONFIG_ENTRY_CHANGED, self._entry_changed)

    @callback
    def _language_changed(self, event: Event) -> None:
        if "language" in event.data:
            self._look()

    @callback
    def _entry_changed(self, _: ConfigEntryChange, entry: ConfigEntry) -> None:
        if entry.domain == DOMAIN:
            self._look()

    @callback
    def _look(self) -> None:
        # Not at once: an account that is reloaded is not loaded for a moment.
        self._hass.async_create_task(self._async_update(), "Codelocks panel", eager_start=False)

    async def _async_update(self) -> None:
        """Show, change or remove the page."""
        hass = self._hass
        words = await async_get_translations(hass, hass.config.language, "config_panel", [DOMAIN])
        options = [
            DEFAULT_OPTIONS | entry.options
            for entry in hass.config_entries.async_entries(DOMAIN)
            if self._is_there(entry)
        ]
        wanted = None
        if any(one[CONF_SIDEBAR] for one in options):
            # Who may use which account and lock is asked again by whatever the page calls.
            require_admin = not any(one[CONF_USERS_MAY_ISSUE] for one in options)
            wanted = _Shown(words[_TITLE], require_admin)
        if wanted == self._shown:
            return
        if self._shown:
            frontend.async_remove_panel(hass, PATH)
            self._shown = None
        if wanted and not frontend.async_panel_exists(hass, PATH):
            # Not as `config_panel_domain`: the account's cog wheel would then open the page instead
            # of the options, which could not be reached.
            await panel_custom.async_register_panel(
                hass,
                frontend_url_path=PATH,
                webcomponent_name=ELEMENT,
                module_url=f"{self._files_url}/{ELEMENT}.js",
                sidebar_title=wanted.title,
                sidebar_icon="mdi:dialpad",
                require_admin=wanted.require_admin,
            )
            self._shown = wanted

    def _is_there(self, entry: ConfigEntry) -> bool:
        """Return whether an account is on; one that is reloaded, or cannot load, has its page, too.

        The page says what is wrong with it, after a restart as well: who has it open stays there.
        """
        is_off = entry.state is ConfigEntryState.NOT_LOADED and not entry.setup_lock.locked()
        return entry.disabled_by is None and not is_off


@dataclass(frozen=True, slots=True)
class Files:
    """The files that browsers get. Their address changes with them, so they may be kept."""

    version: str

    @property
    def url(self) -> str:
        """The address of their folder."""
        return f"{FILES_ROOT}/{self.version}"


class CurrentCards(HomeAssistantView):
    """Leads from an address that stays to that of today's cards.

    Serving them here would let browsers mix files of two versions: they load one another. A tab
    that was open during an update learns by it that it is of yesterday.
    """

    url = CURRENT_CARDS
    name = f"{DOMAIN}:cards"
    requires_auth = False

    def __init__(self, files: Files) -> None:
        """Take today's files."""
        self._cards = f"{files.url}/{CARDS}"

    async def get(self, _: web.Request) -> web.Response:
        """Redirect, each time anew."""
        headers = {"Location": self._cards, "Cache-Control": "no-store"}
        return web.Response(status=HTTPStatus.FOUND, headers=headers)

    head = get


async def async_setup_panel(hass: HomeAssistant) -> Files:
    """Serve the page's files, and show it while an account wants it; returns the files."""
    files = Files(await hass.async_add_executor_job(_version))
    await hass.http.async_register_static_paths(
        [StaticPathConfig(files.url, str(FILES), cache_headers=True)]
    )
    hass.http.register_view(CurrentCards(files))
    Panel(hass, files.url)
    return files


def _version() -> str:
    """Return a hash of the page's files."""
    found = sha256()
    for file in sorted(FILES.glob("*.js")):
        found.update(file.read_bytes())
    return found.hexdigest()[:12]
