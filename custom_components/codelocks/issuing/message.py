"""The words that tell codes: a message for notify entities, and a sentence to forward.

Our words have no character that a channel may read as markup, and what is filled in is made so.
"""

from collections.abc import Mapping, Sequence
import re

from homeassistant.core import HomeAssistant

from ..localize import localized, moment_words
from .markup import one_line, without_markup
from .netcode_lock import KeptCode

_FIELD = re.compile(r"\{(netcode|lock|name|start|end|codes)\}")


def filled(message: str, values: Mapping[str, str]) -> str:
    """Return a message with its fields filled in; fields within values are left alone."""
    return _FIELD.sub(lambda match: values.get(match[1], match[0]), message)


def code_sentence(hass: HomeAssistant, code: KeptCode) -> str:
    """Return a sentence to forward: lock, code, from and to."""
    return _our_own(hass, "code_sentence", code)


def codes_message(
    hass: HomeAssistant, codes: Sequence[KeptCode], message: str | None = None
) -> str:
    """Return one message about codes, in a user's words or our own.

    Words with {codes} are filled in once. Words with {netcode} alone are filled in for each code.
    """
    if message and message.strip():
        if "{codes}" in message or "{netcode}" not in message:
            return filled(message, _all_fields(hass, codes))
        return "\n".join(filled(message, _fields(hass, code)) for code in codes)
    may_want_star = any(code.lock.is_k3 for code in codes)
    if len(codes) == 1:
        return _our_own(hass, "delivery_k3" if may_want_star else "delivery_kitlock", codes[0])
    key = "delivery_several_k3" if may_want_star else "delivery_several_kitlock"
    return filled(localized(hass, key), _all_fields(hass, codes))


def _our_own(hass: HomeAssistant, key: str, code: KeptCode) -> str:
    """Return a text of ours about one code, which names the start before the end."""
    values = _fields(hass, code)
    end = moment_words(hass, code.row.end, code.lock.zone, after=code.row.start)
    return filled(localized(hass, key), {**values, "end": without_markup(end)})


def _fields(hass: HomeAssistant, code: KeptCode) -> dict[str, str]:
    """Return the fields about one code."""
    zone = code.lock.zone
    return {
        "netcode": code.netcode,
        "lock": _name(code.lock.name),
        "name": _name(code.row.name or ""),
        "start": without_markup(moment_words(hass, code.row.start, zone)),
        "end": without_markup(moment_words(hass, code.row.end, zone)),
    }


def _all_fields(hass: HomeAssistant, codes: Sequence[KeptCode]) -> dict[str, str]:
    """Return the fields about several codes: from the first start to the last end."""
    first = min(codes, key=lambda code: code.row.start)
    last = max(codes, key=lambda code: code.row.end)
    locks = dict.fromkeys(_name(code.lock.name) for code in codes)
    return {
        "netcode": ", ".join(code.netcode for code in codes),
        "lock": ", ".join(locks),
        "name": _fields(hass, codes[0])["name"],
        "start": _fields(hass, first)["start"],
        "end": _fields(hass, last)["end"],
        "codes": "\n".join(_our_own(hass, "code_line", code) for code in codes),
    }


def _name(name: str) -> str:
    return without_markup(one_line(name))
