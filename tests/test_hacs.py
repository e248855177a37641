"""What hassfest and HACS check, as far as that is possible without them."""

from importlib import resources
import json
from pathlib import Path
import re
import struct
from typing import Any

from awesomeversion import AwesomeVersion, AwesomeVersionStrategy
from homeassistant.const import __version__ as running
from PIL import Image
import pytest
import yaml

from custom_components.codelocks.const import DOMAIN
from custom_components.codelocks.services import ACTIONS
from tests.codes import COMPONENT
from tests.test_translations import LANGUAGES, leaves

ROOT = COMPONENT.parents[1]
MANIFEST: dict[str, Any] = json.loads((COMPONENT / "manifest.json").read_text())
HACS: dict[str, Any] = json.loads((ROOT / "hacs.json").read_text())
BRAND = COMPONENT / "brand"

NEEDED = {
    "codeowners",
    "config_flow",
    "documentation",
    "domain",
    "integration_type",
    "iot_class",
    "issue_tracker",
    "name",
    "requirements",
    "version",
}
ALLOWED = NEEDED | {"after_dependencies", "dependencies", "loggers", "quality_scale"}
_KEY = re.compile(r"(?!.+[_-]{2})[a-z0-9]([a-z0-9_-]*[a-z0-9])?")


def test_manifest_keys() -> None:
    """Only known keys: domain and name first, then in alphabetical order."""
    keys = list(MANIFEST)
    assert NEEDED <= set(keys) <= ALLOWED
    assert keys == ["domain", "name", *sorted(set(keys) - {"domain", "name"})]


def test_manifest_values() -> None:
    """The checks of each value."""
    assert MANIFEST["domain"] == DOMAIN == COMPONENT.name
    assert all(owner.startswith("@") for owner in MANIFEST["codeowners"])
    assert MANIFEST["documentation"].startswith("https://")
    assert MANIFEST["issue_tracker"].startswith("https://")
    assert AwesomeVersion(MANIFEST["version"]).strategy is AwesomeVersionStrategy.SEMVER
    assert MANIFEST["version"] in (ROOT / "CHANGELOG.md").read_text()


def test_hacs_file() -> None:
    """HACS refuses unknown keys; this Home Assistant is allowed."""
    assert HACS.keys() <= {"name", "homeassistant", "hacs", "render_readme", "country"}
    assert HACS["name"] == MANIFEST["name"]
    assert AwesomeVersion(HACS["homeassistant"]) <= running
    assert (
        len([path for path in COMPONENT.parent.iterdir() if (path / "manifest.json").exists()]) == 1
    )


def test_lowest_home_assistant() -> None:
    """It is the same everywhere."""
    lowest = HACS["homeassistant"]
    for path in (ROOT / "blueprints").rglob("*.yaml"):
        assert f"min_version: {lowest}" in path.read_text(), path.name
    assert lowest.removesuffix(".0") in (ROOT / "README.md").read_text()


def size(path: Path) -> tuple[int, int]:
    """Return width and height of a PNG file with transparency."""
    head = path.read_bytes()[:26]
    assert head[:8] == b"\x89PNG\r\n\x1a\n"
    width, height, depth, kind = struct.unpack(">IIBB", head[16:26])
    assert depth == 8
    assert kind in (3, 4, 6)  # with a palette or with alpha
    return width, height


def test_names_of_the_brand() -> None:
    """Exactly the files that Home Assistant asks for."""
    names = {f"{dark}{kind}" for dark in ("", "dark_") for kind in ("icon", "logo")}
    files = {f"{name}{scale}.png" for name in names for scale in ("", "@2x")}
    assert {path.name for path in BRAND.iterdir()} == files


@pytest.mark.parametrize("path", BRAND.glob("*.png"), ids=lambda path: path.name)
def test_pictures_of_the_brand(path: Path) -> None:
    """They have the right sizes, and are trimmed: something is drawn on each edge."""
    factor = 2 if path.stem.endswith("@2x") else 1
    width, height = size(path)
    if "icon" in path.stem:
        assert (width, height) == (256 * factor, 256 * factor)
    else:
        assert 128 * factor <= height <= 256 * factor
        assert width > height
    with Image.open(path) as image:
        alpha = image.getchannel("A")
    assert alpha.getextrema() == (0, 255)
    assert alpha.getbbox() == (0, 0, width, height)


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations(language: str) -> None:
    """No HTML, addresses, placeholders in single quotes or surrounding blanks; plain keys."""
    for path, sentence in leaves(json.loads(LANGUAGES[language].read_text())):
        assert all(_KEY.fullmatch(key) for key in path), path
        assert not re.search(r"<[a-z/!][^>]*>", sentence), path
        assert "://" not in sentence, path
        assert not re.search(r"'\{\w+\}'", sentence), path
        assert sentence == sentence.strip(), path


def test_icons() -> None:
    """A state's icon differs from the default, which is always there."""
    icons = json.loads((COMPONENT / "icons.json").read_text())
    assert icons.keys() <= {"entity", "services", "triggers", "conditions"}
    for path, icon in leaves(icons):
        assert re.fullmatch(r"mdi:[a-z0-9-]+", icon), path
    described = [one for platform in icons["entity"].values() for one in platform.values()]
    described += [one for up in described for one in up.get("state_attributes", {}).values()]
    for one in described:
        assert one["default"] not in one.get("state", {}).values()


def test_icons_exist() -> None:
    """Home Assistant's frontend has every icon that we name; it shows nothing for others."""
    icons = resources.files("hass_frontend") / "static" / "mdi" / "iconList.json"
    drawn = {icon["name"] for icon in json.loads(icons.read_text())}
    ours = (
        path
        for folder in ("blueprints", "custom_components", "docs", "script")
        for kind in ("json", "md", "py", "yaml")
        for path in (ROOT / folder).rglob(f"*.{kind}")
    )
    named = {name for path in ours for name in re.findall(r"mdi:([a-z0-9-]+)", path.read_text())}
    assert named
    assert named <= drawn


def test_services() -> None:
    """Fields have only keys that a form understands, and required ones have no default.

    All keys are actions: of others that only hold anchors hassfest takes those of core alone.
    """
    actions = yaml.safe_load((COMPONENT / "services.yaml").read_text())
    assert actions.keys() == ACTIONS.keys()
    for name, action in actions.items():
        for field in _fields(action):
            assert field.keys() <= {"required", "default", "example", "selector", "advanced"}
            assert not (field.get("required") and "default" in field), name
            assert len(field["selector"]) == 1


def _fields(action: dict[str, Any] | None) -> list[dict[str, Any]]:
    """Return the fields of an action, including those in sections."""
    found = []
    for field in ((action or {}).get("fields") or {}).values():
        if "fields" in field:
            assert field.keys() <= {"collapsed", "fields"}
            found += list(field["fields"].values())
        else:
            found.append(field)
    return found


# What is built and checked elsewhere


FLOATING = {"home-assistant/actions/hassfest@master", "hacs/action@main"}
"""Each run shall ask for what Home Assistant and HACS ask for today, and they only look."""


def test_workflows() -> None:
    """What runs with our rights is the commit that was looked at, with its version beside it."""
    lines = [
        line.split("uses:")[1].split()
        for path in (ROOT / ".github" / "workflows").glob("*.yml")
        for line in path.read_text().splitlines()
        if "uses:" in line
    ]
    used = {step: comment for step, *comment in lines}
    assert used.keys() >= FLOATING
    for step in used.keys() - FLOATING:
        assert re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", step), step
        assert re.fullmatch(r"# v\d+\.\d+\.\d+", " ".join(used[step])), step


@pytest.mark.parametrize("name", ["requirements_test.txt", "requirements_tools.txt"])
def test_requirements(name: str) -> None:
    """Each package is one version of known files."""
    text = re.sub(r"\\\n", "", (ROOT / name).read_text())
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    assert lines
    for line in lines:
        assert re.fullmatch(
            r"[\w.-]+==[\w.]+( ;[^#]+?)?(\s+--hash=sha256:[0-9a-f]{64})+\s*", line
        ), line


def test_what_is_fetched_by_scripts() -> None:
    """Nothing is installed without its hashes, and apt's own checks stay on."""
    text = "".join((ROOT / "script" / name).read_text() for name in ("setup", "python-from-debian"))
    installs = [line for line in text.splitlines() if re.search(r"pip.* (install|sync) ", line)]
    assert len(installs) == 3
    assert all("--require-hashes" in line for line in installs)
    assert "Check-Valid-Until" not in text
