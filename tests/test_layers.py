"""Who may import whom, read from the source: nothing is run."""

import ast
from collections.abc import Collection, Iterator
from importlib.metadata import requires, version
import json
from pathlib import Path
import re
import sys

from packaging.requirements import Requirement
import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = "custom_components.codelocks"
API_PACKAGE = f"{PACKAGE}.api"

ROWS = (
    # The API
    ("api",),
    # Pure: what a NetCode is, what to read next, what people say
    ("const", "issuing.pasted"),
    ("netcode.clocks", "netcode.durations", "netcode.refusals"),
    ("wall_clock", "netcode.kitlock", "netcode.keypad", "netcode.windows", "netcode.ledger"),
    ("netcode.who_used", "netcode.spares"),
    ("polling.quota", "polling.arrival_rates", "polling.spending", "polling.daily_share"),
    ("polling.read_planner",),
    ("polling.schedule",),
    ("polling.waits",),
    ("polling.turns",),
    ("language.lexicon", "language.time_model"),
    ("language.language", "language.time_grammar", "language.time_resolver"),
    ("language.time_statements", "language.lock_names"),
    ("language.code_request", "language.people"),
    ("reading.audit", "reading.battery", "issuing.requesters", "clients.active_periods"),
    ("issuing.markup", "issuing.sms"),
    ("reading.records", "reading.newcomers", "reading.unknown_words"),
    ("reading.lock_list",),
    # Pure, too: who comes when, and the codes that follow from it
    ("bookings.values",),
    ("bookings.email_address", "bookings.events"),
    ("bookings.settings", "bookings.codes", "bookings.waits"),
    ("bookings.stay", "bookings.kept"),
    ("bookings.identity", "bookings.decisions"),
    ("bookings.doors", "bookings.covering", "bookings.inviting", "bookings.outcomes"),
    ("bookings.reading", "bookings.telling"),
    ("bookings.reconcile",),
    # What all share, and what is kept
    ("stored_file", "errors", "localize", "time_zones", "renames"),
    ("store", "polling.call_counter", "polling.one_question"),
    ("ledger_store", "bookings.kept_file"),
    ("polling.poller", "ledger_keeper", "issuing.delivery"),
    # What is read
    ("reading.read_coordinator",),
    ("reading.locks", "reading.clients"),
    ("reading.activity",),
    ("account",),
    ("permission", "reading.devices"),
    ("reading.issues", "reading.refresh", "reading.own_record"),
    ("reading.zones",),
    # What is done: one verb, one function
    ("issuing.catalogue", "issuing.netcode_lock", "clients.changes"),
    (
        "issuing.plan",
        "issuing.code_warnings",
        "issuing.netcode_version",
        "issuing.message",
        "assist.locks",
    ),
    ("issuing.issue", "issuing.tell", "issuing.rows", "issuing.withdraw"),
    ("issuing.spares",),
    ("issuing.order",),
    ("issuing.text_requests",),
    # Bookings: what was decided is carried out
    ("bookings.account_waits", "bookings.expected", "bookings.agenda"),
    ("bookings.guest_book", "bookings.world", "bookings.owner_message"),
    ("bookings.making", "bookings.guests_phones"),
    ("bookings.look",),
    ("bookings.watch", "bookings.phones_left"),
    ("bookings.following",),
    # The ways in
    ("entity", "assist.intent_base"),
    ("binary_sensor", "button", "calendar", "event", "sensor", "switch"),
    ("assist.kept_codes", "assist.last_entry"),
    ("assist.active_netcodes", "assist.calls_left", "assist.low_batteries"),
    ("assist.issue_netcode", "assist.netcode_end", "assist.say_netcode", "assist.withdraw_netcode"),
    ("actions.targets",),
    ("actions.netcodes", "actions.kept_codes", "actions.clients", "actions.reads"),
    ("assist.sentences",),
    ("intent", "llm", "services"),
    ("page.panel",),
    ("page.code_rows", "page.lock_rows", "page.resources"),
    ("page.order_rows",),
    ("page.snapshot",),
    ("page.sources",),
    ("page.feed",),
    ("page.websocket",),
    ("flows.fields", "flows.netcode_version"),
    ("flows.one_form",),
    ("flows.kitlock", "flows.requester", "flows.quota", "flows.guests"),
    ("flows.options", "flows.bookings", "flows.visitor"),
    ("config_flow",),
    ("repairs", "diagnostics", "system_health", "logbook"),
    ("__init__",),
)
"""A module imports only from the rows above its own: not from its own, so platforms never import
each other, and nobody imports `__init__`."""

FOLDERS = {module.partition(".")[0] for row in ROWS for module in row if "." in module}

PURE = [module for row in ROWS[:25] for module in row]
"""Modules without Home Assistant, which are tested in milliseconds."""

API_ROWS = (
    ("words",),
    ("reading",),
    ("models",),
    ("errors",),
    ("transport",),
    ("client",),
    ("__init__",),
)
"""The same within the client."""
API_NEEDS = {"aiohttp", "yarl", "mashumaro"}
"""All that the client needs besides the standard library."""

LEVEL = {module: level for level, row in enumerate(ROWS) for module in row}
API_LEVEL = {module: level for level, row in enumerate(API_ROWS) for module in row}


def imports(source: str, package: str) -> Iterator[str]:
    """Yield the full names of all that a file in a package imports.

    That includes imports in functions and under TYPE_CHECKING.
    """
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            parts = package.split(".")
            base = parts[: len(parts) + 1 - node.level] if node.level else []
            for alias in node.names:
                yield ".".join([*base, *filter(None, [node.module]), alias.name])


def of_package(package: str) -> dict[str, set[str]]:
    """Return what each module of a package imports, by its name within the package.

    The client in `api` counts as one module; the `__init__` of another folder is not a module.
    """
    folder = ROOT.joinpath(*package.split("."))
    found: dict[str, set[str]] = {}
    for path in sorted(folder.rglob("*.py")):
        parts = path.relative_to(folder).with_suffix("").parts
        module = parts[0] if parts[0] == "api" else ".".join(parts)
        if not module.endswith(".__init__"):
            within = ".".join(path.relative_to(ROOT).parent.parts)
            found.setdefault(module, set()).update(imports(path.read_text(), within))
    return found


def own(names: Collection[str], package: str) -> set[str]:
    """Return the modules of a package that are among imported names."""
    inside = [name.removeprefix(f"{package}.") for name in names if name.startswith(f"{package}.")]
    modules = {module_of(name, FOLDERS if package == PACKAGE else ()) for name in inside}
    return modules | {"__init__"} if package in names else modules


def module_of(name: str, folders: Collection[str]) -> str:
    """Return the module of a name within the package: `polling.quota` of `polling.quota.Quota`."""
    head, _, rest = name.partition(".")
    return f"{head}.{rest.partition('.')[0]}" if head in folders else head


MODULES = of_package(PACKAGE)
API_MODULES = of_package(API_PACKAGE)


@pytest.mark.parametrize("module", MODULES)
def test_a_module_imports_only_from_the_rows_above_it(module: str) -> None:
    """Every module needs a place in the table."""
    assert module in LEVEL, f"{module}.py stands in no row of the table in this test"
    for imported in own(MODULES[module], PACKAGE) - {module}:
        assert LEVEL[imported] < LEVEL[module], f"{module} imports {imported}, which is not above"


@pytest.mark.parametrize("module", API_MODULES)
def test_the_same_within_the_client(module: str) -> None:
    """Shapes and errors, then the funnel, then the methods."""
    assert module in API_LEVEL, f"api/{module}.py stands in no row of the table in this test"
    for imported in own(API_MODULES[module], API_PACKAGE):
        assert API_LEVEL[imported] < API_LEVEL[module], f"{module} imports {imported}"


@pytest.mark.parametrize("module", API_MODULES)
def test_the_client_needs_no_home_assistant(module: str) -> None:
    """It can be used elsewhere, in five lines."""
    outside = {name for name in API_MODULES[module] if not name.startswith(f"{API_PACKAGE}.")}
    packages = {name.partition(".")[0] for name in outside}
    assert packages <= API_NEEDS | sys.stdlib_module_names


def test_what_others_made_is_declared() -> None:
    """A package is Home Assistant's own requirement, or in our manifest."""
    names = {name for names in (*MODULES.values(), *API_MODULES.values()) for name in names}
    packages = {name.partition(".")[0] for name in names} - sys.stdlib_module_names
    packages -= {"custom_components", "homeassistant"}
    manifest = json.loads((ROOT.joinpath(*PACKAGE.split("."), "manifest.json")).read_text())
    assert packages == {"aiohttp", "mashumaro", "probatio", "yarl"}
    for package in packages - {Requirement(line).name for line in requires("homeassistant") or ()}:
        (declared,) = (Requirement(line) for line in manifest["requirements"])
        assert declared.name == package
        assert declared.specifier.contains(version(package))


@pytest.mark.parametrize("module", PURE)
def test_pure_modules_need_no_home_assistant(module: str) -> None:
    """They get what they need as arguments, including the time."""
    assert not [name for name in MODULES[module] if name.startswith("homeassistant")]


@pytest.mark.parametrize("folder", sorted(FOLDERS))
def test_a_folder_says_what_lives_there(folder: str) -> None:
    """Its `__init__` has a docstring, and no code."""
    module = ast.parse((ROOT.joinpath(*PACKAGE.split("."), folder, "__init__.py")).read_text())
    assert ast.get_docstring(module)
    assert len(module.body) == 1


@pytest.mark.parametrize("folder", ["language", "netcode"])
def test_a_pure_folder_names_all_that_it_imports(folder: str) -> None:
    """Its `__init__` says so: "Pure: imports ..."."""
    note = ROOT.joinpath(*PACKAGE.split("."), folder, "__init__.py").read_text()
    (sentence,) = re.findall(r"^Pure: imports (.*?)\.", note, re.MULTILINE)
    modules = [module for module in MODULES if module.startswith(f"{folder}.")]
    imported = {name for module in modules for name in own(MODULES[module], PACKAGE)}
    assert set(re.findall(r"`(\w+)`", sentence)) == {
        name.partition(".")[0] for name in imported
    } - {folder}


def test_the_table_has_each_module_once() -> None:
    """Each module has one place, and each place a module."""
    assert len(LEVEL) == sum(len(row) for row in ROWS)
    assert LEVEL.keys() == MODULES.keys()


@pytest.mark.parametrize(
    ("line", "module"),
    [
        ("from .const import DOMAIN", "const"),
        ("from .polling.quota import Quota", "polling.quota"),
        ("from .polling import quota", "polling.quota"),
        ("from . import const", "const"),
        ("from .api.models import Lock", "api"),
        ("import custom_components.codelocks.sensor", "sensor"),
        ("from custom_components.codelocks import sensor", "sensor"),
        ("from custom_components.codelocks.sensor import X", "sensor"),
        ("import custom_components.codelocks", "__init__"),
        ("from custom_components import codelocks", "__init__"),
        ("from .. import codelocks", "__init__"),
        ("def f():\n    from .event import X", "event"),
        ("if TYPE_CHECKING:\n    from .event import X", "event"),
    ],
)
def test_no_import_is_overlooked(line: str, module: str) -> None:
    """There are many ways to import."""
    assert own(set(imports(line, PACKAGE)), PACKAGE) == {module}
