"""No pattern of ours takes more than linear time, whatever it is asked to look through."""

import ast
from collections.abc import Iterator, Mapping
from importlib import import_module
from itertools import product
from pathlib import Path
from pkgutil import walk_packages
import re
from time import process_time
from types import ModuleType
from typing import Any

import pytest

from custom_components import codelocks
from custom_components.codelocks.api.words import redactor

ROOT = Path(codelocks.__file__).parent


def modules() -> Iterator[ModuleType]:
    """Return all of our modules."""
    yield codelocks
    for module in walk_packages(codelocks.__path__, f"{codelocks.__name__}."):
        yield import_module(module.name)


def patterns(value: Any) -> Iterator[re.Pattern[str]]:
    """Return the patterns in a value: one, or all of a table."""
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from patterns(part)
    elif isinstance(value, list | tuple | set | frozenset):
        for part in value:
            yield from patterns(part)


FOUND = {
    f"{module.__name__.removeprefix(f'{codelocks.__name__}.')} {pattern.pattern[:40]}": pattern
    for module in modules()
    for value in vars(module).values()
    for pattern in patterns(value)
}
PIECES = (
    *("a", "A", "é", "0", "12", " ", "\n", "\0", "\u0301", "_", "'", "😀"),
    *("@", "a@", "@a.", "a.", ".a", ".", "a-", "-", "1 ", "1.", "1-", "12:", "12.12.", "/", "://"),
    *("(0)", "+", "00", "[", "<a>", "<a", "{", "{netcode}", "{netcode", "invalid ", "access"),
    *("HTTP ", "Error", "aError", "config", "settings", "batter", "quota ", "limit ", "2026-10-"),
    *("lock", "urm", "end ", "id ", "half ", "9h", "9:3", "1,5"),
)
"""What hostile texts are made of."""
BEGINNINGS = ("", "a@", "12")
ENDS = ("", "!")
SHORT, FACTOR = 3_000, 4
NOTHING = 0.01
"""Seconds that are too few to compare: a square takes many times that."""


def test_all_patterns_are_looked_at() -> None:
    """They are made once, where they can be found: none within a function."""
    inline = {"findall", "finditer", "fullmatch", "match", "search", "split", "sub", "subn"}
    made = 0
    for path in ROOT.rglob("*.py"):
        tree = ast.parse(path.read_text())
        at_top = {id(node) for top in tree.body for node in ast.walk(top) if _is_value(top)}
        for node in ast.walk(tree):
            match node:
                case ast.Call(func=ast.Attribute(value=ast.Name("re"), attr=name)):
                    assert name not in inline, f"{path.name}:{node.lineno}"
                    if name == "compile":
                        assert id(node) in at_top or path.name == "words.py", path
                        made += 1
    assert made <= len(FOUND) + 1


def _is_value(node: ast.stmt) -> bool:
    return isinstance(node, ast.Assign | ast.AnnAssign)


def took(pattern: re.Pattern[str], text: str, tries: int = 3) -> float:
    """Return how long it takes to look a text through in each of the ways, at best."""

    def once() -> float:
        start = process_time()
        for _ in pattern.finditer(text):
            pass
        pattern.fullmatch(text)
        return process_time() - start

    return min(once() for _ in range(tries))


@pytest.mark.parametrize("name", [*FOUND, "secrets"])
def test_time_grows_with_the_text_and_no_more(name: str) -> None:
    """Four times the text takes about four times as long, where a square would take sixteen."""
    pattern = FOUND.get(name) or _redactor_pattern()
    for beginning, piece, end in product(BEGINNINGS, PIECES, ENDS):
        if _grows_too_much(pattern, beginning, piece, end):
            # Once more: others use this machine, too.
            assert not _grows_too_much(pattern, beginning, piece, end), (beginning, piece, end)


def _grows_too_much(pattern: re.Pattern[str], beginning: str, piece: str, end: str) -> bool:
    """Return whether a longer text takes longer out of all proportion."""

    def text(length: int) -> str:
        return f"{beginning}{piece * (length // len(piece))}{end}"

    if took(pattern, text(SHORT * FACTOR), tries=1) < NOTHING:
        return False
    return took(pattern, text(SHORT * FACTOR)) > 2 * FACTOR * took(pattern, text(SHORT))


def _redactor_pattern() -> re.Pattern[str]:
    """Return the one that is made of keys."""
    cells = [cell.cell_contents for cell in redactor("a" * 40, "a@a.a").__closure__ or ()]
    return next(patterns(cells))


@pytest.mark.parametrize(
    ("pattern", "piece"),
    [(r"[^@\s]+@[^@\s]+", "a"), (r"\w+(Error|Exception)\b", "a"), (r"\s*x\s*$", " ")],
)
def test_one_that_grows_too_much_is_found(pattern: str, piece: str) -> None:
    """Such as those that were there."""
    assert _grows_too_much(re.compile(pattern), "", piece, "!")
