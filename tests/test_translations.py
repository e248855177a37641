"""Every text that the code names exists and can be rendered, and none is unused."""

import ast
from collections.abc import Iterable, Iterator
from itertools import chain
import json
import re
from string import Formatter
from types import MappingProxyType
from typing import Any, cast

from homeassistant.config_entries import (
    SOURCE_RECONFIGURE,
    SOURCE_USER,
    ConfigFlowContext,
    ConfigSubentry,
    SubentryFlowContext,
)
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.selector import SelectSelector
import probatio
import pytest
import yaml

from custom_components.codelocks.account import CodelocksConfigEntry
from custom_components.codelocks.actions.clients import PERIODS
from custom_components.codelocks.api import (
    CodelocksBudgetError,
    CodelocksConnectionError,
    Pool,
)
from custom_components.codelocks.bookings.guest_book import Happening
from custom_components.codelocks.const import DEFAULT_OPTIONS, DOMAIN, PLAN_CUSTOM
from custom_components.codelocks.errors import _KEYS, flow_error
from custom_components.codelocks.event import AVAILABLE_AGAIN
from custom_components.codelocks.flows.quota import CUSTOM_PLAN, QUOTA
from custom_components.codelocks.flows.requester import _INVALID_SENDER
from custom_components.codelocks.netcode.kitlock import ClockProblem
from custom_components.codelocks.polling.quota import Outlook
from custom_components.codelocks.reading.audit import EVENT_TYPES
from custom_components.codelocks.repairs import VERSION
from custom_components.codelocks.services import ACTIONS
from tests.codes import (
    COMPONENT,
    ENGLISH,
    KITLOCK,
    add_kitlock,
    device_id,
    fill_in,
    kitlock_form,
    set_options,
)
from tests.conftest import AddAccount, keys, settle
from tests.helpers import (
    in_sections,
    read_again,
)
from tests.issuing.requesters import add_requester, changing, requester_form
from tests.simulator import LOCK_1_ID, Simulator

type Json = dict[str, Any]

SOURCES = {
    str(path.relative_to(COMPONENT)): ast.parse(path.read_text())
    for path in COMPONENT.rglob("*.py")
}
ICONS: Json = json.loads((COMPONENT / "icons.json").read_text())
SERVICES: Json = {
    name: action or {}
    for name, action in yaml.safe_load((COMPONENT / "services.yaml").read_text()).items()
}
PAGE = COMPONENT.parents[1] / "frontend" / "src"
MORE_PLURALS = {"es": ["many"], "fr": ["many"], "it": ["many"], "pl": ["few", "many"]}
"""Plurals that English does not have."""
LANGUAGES = {path.stem: path for path in (COMPONENT / "translations").glob("*.json")}

NAMERS = {"invalid": 0, "translated": 0, "ImpossibleWindow": 0, "text": 1}
"""The functions that take the key of a sentence, and the position of that argument."""
DYNAMIC = {"err.reason", "error_key(err)", "key", "lock.clock_problem"}
"""Keys that are not literals where they are used: those of ImpossibleWindow and `_KEYS`."""

KITLOCK_TEXTS = ENGLISH["config_subentries"]["kitlock"]
REQUESTER_TEXTS = ENGLISH["config_subentries"]["requester"]


def nodes[T: ast.AST](kind: type[T]) -> Iterator[T]:
    """Return all nodes of a kind."""
    for tree in SOURCES.values():
        yield from (node for node in ast.walk(tree) if isinstance(node, kind))


def constants(node: ast.expr) -> list[str] | None:
    """Return the strings that an expression may be, if they are literals."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.IfExp):
        first, second = constants(node.body), constants(node.orelse)
        return None if first is None or second is None else first + second
    return None


def named() -> Iterator[tuple[ast.Call, ast.expr]]:
    """Return the calls that name a sentence, each with its key."""
    for call in nodes(ast.Call):
        place = NAMERS.get(call.func.id) if isinstance(call.func, ast.Name) else None
        if place is not None and len(call.args) > place:
            yield call, call.args[place]


def strings(*files: str) -> set[str]:
    """Return all strings of some files, or of all."""
    trees = [SOURCES[name] for name in files] if files else SOURCES.values()
    return {
        node.value
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def fields(sentence: str) -> set[str]:
    """Return the placeholders of a sentence."""
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def leaves(tree: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Return all sentences of a file, each with its path."""
    if isinstance(tree, dict):
        for key, part in tree.items():
            yield from leaves(part, (*path, key))
    else:
        yield path, tree


# Exceptions: errors, warnings and words of our own


def test_sentences_that_are_named() -> None:
    """Each key in the code has a sentence."""
    known = ENGLISH["exceptions"].keys()
    unclear = set()
    for _, argument in named():
        if (found := constants(argument)) is None:
            unclear.add(ast.unparse(argument))
        else:
            assert set(found) <= known
    assert unclear <= DYNAMIC
    assert {*_KEYS.values(), *ClockProblem} <= known


def test_sentences_that_are_not_named() -> None:
    """Each sentence has its key somewhere in the code."""
    assert ENGLISH["exceptions"].keys() <= strings()


def test_what_is_filled_in() -> None:
    """Every use of a sentence fills in all its placeholders."""
    checked = 0
    for call, argument in named():
        given = {keyword.arg for keyword in call.keywords}
        if None in given:  # **placeholders
            continue
        for key in constants(argument) or []:
            if key.startswith("delivery_"):  # filled in by `filled`
                continue
            assert fields(ENGLISH["exceptions"][key]["message"]) <= given, key
            checked += 1
    assert checked > 30
    for key in _KEYS.values():
        assert fields(ENGLISH["exceptions"][key]["message"]) <= {"reason"}


def test_delivery() -> None:
    """The default messages use only fields that a user's own may use, including the code."""
    for key in ("delivery_k3", "delivery_kitlock"):
        used = fields(ENGLISH["exceptions"][key]["message"])
        assert {"netcode"} < used <= {"netcode", "lock", "name", "start", "end"}


FORMERLY = {
    "de": "C3 Smart (früher K3 Connect)",
    "en": "C3 Smart (formerly K3 Connect)",
    "es": "C3 Smart (antes K3 Connect)",
    "fr": "C3 Smart (anciennement K3 Connect)",
    "it": "C3 Smart (in precedenza K3 Connect)",
    "nl": "C3 Smart (voorheen K3 Connect)",
    "pl": "C3 Smart (dawniej K3 Connect)",
}
"""The app and the account as they are called since 2023."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_app_has_its_name_of_today(language: str) -> None:
    """No sentence has the old name alone, and the way to the access key is told."""
    sentences = dict(leaves(json.loads(LANGUAGES[language].read_text())))
    old = re.compile(r"K3[\s-]?Connect", re.IGNORECASE)
    for path, sentence in sentences.items():
        plain = sentence.replace("C3 Smart app (formerly", "C3 Smart (formerly")
        plain = plain.replace("C3 Smart account (formerly", "C3 Smart (formerly")
        assert not old.search(plain.replace(FORMERLY[language], "")), path
    for step in ("user", "reauth_confirm", "reconfigure"):
        hint = sentences["config", "step", step, "data_description", "access_key"]
        assert re.search("Settings.*User Info.*Access Key", hint)


def test_documents_have_the_name_of_today() -> None:
    """The old name stands only where it is said to be the old one."""
    root = COMPONENT.parents[1]
    for path in (root / "README.md", *(root / "docs").glob("*.md")):
        for line in path.read_text().splitlines():
            assert line.count("K3 Connect") == line.count("(formerly K3 Connect)"), path.name


# Issues


def test_issues() -> None:
    """Each issue has its texts, and each text its issue."""
    # Those of the quota are composed of pool and outlook; not every pair is possible.
    of_quota = {f"{pool}_{outlook}" for pool in Pool for outlook in Outlook}
    put_together = {
        "f'{pool}_{kind}'": set(),
        "problem": {str(one) for one in ClockProblem},
        "ClockProblem.ZONE": {str(ClockProblem.ZONE)},
        "key": set(),  # of an issue that stands, under a lock's new name
    }
    created: set[str] = set()
    for call in nodes(ast.Call):
        if isinstance(call.func, ast.Name) and call.func.id == "async_set_issue":
            _, _, key = call.args
            created |= set(constants(key) or put_together[ast.unparse(key)])
    assert created <= ENGLISH["issues"].keys() <= created | of_quota
    for key, issue in ENGLISH["issues"].items():
        assert issue["title"]
        is_fixable = key in of_quota or key == "netcode_version"
        assert issue.keys() == {"title", "fix_flow" if is_fixable else "description"}


def test_fix_flow() -> None:
    """Its forms have the fields of the options, or the version."""
    version = ENGLISH["issues"]["netcode_version"]["fix_flow"]
    assert version["step"].keys() == {"version"}
    check_form(VERSION, version["step"]["version"])
    assert version["abort"].keys() == {"nothing_changed"}
    for key, issue in ENGLISH["issues"].items():
        if "fix_flow" in issue and key != "netcode_version":
            steps = issue["fix_flow"]["step"]
            assert steps.keys() == {"quota", "custom_plan"}, key
            helpers = {"async_form_counter": "newer_version"}
            assert issue["fix_flow"]["abort"].keys() == aborts("repairs.py", helpers)
            check_form(QUOTA, steps["quota"])
            check_form(CUSTOM_PLAN, steps["custom_plan"])


# Flows


def check_form(schema: Any, texts: Json) -> None:
    """Compare the fields of a form with its texts."""
    assert texts["title"]
    named, sections = set(), set()
    for key, kind in schema.schema.items():
        if hasattr(kind, "schema") and hasattr(kind, "options"):  # a section
            sections.add(str(key))
            check_form(kind.schema, {"title": "-", **texts["sections"][str(key)]})
        else:
            named.add(str(key))
            check_selector(kind)
    assert texts.get("data", {}).keys() == named
    assert texts.get("data_description", {}).keys() <= named
    assert texts.get("sections", {}).keys() == sections


def check_selector(kind: Any) -> None:
    """Compare the choices of a selector with their texts."""
    if isinstance(kind, SelectSelector) and (key := kind.config.get("translation_key")):
        offered = {str(option) for option in kind.config["options"]}
        texts = ENGLISH["selector"][key]["options"].keys()
        assert texts <= offered
        if not kind.config.get("custom_value"):
            assert offered <= texts


def check_shown(form: Any, texts: Json) -> None:
    """Compare a shown form with its texts, including placeholders."""
    check_form(form["data_schema"], texts[form["step_id"]])
    given = (form["description_placeholders"] or {}).keys()
    for key in ("title", "description"):
        assert fields(texts[form["step_id"]].get(key, "")) <= given


async def test_config_flow(hass: HomeAssistant, sim: Simulator, add_account: AddAccount) -> None:
    """The forms of the account."""
    texts = ENGLISH["config"]["step"]
    shown = set()

    async def show(form: Any) -> Any:
        check_shown(form, texts)
        shown.add(form["step_id"])
        return form

    flows = hass.config_entries.flow
    form = await show(await flows.async_init(DOMAIN, context={"source": SOURCE_USER}))
    await show(await flows.async_configure(form["flow_id"], keys(sim, plan=PLAN_CUSTOM)))
    flows.async_abort(form["flow_id"])
    entry = await add_account()
    entry.async_start_reauth(hass)
    await settle(hass)
    [reauth] = flows.async_progress()
    await show(await flows.async_configure(reauth["flow_id"]))
    context = ConfigFlowContext(source=SOURCE_RECONFIGURE, entry_id=entry.entry_id)
    form = await show(await flows.async_init(DOMAIN, context=context))
    sim.world.add_account("other00key", email="someone@example.com")
    other = keys(sim, access_key="other00key")
    del other["plan"]
    options = set()
    for flow, filled in ((form, other), (reauth, {**other, "connection": None})):
        given = {key: value for key, value in filled.items() if value}
        menu = await flows.async_configure(flow["flow_id"], given)
        options |= set(cast(list[str], menu["menu_options"]))
        placeholders = cast(dict[str, str], menu["description_placeholders"])
        assert fields(texts["other_email"]["description"]) == placeholders.keys()
    assert options == texts["other_email"]["menu_options"].keys()
    assert {*shown, "other_email"} == texts.keys()


async def test_options_flow(hass: HomeAssistant, entry: CodelocksConfigEntry) -> None:
    """The forms of the options; each option is on one."""
    texts = ENGLISH["options"]["step"]
    flows = hass.config_entries.options
    form = await flows.async_init(entry.entry_id)
    check_shown(form, texts)
    schema = form["data_schema"]
    assert schema
    fields = [str(key) for part in schema.schema.values() for key in part.schema.schema]
    assert DEFAULT_OPTIONS.keys() <= set(fields)
    assert len(fields) == len(set(fields)), "stored without their sections"
    filled = in_sections({**DEFAULT_OPTIONS, "plan": PLAN_CUSTOM})
    form = await flows.async_configure(form["flow_id"], filled)
    check_shown(form, texts)
    assert texts.keys() == {"init", "custom_plan"}


async def test_kitlock_flow(hass: HomeAssistant, entry: CodelocksConfigEntry) -> None:
    """The forms of a KitLock."""
    texts = KITLOCK_TEXTS["step"]
    flows = hass.config_entries.subentries
    menu = await flows.async_init((entry.entry_id, "kitlock"), context={"source": SOURCE_USER})
    assert set(cast(list[str], menu["menu_options"])) == texts["user"]["menu_options"].keys()
    check_shown(await kitlock_form(hass, entry, "details"), texts)
    form = await kitlock_form(hass, entry, "initialise")
    check_shown(form, texts)
    filled = {"name": "x", "lock_model": "KL1060", "time_zone": "Europe/London"}
    check_shown(await fill_in(hass, form, {**filled, "master_code": "12345678"}), texts)
    owner = await add_kitlock(hass, entry)
    context = SubentryFlowContext(source=SOURCE_RECONFIGURE, subentry_id=owner)
    form = await flows.async_init((entry.entry_id, "kitlock"), context=context)
    check_shown(form, texts)
    assert texts.keys() == {"user", "details", "initialise", "sequence", "reconfigure"}
    assert KITLOCK_TEXTS["initiate_flow"].keys() == {"user", "reconfigure"}
    assert KITLOCK_TEXTS["entry_type"]


async def test_requester_flow(hass: HomeAssistant, entry: CodelocksConfigEntry) -> None:
    """The forms of people who may ask for codes by text message."""
    texts = REQUESTER_TEXTS["step"]
    check_shown(await requester_form(hass, entry), texts)
    check_shown(await changing(hass, entry, await add_requester(hass, entry)), texts)
    assert texts.keys() == {"user", "reconfigure"}
    assert REQUESTER_TEXTS["initiate_flow"].keys() == {"user", "reconfigure"}
    assert REQUESTER_TEXTS["entry_type"]


@pytest.mark.parametrize("kind", ["bookings", "visitor"])
async def test_flows_of_guests(hass: HomeAssistant, entry: CodelocksConfigEntry, kind: str) -> None:
    """The forms of bookings and visitors have their texts, with all that is filled into them."""
    form = await hass.config_entries.subentries.async_init(
        (entry.entry_id, kind), context={"source": SOURCE_USER}
    )
    texts = ENGLISH["config_subentries"][kind]
    check_shown(form, texts["step"])
    check_form(form["data_schema"], texts["step"]["reconfigure"])
    assert texts["step"].keys() == texts["initiate_flow"].keys() == {"user", "reconfigure"}
    assert texts["entry_type"]
    used = set(re.findall(r"{(\w+)}", json.dumps(texts)))
    assert (form["description_placeholders"] or {}).keys() == used == {"fields", "code_fields"}
    both = {"lead_too_long", "lock_required", "message_without_code", "name_required", "not_a_lock"}
    own = {
        "bookings": {"already_followed", "buffer_too_long", "calendar_not_found"},
        "visitor": {"day_required", "last_before_first"},
    }
    assert texts["error"].keys() == both | own[kind]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_names_the_buttons_that_come_next(language: str) -> None:
    """Who presses a button on the page finds one with the same words in the settings."""
    texts = json.loads(LANGUAGES[language].read_text())
    page, subentries = texts["config_panel"], texts["config_subentries"]
    assert page["bookings"]["add_calendar"] == subentries["bookings"]["initiate_flow"]["user"]
    assert page["bookings"]["add_visitor"] == subentries["visitor"]["initiate_flow"]["user"]
    assert page["doors"]["add_kitlock"] == subentries["kitlock"]["initiate_flow"]["user"]


def form_errors(file: str) -> set[str]:
    """Return the errors in a flow's own code."""
    found: set[str] = set()
    for node in ast.walk(SOURCES[file]):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Subscript):
            target = node.targets[0].value
            if isinstance(target, ast.Name) and target.id == "errors":
                found |= set(constants(node.value) or [])
        if isinstance(node, ast.Dict):
            for key, value in zip(node.keys, node.values, strict=True):
                if isinstance(key, ast.Constant) and key.value == "base":
                    found |= set(constants(value) or [])
    return found


def test_form_errors() -> None:
    """Each error of a form has its sentence, and each sentence its error."""
    # Forms are for administrators, who may spend what there is.
    kinds = _KEYS.keys() - {CodelocksBudgetError}
    plain = kinds - {CodelocksConnectionError}
    from_api = {flow_error(kind.__new__(kind)) for kind in plain} | {
        flow_error(CodelocksConnectionError("-", no_path=no_path)) for no_path in (False, True)
    }
    assert ENGLISH["config"]["error"].keys() == form_errors("config_flow.py") | from_api
    assert KITLOCK_TEXTS["error"].keys() == form_errors("flows/kitlock.py") | {
        _KEYS[kind] for kind in kinds
    }
    of_senders = set(_INVALID_SENDER.values())
    assert REQUESTER_TEXTS["error"].keys() == form_errors("flows/requester.py") | of_senders


def test_aborts() -> None:
    """Each abort reason has its sentence, except Home Assistant's own."""
    helpers = {
        "_abort_if_unique_id_configured": "already_configured",
        "_async_abort_entries_match": "already_configured",
        "async_form_counter": "newer_version",
        "async_current_options": "newer_version",
    }
    assert ENGLISH["config"]["abort"].keys() == aborts("config_flow.py", helpers)
    assert ENGLISH["options"]["abort"].keys() == aborts("flows/options.py", helpers)
    assert KITLOCK_TEXTS["abort"].keys() == aborts("flows/kitlock.py", {})
    assert REQUESTER_TEXTS["abort"].keys() == aborts("flows/one_form.py", {})


def aborts(file: str, helpers: dict[str, str]) -> set[str]:
    """Return a flow's abort reasons, its own or through Home Assistant's helpers."""
    found: set[str] = set()
    for node in ast.walk(SOURCES[file]):
        if not isinstance(node, ast.Call):
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else ast.unparse(node.func)
        if called in helpers:
            found.add(helpers[called])
        for keyword in node.keywords:
            if keyword.arg == "reason":
                found |= set(constants(keyword.value) or [])
    return found


# Actions


def yaml_fields(action: Json) -> tuple[dict[str, Json], set[str]]:
    """Return the fields of an action, including those in sections, and the sections."""
    found: dict[str, Json] = {}
    sections: set[str] = set()
    for name, field in (action.get("fields") or {}).items():
        if "fields" in (field or {}):
            sections.add(name)
            found |= field["fields"]
        else:
            found[name] = field or {}
    return found, sections


def test_actions() -> None:
    """Code, form, texts and icons have the same actions."""
    assert SERVICES.keys() == ACTIONS.keys()
    assert ENGLISH["services"].keys() == ACTIONS.keys()
    assert ICONS["services"].keys() == ACTIONS.keys()


@pytest.mark.parametrize("name", ACTIONS)
def test_action(name: str) -> None:
    """They have the same fields, and the same required ones."""
    texts, (found, sections) = ENGLISH["services"][name], yaml_fields(SERVICES[name])
    schema = {str(key): key for key in ACTIONS[name][1]}
    assert texts["name"]
    assert texts["description"]
    assert found.keys() == schema.keys()
    assert texts.get("fields", {}).keys() == schema.keys()
    for field, words in chain(texts.get("fields", {}).items(), texts.get("sections", {}).items()):
        assert words["name"], field
        assert words["description"], field
    for field, key in schema.items():
        required = type(key).__name__ == "Required"
        assert found[field].get("required", False) is required, field
        assert "selector" in found[field], field
    assert texts.get("sections", {}).keys() == sections
    assert ICONS["services"][name]["service"].startswith("mdi:")
    assert ICONS["services"][name].get("sections", {}).keys() == sections


def translation_keys(tree: Any) -> Iterator[tuple[str, str, Iterable[str]]]:
    """Return the selectors whose choices or fields are translated."""
    if isinstance(tree, dict):
        if "translation_key" in tree:
            kind = "options" if "options" in tree else "fields"
            names = (one["value"] if isinstance(one, dict) else one for one in tree[kind])
            yield tree["translation_key"], kind, names
        for part in tree.values():
            yield from translation_keys(part)


def test_active_periods_are_sent_as_shown() -> None:
    """The form shows the values that the action uses for missing fields."""
    fields = SERVICES["add_client"]["fields"]["active_periods"]["selector"]["object"]["fields"]
    shown = {key: field["default"] for key, field in fields.items() if "default" in field}
    times = {"starts": "09:00", "ends": "17:00"}
    (taken,) = probatio.Schema(PERIODS)({"active_periods": [times]})["active_periods"]
    assert shown == {key: value for key, value in taken.items() if key not in times}
    assert shown.keys() | times.keys() == fields.keys()


def test_selectors() -> None:
    """Each choice and field has its text, and each text its choice or field."""
    used = {
        "plan",
        "voice",
        "whole_days_end",
        "stay_fit",
        "invite",
        "netcode_version",
    }  # in the flows, where `check_selector` looks
    for key, kind, names in translation_keys(SERVICES):
        assert ENGLISH["selector"][key].keys() == {kind}
        assert ENGLISH["selector"][key][kind].keys() == set(names), key
        used.add(key)
    assert ENGLISH["selector"].keys() == used


# Entities


async def test_entities(
    hass: HomeAssistant, sim: Simulator, freezer: Any, add_account: AddAccount
) -> None:
    """Each entity has a name, and an icon unless its device class gives one."""
    sim.world.lock(LOCK_1_ID).set_battery("64")
    entry = await add_account()
    await add_kitlock(hass, entry)
    bookings = ConfigSubentry(
        data=MappingProxyType({"calendar_entity_id": "calendar.flat", "locks": []}),
        subentry_type="bookings",
        title="Flat",
        unique_id=None,
    )
    hass.config_entries.async_add_subentry(entry, bookings)
    switches = {"client_switches": True} if "client_switches" in DEFAULT_OPTIONS else {}
    await set_options(hass, entry, **switches, spare_locks=[device_id(hass, entry, LOCK_1_ID)])
    await read_again(hass, freezer)

    found: dict[str, set[str]] = {}
    for row in er.async_entries_for_config_entry(er.async_get(hass), entry.entry_id):
        assert row.translation_key, row.entity_id
        found.setdefault(row.domain, set()).add(row.translation_key)
        assert ENGLISH["entity"][row.domain][row.translation_key]["name"]
        icon = ICONS["entity"].get(row.domain, {}).get(row.translation_key, {}).get("default")
        assert icon or row.original_device_class, row.entity_id
    assert {domain: set(texts) for domain, texts in ENGLISH["entity"].items()} == found
    for domain, icons in ICONS["entity"].items():
        assert icons.keys() <= found[domain]


def test_event_types() -> None:
    """Each type of event, and a return, has its text; the last type uses the default icon."""
    words = ENGLISH["entity"]["event"]["activity"]["state_attributes"]["event_type"]["state"]
    icons = ICONS["entity"]["event"]["activity"]["state_attributes"]["event_type"]["state"]
    assert words.keys() == {*EVENT_TYPES, AVAILABLE_AGAIN}
    words = ENGLISH["entity"]["event"]["booking"]["state_attributes"]["event_type"]["state"]
    assert words.keys() == {*Happening, AVAILABLE_AGAIN}
    assert icons.keys() == set(EVENT_TYPES) - {"other"}


# The files


@pytest.mark.parametrize("language", LANGUAGES)
def test_language(language: str) -> None:
    """Every language has the same sentences with the same placeholders, and none is empty.

    The page's counted ones have a form for each plural of the language.
    """
    english = dict(leaves(ENGLISH))
    found = dict(leaves(json.loads(LANGUAGES[language].read_text())))
    expected = {
        form: path
        for path in english
        for form in (_plurals(path, language) if path[0] == "config_panel" else [path])
    }
    assert found.keys() == expected.keys()
    for path, sentence in found.items():
        assert sentence == sentence.strip() != "", path
        assert "[%key" not in sentence, path
        assert sorted(fields(sentence)) == sorted(fields(english[expected[path]])), path


def _plurals(path: tuple[str, ...], language: str) -> list[tuple[str, ...]]:
    """Return what stands in a language for a sentence of the page."""
    *group, key = path
    stem = key.removesuffix("_other")
    if key == stem or f"{stem}_one" not in ENGLISH["config_panel"][group[-1]]:
        return [path]
    return [path, *((*group, f"{stem}_{form}") for form in MORE_PLURALS.get(language, ()))]


def test_words_of_the_page() -> None:
    """Each key that the sources of the page name has a sentence, and each sentence is named."""
    groups = ENGLISH["config_panel"]
    source = "".join(path.read_text() for path in PAGE.rglob("*.ts"))
    # Selectors of elements look the same, such as that of a dialog with a class.
    source = re.sub(r"Selector(<\w+>)?\(.*\)", "", source)
    source = re.sub(r'(choice\(said, "[a-z._]+)"', r'\1_${value}"', source)
    groups_named = "|".join(groups)
    quoted = re.compile(rf"""["`]((?:{groups_named})\.(?:[a-z0-9_]|\$\{{[^}}]*\}})+)["`]""")
    named = set(quoted.findall(source))
    patterns = [re.compile(re.sub(r"\$\{[^}]*\}", "[a-z0-9_]+", key)) for key in named]
    keys = {
        (f"{group}.{key}", f"{group}.{re.sub('_(one|other)$', '', key)}")
        for group, texts in groups.items()
        for key in texts
    }
    unused = {key for key in keys if not _is_named(key, patterns)}
    assert unused == set()
    for pattern in patterns:
        assert any(pattern.fullmatch(form) for key in keys for form in key), pattern
    # Home Assistant itself shows it in the sidebar, too.
    assert "page.title" in named


def _is_named(key: tuple[str, str], patterns: list[re.Pattern[str]]) -> bool:
    """Return whether a sentence is named as it is, or without the form of its plural."""
    return any(pattern.fullmatch(form) for form in key for pattern in patterns)


def test_icons() -> None:
    """Icons are those of Material Design."""
    for path, icon in leaves(ICONS):
        assert re.fullmatch(r"mdi:[a-z0-9-]+", icon), path


def test_no_secret_is_a_field() -> None:
    """No action takes a code, or a seed of codes: action data is recorded."""
    secrets = {"netcode", "code", "pin", "api_key", "access_key", "timecode", "identifier"}
    assert set(KITLOCK) & secrets, "this is how they are called"
    for name, (_, schema) in ACTIONS.items():
        assert not secrets & {str(key) for key in schema}, name
