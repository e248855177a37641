"""The locks that may be asked about by voice or by a language model, and their names.

The option `voice` says what an account answers. Sentences need nothing else: no entity of a lock is
exposed to assistants by default, so the option alone would do nothing. Other agents hear only about
locks with an entity that is exposed to them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from difflib import get_close_matches

from homeassistant.components.homeassistant import async_should_expose
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import (
    area_registry as ar,
    device_registry as dr,
    entity_registry as er,
)

from ..account import CodelocksConfigEntry
from ..const import CONF_VOICE, DOMAIN, VOICE_ISSUE, VOICE_OFF
from ..issuing.netcode_lock import netcode_lock
from ..language.language import Speech, clean
from ..language.lexicon import folded
from ..language.lock_names import Names, Words, heard_as

NEARLY = 0.5
"""How alike names have to be for one to be offered in place of the other."""
NEAREST = 3
_LONGEST = 500
"""Characters of a name that are compared."""


class Declined(Exception):  # noqa: N818 - it is an answer
    """A refusal to answer: the key of the reply, with its values."""

    def __init__(self, key: str, **values: object) -> None:
        """Take the reply."""
        super().__init__(key)
        self.key = key
        self.values = values


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedLock:
    """A lock that may be asked about."""

    entry: CodelocksConfigEntry
    owner: str
    name: str
    names: frozenset[str]
    areas: tuple[str, ...]
    """The area's name, and its aliases."""
    zone: tzinfo
    """The zone of the people at the lock."""

    @property
    def may_issue(self) -> bool:
        """Whether codes may be made for it by voice."""
        return bool(self.entry.runtime_data.options[CONF_VOICE] == VOICE_ISSUE)

    @property
    def is_k3(self) -> bool:
        """Whether it reports its battery and who comes in; a KitLock does not."""
        return self.owner in self.entry.runtime_data.locks.data.by_id

    @property
    def key(self) -> str:
        """What identifies it among all locks."""
        return f"{self.entry.entry_id}/{self.owner}"


@callback
def asked_entries(hass: HomeAssistant, assistant: str | None) -> list[CodelocksConfigEntry]:
    """Return the accounts that answer; with `assistant`, those with something exposed to it."""
    entries: list[CodelocksConfigEntry] = hass.config_entries.async_loaded_entries(DOMAIN)
    registry = er.async_get(hass)
    return [
        entry
        for entry in entries
        if entry.runtime_data.options[CONF_VOICE] != VOICE_OFF
        and _exposed(hass, assistant, er.async_entries_for_config_entry(registry, entry.entry_id))
    ]


def _exposed(
    hass: HomeAssistant, assistant: str | None, entities: Iterable[er.RegistryEntry]
) -> bool:
    """Return whether any of these entities is exposed to an assistant."""
    return assistant is None or any(
        async_should_expose(hass, assistant, entity.entity_id)
        for entity in entities
        if not entity.disabled_by
    )


@callback
def asked_locks(hass: HomeAssistant, assistant: str | None = None) -> tuple[AskedLock, ...]:
    """Return the locks that may be asked about, sorted by name."""
    entities = er.async_get(hass)
    locks = []
    for entry in asked_entries(hass, assistant):
        data = entry.runtime_data
        for owner in data.owners:
            device, lock = data.device(owner), netcode_lock(entry, owner)
            if device is None or lock is None:
                continue
            of_device = er.async_entries_for_device(entities, device.id)
            if not _exposed(hass, assistant, of_device):
                continue
            name = lock.name
            aliases = (alias for one in of_device for alias in one.aliases)
            names = {name, device.name, *(alias for alias in aliases if isinstance(alias, str))}
            locks.append(
                AskedLock(
                    entry=entry,
                    owner=owner,
                    name=clean(name),
                    names=frozenset(filter(None, names)),
                    areas=_areas(hass, device),
                    zone=lock.zone,
                )
            )
    return tuple(sorted(locks, key=lambda lock: (lock.name, lock.key)))


def _areas(hass: HomeAssistant, device: dr.DeviceEntry) -> tuple[str, ...]:
    """Return the names of the area that a lock is in."""
    area_id = dr.async_get_effective_area_id(hass, device)
    area = ar.async_get(hass).async_get_area(area_id) if area_id else None
    return (area.name, *sorted(area.aliases)) if area else ()


def names_of(locks: Iterable[AskedLock]) -> Names:
    """Return what the locks may be called, including the names of their areas."""
    found: dict[str, frozenset[str]] = {}
    for lock in locks:
        for name in (*lock.names, *lock.areas):
            found[name] = found.get(name, frozenset()) | {lock.key}
    return Names(found)


def find(
    locks: Sequence[AskedLock], speech: Speech, said: str, area: str | None = None
) -> AskedLock:
    """Return the lock that a name means; raises Declined with the names that exist."""
    words = _bare(folded(said[:_LONGEST]), speech)
    found = _called(locks, said, speech)
    if area and len(found) != 1:
        found = _in_area(found or locks, area, speech)
    if len(found) == 1:
        return found[0]
    if found:
        raise Declined(
            "which_of",
            count=len(found),
            lock=clean(said),
            known=speech.listed((_placed(lock, speech) for lock in found), "or"),
        )
    if nearest := _nearest(locks, words):
        raise Declined("nearest_lock", lock=clean(said), nearest=speech.listed(nearest, "or"))
    raise Declined("no_such_lock", lock=clean(said), known=known(locks, speech))


def known(locks: Iterable[AskedLock], speech: Speech) -> str:
    """Return the names of locks, as they are spoken."""
    return speech.listed(dict.fromkeys(lock.name for lock in locks))


def _called(locks: Sequence[AskedLock], said: str, speech: Speech) -> list[AskedLock]:
    """Return the locks of a name: as it is written, as it is heard, or as that of their area."""
    return (
        [lock for lock in locks if any(_is_written(name, said, speech) for name in lock.names)]
        or [lock for lock in locks if any(_is_heard(name, said, speech) for name in lock.names)]
        or _in_area(locks, said, speech)
    )


def _in_area(locks: Iterable[AskedLock], said: str, speech: Speech) -> list[AskedLock]:
    """Return the locks in an area: by a name as it is written, or else as it is heard."""
    return [
        lock for lock in locks if any(_is_written(area, said, speech) for area in lock.areas)
    ] or [lock for lock in locks if any(_is_heard(area, said, speech) for area in lock.areas)]


def _is_written(name: str, said: str, speech: Speech) -> bool:
    written = (folded(text[:_LONGEST]) for text in (name, said))
    one, other = (_bare(words, speech) for words in written)
    return one == other


def _is_heard(name: str, said: str, speech: Speech) -> bool:
    heard = (heard_as(text[:_LONGEST], speech.language) for text in (name, said))
    one, other = ({_bare(words, speech) for words in texts} for texts in heard)
    return not one.isdisjoint(other)


def _bare(words: Words, speech: Speech) -> Words:
    """Return the words of a name, without "the" and "lock" around it."""

    def means(word: str, *kinds: str) -> bool:
        return not speech.lexicon.get((word,), {}).keys().isdisjoint(kinds)

    while len(words) > 1 and means(words[0], "article", "possessive"):
        words = words[1:]
    return words[:-1] if len(words) > 1 and means(words[-1], "lock_words") else words


def _placed(lock: AskedLock, speech: Speech) -> str:
    """Return a lock's name with its area."""
    if not lock.areas:
        return lock.name
    return speech.say("in_area", lock=lock.name, area=clean(lock.areas[0]))


def _nearest(locks: Iterable[AskedLock], words: tuple[str, ...]) -> list[str]:
    """Return the names of the locks whose names are most like these words."""
    by_name = {
        " ".join(folded(name)): lock.name
        for lock in locks
        for name in (*lock.areas, *lock.names, lock.name)
    }
    close = get_close_matches(" ".join(words)[:100], by_name, NEAREST, NEARLY)
    return list(dict.fromkeys(by_name[name] for name in close))
