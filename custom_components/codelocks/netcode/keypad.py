"""What is typed at the keypad of a lock, by model. Pure.

Only what the vendor documents is here (KitLock C2 and G3 sheets, CL5510 manual): nothing is
said of a model beyond that. A wrong sequence would leave somebody at a door that opens.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from ..api import K3_LOCK_MODEL


class BlockMethod(StrEnum):
    """How a code is blocked before its end; each value is the key of a sentence."""

    MASTER_CODE = "block_by_master_code"
    """K3 and C3 locks (CL4510, CL5510): by the Master code; the manual has the keys."""
    PROGRAM_16 = "block_by_program_16"
    """KitLock G3: program 16, by the Master code, a Sub-Master code or another NetCode."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeypadStep:
    """A step at the keypad, as the page shows it."""

    what: Literal["master_code", "program", "code", "date", "time", "identifier", "confirm"]
    keys: str | None
    """The keys in order; None for what only the person knows: the Master code, the code and the
    identifier. What the clock shows is filled in later: {yy} {yyyy} {mm} {dd} {hh} {mi}."""
    answer: Literal["blue_flash", "two_blue_flashes", "beep", "none"]
    """What the lock does then; `none` if that is not documented."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Keypad:
    """What can be done at the keypad of a model."""

    enter: Literal["k3", "kitlock"]
    """How a code is typed: some K3 locks want a star before it."""
    block_by: BlockMethod | None = None
    """How a code is blocked, None if that is not known."""
    block: tuple[KeypadStep, ...] = ()
    """How to block a code, key by key; empty if the keys are not known."""
    set_clock: tuple[KeypadStep, ...] = ()
    """How to set the clock, key by key; empty if the keys are not known."""
    start_anew: tuple[KeypadStep, ...] = ()
    """How to initialise the lock, key by key; empty if that is done elsewhere, or not known."""


def _program(number: str) -> tuple[KeypadStep, ...]:
    """Return how a program of a KitLock begins: with # and the Master code."""
    return (
        KeypadStep(what="program", keys="#", answer="none"),
        KeypadStep(what="master_code", keys=None, answer="blue_flash"),
        KeypadStep(what="program", keys=number, answer="blue_flash"),
    )


_IDENTIFIER = KeypadStep(what="identifier", keys=None, answer="two_blue_flashes")
_G3_BLOCK = (*_program("16"), KeypadStep(what="code", keys=None, answer="none"))
"""The sheet names program 16; every program on it begins with # and the Master code."""
_G3_START = (
    *_program("20"),
    KeypadStep(what="date", keys="{yy}{mm}{dd}", answer="blue_flash"),
    KeypadStep(what="time", keys="{hh}{mi}", answer="blue_flash"),
    _IDENTIFIER,
)
_C2_START = (
    *_program("20"),
    KeypadStep(what="date", keys="{yy}{mm}{dd}{hh}{mi}", answer="blue_flash"),
    _IDENTIFIER,
)
"""Date and time in one go."""

_K3 = Keypad(enter="k3", block_by=BlockMethod.MASTER_CODE)
_C2 = Keypad(enter="kitlock", start_anew=_C2_START)
_G3 = Keypad(
    enter="kitlock", block_by=BlockMethod.PROGRAM_16, block=_G3_BLOCK, start_anew=_G3_START
)
_KITLOCK = Keypad(enter="kitlock")
_BY_MODEL = {K3_LOCK_MODEL: _K3, "KL1060C2": _C2, "KL1060G3": _G3}


def keypad(lock_model: str) -> Keypad:
    """Return what can be done at the keypad of a lock model, as the API spells it."""
    return _BY_MODEL.get(lock_model.upper(), _KITLOCK)
