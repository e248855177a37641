"""The documentation agrees with the code: its examples, its links, and its completeness."""

from collections.abc import Iterator
from pathlib import Path
import re
import shutil
from typing import Any
from urllib.parse import quote

from homeassistant.components.automation import DOMAIN as AUTOMATION
from homeassistant.components.blueprint.models import Blueprint, BlueprintInputs
from homeassistant.components.blueprint.schemas import BLUEPRINT_SCHEMA
from homeassistant.const import STATE_UNAVAILABLE
from homeassistant.core import HomeAssistant
from homeassistant.helpers.selector import selector
from homeassistant.setup import async_setup_component
from homeassistant.util.yaml import load_yaml_dict
import probatio
import pytest
import yaml

from custom_components.codelocks.const import DEFAULT_OPTIONS, DOMAIN
from custom_components.codelocks.page.panel import CURRENT_CARDS
from custom_components.codelocks.reading.audit import EVENT_TYPES
from custom_components.codelocks.services import ACTIONS
from script.demo_home.dashboard import CONFIG
from script.demo_home.pictures import PICTURES
from tests.codes import COMPONENT, ENGLISH
from tests.test_layers import LEVEL

type Json = dict[str, Any]

ROOT = COMPONENT.parents[1]
DOCS = ROOT / "docs"
BLUEPRINTS = sorted((ROOT / "blueprints").rglob("*.yaml"))
IMPORT = "https://my.home-assistant.io/redirect/blueprint_import/?blueprint_url="
IMPORTED = "codelocks-connect/"
"""The folder into which Home Assistant imports a blueprint: its owner on GitHub."""
PAGES = {str(path.relative_to(ROOT)): path.read_text() for path in ROOT.glob("*.md")} | {
    str(path.relative_to(ROOT)): path.read_text() for path in DOCS.glob("*.md")
}

_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)\s]+)\)")
_TAG = re.compile(r"<img [^>]+>")
_ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')
_SOURCE = re.compile(r'<source [^>]*srcset="([^"]+)"')
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def blocks(language: str) -> Iterator[tuple[str, str]]:
    """Return the code blocks of a language, each with its page."""
    for page, words in PAGES.items():
        yield from ((page, code) for kind, code in _BLOCK.findall(words) if kind == language)


def documents() -> Iterator[tuple[str, Any]]:
    """Yield the parsed YAML blocks, each with its page; invalid YAML fails here."""
    for page, code in blocks("yaml"):
        yield from ((page, document) for document in yaml.safe_load_all(code))


def of_key(tree: Any, key: str) -> Iterator[Json]:
    """Return all mappings in a document that have a key."""
    if isinstance(tree, dict):
        if key in tree:
            yield tree
        for part in tree.values():
            yield from of_key(part, key)
    elif isinstance(tree, list):
        for part in tree:
            yield from of_key(part, key)


EXAMPLES = [
    (page, step)
    for page, document in documents()
    for key in ("action", "perform_action")
    for step in of_key(document, key)
    if str(step[key]).startswith(f"{DOMAIN}.")
]


@pytest.mark.parametrize(("page", "step"), EXAMPLES)
def test_examples_of_actions(page: str, step: Json) -> None:
    """Each action exists, and accepts its data."""
    name = str(step.get("action", step.get("perform_action"))).partition(".")[2]
    assert name in ACTIONS, page
    probatio.Schema(ACTIONS[name][1])(step.get("data") or {})


def test_each_action_has_an_example() -> None:
    """Each is on the page about actions."""
    shown = {step["action"] for where, step in EXAMPLES if where == "docs/actions.md"}
    assert shown == {f"{DOMAIN}.{name}" for name in ACTIONS}


@pytest.mark.parametrize("name", ACTIONS)
def test_each_action_is_in_the_readme(name: str) -> None:
    """It links to the action's section."""
    link = rf"\[`{name}`\]\(docs/actions\.md#([\w-]+)\)"
    found = re.search(link, sections("README.md")["Actions"])
    assert found
    assert name in found[1].split("-")


def test_what_to_expect() -> None:
    """The README has the same table as the page about reading."""
    rows = [line for line in PAGES["README.md"].splitlines() if re.match(r"\| \d", line)]
    assert len(rows) > 3
    there = sections("docs/data-updates.md")["What to expect"].splitlines()
    assert [line for line in there if line in rows] == rows


USES = [
    document
    for page, document in documents()
    if page == "docs/blueprints.md" and "use_blueprint" in document
]
"""The page that explains all blueprints."""


def sections(page: str) -> dict[str, str]:
    """Return the text below each second-level heading."""
    _, *parts = re.split(r"^## ", PAGES[page], flags=re.MULTILINE)
    return {part.partition("\n")[0]: part.partition("\n")[2] for part in parts}


@pytest.mark.parametrize("name", ACTIONS)
def test_each_field_is_explained(name: str) -> None:
    """It is in the section of its action."""
    words = next(
        words
        for heading, words in sections("docs/actions.md").items()
        if name in heading.split(", ")
    )
    for field in ACTIONS[name][1]:
        assert f"`{field}`" in words, field


async def test_automations(hass: HomeAssistant) -> None:
    """Home Assistant accepts each automation that is shown."""
    shown = [document for _, document in documents() if "triggers" in document]
    assert len(shown) > 2
    config = [{"alias": f"Example {number}", **one} for number, one in enumerate(shown)]
    for domain in ("event", "calendar"):
        assert await async_setup_component(hass, domain, {})
    assert await async_setup_component(hass, AUTOMATION, {AUTOMATION: config})
    await hass.async_block_till_done()
    states = hass.states.async_all(AUTOMATION)
    assert len(states) == len(shown)
    assert STATE_UNAVAILABLE not in {state.state for state in states}


def test_types_of_events() -> None:
    """The types in examples exist, and all types are explained."""
    for _, document in documents():
        for trigger in of_key(document, "trigger"):
            if trigger["trigger"] == "event.received":
                assert set(trigger["options"]["event_type"]) <= set(EVENT_TYPES)
    words = sections("docs/entities-and-events.md")["Activity"]
    assert all(f"`{kind}`" in words for kind in EVENT_TYPES)


def test_each_entity_is_explained() -> None:
    """By its name."""
    words = PAGES["docs/entities-and-events.md"]
    for entities in ENGLISH["entity"].values():
        for entity in entities.values():
            name = entity.get("name", "")
            assert name in words or name == "{email}", name


def test_each_option_is_explained() -> None:
    """By its name."""
    words = sections("docs/setting-up.md")["Options"]
    parts = ENGLISH["options"]["step"]["init"]["sections"].values()
    names = {key: name for part in parts for key, name in part["data"].items()}
    assert names.keys() >= DEFAULT_OPTIONS.keys()
    assert not [name for name in names.values() if name not in words]


def test_each_field_of_the_account_is_explained() -> None:
    """By its name."""
    words = sections("docs/setting-up.md")["The account"]
    for name in ENGLISH["config"]["step"]["user"]["data"].values():
        assert f"| {name} |" in words


@pytest.mark.parametrize("path", BLUEPRINTS, ids=lambda path: path.stem)
def test_each_blueprint_is_explained(path: Path) -> None:
    """Its section has an import badge, each of its inputs, and an example."""
    blueprint = Blueprint(load_yaml_dict(path), schema=BLUEPRINT_SCHEMA)
    words = sections("docs/blueprints.md")[blueprint.name]
    file = f"{path.relative_to(ROOT)}"
    assert blueprint.metadata["source_url"].endswith(f"/blob/main/{file}")
    assert f"]({IMPORT}{quote(blueprint.metadata['source_url'], safe='')})" in words
    assert not [key for key in blueprint.inputs if f"`{key}`" not in words]
    examples = [use for use in USES if use["use_blueprint"]["path"] == IMPORTED + path.name]
    assert examples
    for use in examples:
        given = use["use_blueprint"]["input"]
        BlueprintInputs(blueprint, use).validate()
        assert given.keys() <= blueprint.inputs.keys()
        for key, value in given.items():
            check: Any = selector(blueprint.inputs[key]["selector"])
            check(value)


@pytest.mark.parametrize("expected_lingering_timers", [True])
async def test_uses_of_blueprints(hass: HomeAssistant, tmp_path: Path) -> None:
    """Home Assistant accepts each use that is shown, from the folder into which it imports."""
    hass.config.config_dir = str(tmp_path)
    folder = tmp_path / "blueprints" / AUTOMATION / IMPORTED
    shutil.copytree(ROOT / "blueprints" / AUTOMATION / DOMAIN, folder)
    for domain in ("event", "calendar", "webhook"):
        assert await async_setup_component(hass, domain, {})
    assert await async_setup_component(hass, AUTOMATION, {AUTOMATION: USES})
    await hass.async_block_till_done()
    states = hass.states.async_all(AUTOMATION)
    assert len(states) == len(USES) > 0
    assert STATE_UNAVAILABLE not in {state.state for state in states}


def test_each_module_is_on_the_map() -> None:
    """The map has exactly the existing modules."""
    (_, tree), *_ = _BLOCK.findall(PAGES["docs/code-map.md"])
    drawn = re.findall(r"^  (\w+/|\(root\)) +(.*?)(?: {2,}#.*)?$", tree, re.MULTILINE)
    modules = {
        module if folder == "(root)" else f"{folder[:-1]}.{module}"
        for folder, modules in drawn
        for module in modules.split()
    }
    client = {f"api.{path.stem}" for path in (COMPONENT / "api").glob("[!_]*.py")}
    assert modules == LEVEL.keys() - {"api"} | client


def anchors(words: str) -> set[str]:
    """Return the anchors of a page's headings, as GitHub makes them."""
    without_code = _BLOCK.sub("", words)
    return {
        re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
        for heading in _HEADING.findall(without_code)
    }


@pytest.mark.parametrize("page", PAGES)
def test_links_within(page: str) -> None:
    """Each leads to an existing file, and to an existing heading."""
    for link in _LINK.findall(_BLOCK.sub("", PAGES[page])):
        if "://" in link:
            continue
        path, _, anchor = link.partition("#")
        target = (ROOT / page).parent / path if path else ROOT / page
        assert target.exists(), link
        if anchor:
            assert anchor in anchors(target.read_text()), link


def pictures(page: str) -> set[Path]:
    """Return the files of the pictures that a page shows; each says in words what it shows."""
    without_code = _BLOCK.sub("", PAGES[page])
    shown = [(words, path) for words, path in _PICTURE.findall(without_code)]
    for tag in _TAG.findall(without_code):
        attributes = dict(_ATTRIBUTE.findall(tag))
        shown.append((attributes["alt"], attributes["src"]))
    assert all(words for words, _ in shown), page
    paths = [path for _, path in shown] + _SOURCE.findall(without_code)
    return {((ROOT / page).parent / path).resolve() for path in paths if "://" not in path}


def test_pictures() -> None:
    """The shown pictures and the existing files are the same, and a script takes each."""
    shown = {path for page in PAGES for path in pictures(page)}
    assert not [path for path in shown if not path.exists()]
    folder = DOCS / "pictures"
    assert {path for path in shown if path.parent == folder} == set(folder.iterdir())
    assert {path.name for path in folder.iterdir()} == {f"{one.name}.png" for one in PICTURES}


def test_dashboard() -> None:
    """Its settings and those of the cards are what the frontend knows, and the resource is ours."""
    words = PAGES["docs/dashboard.md"]
    strategy, make, lock, resources = (
        document for page, document in documents() if page == "docs/dashboard.md"
    )
    assert strategy["strategy"]["type"] == CONFIG["strategy"]["type"]
    [resource] = resources["lovelace"]["resources"]
    assert resource == {"url": CURRENT_CARDS, "type": "module"}
    config = (ROOT / "frontend/src/cards/config.ts").read_text()
    for card, name in ((make, "MakeCardConfig"), (lock, "LockCardConfig")):
        fields = re.findall(r"^  (\w+): ", _interface(config, name), re.MULTILINE)
        assert card.keys() == set(fields)
        assert all(f"`{field}`" in words for field in fields if field != "type")
    parts = _constant((ROOT / "frontend/src/cards/dashboard.ts").read_text(), "PARTS")
    for value in (*parts, *_constant(config, "TIMES")):
        assert f"`{value}`" in words, value


def _interface(source: str, name: str) -> str:
    """Return the body of an interface."""
    return source.partition(f"export interface {name} {{\n")[2].partition("\n}")[0]


def _constant(source: str, name: str) -> list[str]:
    """Return the values of a constant list of words."""
    [values] = re.findall(rf"^export const {name} = \[(.*)\] as const;", source, re.MULTILINE)
    return re.findall(r'"(\w+)"', values)


def test_every_page_is_linked() -> None:
    """Each page is linked from another one."""
    linked = {
        Path((ROOT / page).parent / link.partition("#")[0]).resolve()
        for page, words in PAGES.items()
        for link in _LINK.findall(words)
        if "://" not in link and link.partition("#")[0]
    }
    pages = {ROOT / page for page in PAGES if page != "README.md"}
    assert pages <= linked


def test_forms_of_issues() -> None:
    """Each is one that GitHub takes, and is linked; one asks for what diagnostics call so."""
    pages = "".join(PAGES.values())
    for path in (ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml"):
        form = yaml.safe_load(path.read_text())
        assert f"/issues/new?template={path.name}" in pages
        assert form["name"]
        assert form["description"]
        fields = [part for part in form["body"] if part["type"] != "markdown"]
        assert len({part["id"] for part in fields}) == len(fields)
        for part in form["body"]:
            assert part["type"] in {"markdown", "dropdown", "textarea", "input", "checkboxes"}
            assert part["attributes"].get("label") or part["type"] == "markdown"
    word = yaml.safe_load((ROOT / ".github/ISSUE_TEMPLATE/unknown_word.yml").read_text())
    assert "unknown_words" in [part.get("id") for part in word["body"]]
    assert '"unknown_words": unknown_words(' in (COMPONENT / "diagnostics.py").read_text()
