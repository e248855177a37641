"""The quality scale: complete, in the form of Home Assistant's own integrations, and kept."""

import ast
from pathlib import Path
from typing import Any

from homeassistant import components
import pytest
import yaml

from tests.codes import COMPONENT

ROOT = COMPONENT.parents[1]
MODEL = Path(components.__path__[0]) / "unifi_access" / "quality_scale.yaml"
"""One of Home Assistant's own integrations, which lists the current rules."""


def rules(path: Path) -> dict[str, Any]:
    """Return the rules of a file, each with its status and comment."""
    found = yaml.safe_load(path.read_text())["rules"]
    return {
        rule: {"status": about} if isinstance(about, str) else about
        for rule, about in found.items()
    }


RULES = rules(COMPONENT / "quality_scale.yaml")
SOURCES = {
    str(path.relative_to(COMPONENT)): ast.parse(path.read_text())
    for path in COMPONENT.rglob("*.py")
}
PLATFORMS = ("binary_sensor", "button", "calendar", "event", "sensor", "switch")


def test_all_rules() -> None:
    """Home Assistant's current rules, each once and in its order."""
    assert list(RULES) == list(rules(MODEL))
    assert len(RULES) == 54


@pytest.mark.parametrize("rule", RULES)
def test_status(rule: str) -> None:
    """Rules that are not done say why."""
    about = RULES[rule]
    assert about.keys() <= {"status", "comment"}
    assert about["status"] in ("done", "exempt", "todo")
    if about["status"] != "done":
        assert about["comment"]


def test_named_files() -> None:
    """Pages and folders named in comments exist."""
    words = " ".join(about.get("comment", "") for about in RULES.values()).split()
    named = {word.strip(",.;") for word in words if word.startswith(("docs/", "README", "script/"))}
    assert len(named) > 6
    assert not [path for path in named if not (ROOT / path).exists()]


# What can be checked without running the code; the rest is in the tests of each module.


def names(module: str) -> set[str]:
    """Return the functions, classes and constants at the top of a module."""
    found = set()
    for node in SOURCES[f"{module}.py"].body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Assign):
            found |= {target.id for target in node.targets if isinstance(target, ast.Name)}
    return found


def test_parallel_updates() -> None:
    """Each platform says how many of its updates may run at once."""
    files = {
        name.removesuffix(".py")
        for name, tree in SOURCES.items()
        if any(
            isinstance(node, ast.ImportFrom)
            and node.module == "homeassistant.helpers.entity_platform"
            for node in tree.body
        )
    }
    assert files - {"entity"} == set(PLATFORMS)
    for platform in PLATFORMS:
        assert "PARALLEL_UPDATES" in names(platform), platform


@pytest.mark.parametrize(
    ("rule", "module", "needed"),
    [
        ("action-setup", "__init__", {"async_setup"}),
        ("config-entry-unloading", "__init__", {"async_unload_entry"}),
        ("stale-devices", "__init__", {"async_remove_config_entry_device"}),
        ("repair-issues", "repairs", {"async_create_fix_flow"}),
        (
            "diagnostics",
            "diagnostics",
            {"async_get_config_entry_diagnostics", "async_get_device_diagnostics"},
        ),
    ],
)
def test_entry_points(rule: str, module: str, needed: set[str]) -> None:
    """What a rule requires is where Home Assistant looks for it."""
    if RULES[rule]["status"] == "done":
        assert needed <= names(module)


def test_flow_steps() -> None:
    """The account can be given new keys at any time."""
    steps = {
        node.name
        for node in ast.walk(SOURCES["config_flow.py"])
        if isinstance(node, ast.AsyncFunctionDef)
    }
    assert {"async_step_reauth", "async_step_reconfigure"} <= steps
