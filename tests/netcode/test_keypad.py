"""What can be done at a keypad: what is documented, and nothing else."""

import pytest

from custom_components.codelocks.api import INITIALISED_MODELS
from custom_components.codelocks.netcode.keypad import BlockMethod, keypad


@pytest.mark.parametrize(
    ("model", "enter", "block_by"),
    [
        ("K3CONNECT", "k3", BlockMethod.MASTER_CODE),
        ("k3connect", "k3", BlockMethod.MASTER_CODE),
        ("KL1060G3", "kitlock", BlockMethod.PROGRAM_16),
        ("KL1060C2", "kitlock", None),
        ("KL1060", "kitlock", None),
        ("a model of tomorrow", "kitlock", None),
    ],
)
def test_by_model(model: str, enter: str, block_by: BlockMethod | None) -> None:
    """K3 locks are blocked by the Master code, KitLocks G3 by program 16."""
    found = keypad(model)
    assert (found.enter, found.block_by) == (enter, block_by)
    assert found.block == () or block_by


def test_program_16() -> None:
    """The keys that only the person knows are in no step."""
    steps = [(step.what, step.keys) for step in keypad("KL1060G3").block]
    assert steps == [
        ("program", "#"),
        ("master_code", None),
        ("program", "16"),
        ("code", None),
    ]


@pytest.mark.parametrize("model", ["K3CONNECT", "KL1060G3", *INITIALISED_MODELS])
def test_clocks_are_not_guessed(model: str) -> None:
    """How the date is typed is documented for none of them."""
    assert keypad(model).set_clock == ()
