"""The rows have exactly the fields that the page's own types say, with values of their types."""

from pathlib import Path
import re
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.helpers import area_registry as ar, device_registry as dr
import pytest
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from custom_components.codelocks.account import CodelocksConfigEntry
from custom_components.codelocks.netcode.keypad import keypad
from custom_components.codelocks.page.lock_rows import _keypad_row
from tests.codes import add_kitlock, change_kitlock, device_id, make
from tests.page.watching import open_page
from tests.simulator import LOCK_1_ID

TYPES = Path(__file__).parents[2] / "frontend" / "src" / "api" / "types.ts"

_COMMENT = re.compile(r"/\*\*.*?\*/", re.DOTALL)
_INTERFACE = re.compile(r"^export interface (\w+) \{\n(.*?)^\}", re.MULTILINE | re.DOTALL)
_FIELD = re.compile(r"^  (\w+): ((?:\{.*?\}|[^;{])+);", re.MULTILINE)
_PART = re.compile(r"(\w+): ([^;}]+)")
_ALIAS = re.compile(r"^export type (\w+) =\s*([^;]+);", re.MULTILINE)


class Contract:
    """The types of a TypeScript file."""

    def __init__(self, source: str) -> None:
        """Read interfaces and aliases."""
        plain = _COMMENT.sub("", source)
        self.fields = {name: dict(_FIELD.findall(body)) for name, body in _INTERFACE.findall(plain)}
        self.aliases: dict[str, str] = dict(_ALIAS.findall(plain))

    def misfits(self, value: Any, kind: str, where: str = "") -> list[str]:
        """Return what of a value does not fit its type."""
        kind = kind.strip().removeprefix("|").strip()
        if "|" in kind:
            found = [self.misfits(value, one, where) for one in kind.split("|")]
            return [] if [] in found else min(found, key=len)
        if kind.endswith("[]"):
            if not isinstance(value, list):
                return [f"{where} is no list: {value!r}"]
            parts = enumerate(value)
            return [
                bad for at, one in parts for bad in self.misfits(one, kind[:-2], f"{where}[{at}]")
            ]
        if kind in self.aliases:
            return self.misfits(value, self.aliases[kind], where)
        if (fields := self._fields(kind)) is not None:
            return self._misfits_of_row(value, kind, fields, where)
        return [] if _is_plain(value, kind) else [f"{where} is no {kind}: {value!r}"]

    def _fields(self, kind: str) -> dict[str, str] | None:
        """Return the fields of a row, None for another kind of value."""
        if kind.startswith("{"):
            return dict(_PART.findall(kind))
        return self.fields.get(kind)

    def _misfits_of_row(
        self, value: Any, kind: str, fields: dict[str, str], where: str
    ) -> list[str]:
        if not isinstance(value, dict) or value.keys() != fields.keys():
            odd = fields.keys() ^ value.keys() if isinstance(value, dict) else value
            return [f"{where} is no {kind}: {odd!r}"]
        return [
            bad
            for name, type_of in fields.items()
            for bad in self.misfits(value[name], type_of, f"{where}.{name}")
        ]


def _is_plain(value: Any, kind: str) -> bool:
    match kind:
        case "null":
            return value is None
        case "string":
            return isinstance(value, str)
        case "boolean":
            return isinstance(value, bool)
        case "number":
            return isinstance(value, int | float) and not isinstance(value, bool)
        case _:
            return kind == f'"{value}"'


@pytest.fixture
def types() -> Contract:
    """Return the page's own types."""
    return Contract(TYPES.read_text())


async def test_snapshot(
    hass: HomeAssistant,
    entry: CodelocksConfigEntry,
    hass_ws_client: WebSocketGenerator,
    types: Contract,
) -> None:
    """Each row of a snapshot of both kinds of locks, with clients, news, codes and warnings."""
    shed = await add_kitlock(hass, entry)
    await change_kitlock(hass, entry, shed, clock_lost=True)
    garden = ar.async_get(hass).async_get_or_create("Garden")
    dr.async_get(hass).async_update_device(device_id(hass, entry, shed), area_id=garden.id)
    await make(hass, entry, LOCK_1_ID, name="Anna", reference="B1")
    await make(hass, entry, LOCK_1_ID, name="Ben")
    await make(hass, entry, shed)
    page = await open_page(hass, hass_ws_client)
    assert types.misfits(page.shown, "Snapshot") == []
    # The check works.
    row = page.shown["locks"][0]
    assert types.misfits({**row, "kind": "k4"}, "LockRow")
    assert types.misfits({**row, "code": "123456"}, "LockRow")
    assert types.misfits({key: value for key, value in row.items() if key != "area"}, "LockRow")


async def test_reveal(
    hass: HomeAssistant,
    entry: CodelocksConfigEntry,
    hass_ws_client: WebSocketGenerator,
    types: Contract,
) -> None:
    """A code that is shown on demand."""
    made = await make(hass, entry, LOCK_1_ID)
    page = await open_page(hass, hass_ws_client)
    answer = await page.ask("codelocks/reveal", netcode_id=made["id"])
    assert types.misfits(answer["result"], "Revealed") == []


@pytest.mark.parametrize(
    "model", ["K3CONNECT", "KL1060", "KL1060C2", "KL1060G3", "KL1550", "Unheard of"]
)
def test_keypads(model: str, types: Contract) -> None:
    """What can be done at the keypad of each model."""
    assert types.misfits(_keypad_row(keypad(model), None), "Keypad") == []
