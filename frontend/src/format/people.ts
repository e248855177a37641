/** Who opens with a phone, and at which doors: pure. */
import type { ClientRow, LockRow } from "../api/types";
import { daysText, hoursText, isAlways } from "./access";
import type { Times } from "./times";
import { rowsOf, weekKey } from "./week";
import type { Words } from "./words";

export interface Person {
  email: string;
  /** By door. */
  at: ReadonlyMap<string, ClientRow>;
}

const byAddress = new Intl.Collator("en", { numeric: true });

export function peopleOf(locks: readonly LockRow[]): Person[] {
  const found = new Map<string, Map<string, ClientRow>>();
  for (const lock of locks) {
    for (const client of lock.clients ?? []) {
      const doors = found.get(client.email) ?? new Map<string, ClientRow>();
      found.set(client.email, doors.set(lock.device_id, client));
    }
  }
  return [...found]
    .map(([email, at]) => ({ email, at }))
    .sort((a, b) => byAddress.compare(a.email, b.email));
}

/** Find people and doors: what is wanted may be part of either. */
export function matching(
  people: readonly Person[],
  doors: readonly LockRow[],
  wanted: string,
): { people: readonly Person[]; doors: readonly LockRow[] } {
  const text = wanted.trim().toLowerCase();
  if (!text) return { people, doors };
  const named = doors.filter((door) => door.name.toLowerCase().includes(text));
  const addressed = people.filter((person) => person.email.includes(text));
  if (addressed.length || !named.length) return { people: addressed, doors };
  const ids = named.map((door) => door.device_id);
  return {
    people: people.filter((person) => ids.some((id) => person.at.has(id))),
    doors: named,
  };
}

/** "Mon to Fri 9–13", where that is short enough; else "own hours". */
export function shortHours(client: ClientRow, words: Words, times: Times): string {
  if (isAlways(client.active_periods)) return words.t("door.always");
  const [row, more] = rowsOf(client.active_periods);
  if (!row || more) return words.t("people.own_hours");
  return words.t("people.short_hours", {
    days: daysText(row.days, words, times),
    start: times.hour(row.from),
    end: times.hour(row.to),
  });
}

/** The hours of a person where they are the same at all doors, else "own hours". */
export function commonHours(clients: readonly ClientRow[], words: Words, times: Times): string {
  const [first] = clients;
  if (!first) return "";
  const own = words.t("people.own_hours");
  const same = clients.every(
    (client) => weekKey(client.active_periods) === weekKey(first.active_periods),
  );
  if (!same) return own;
  const always = isAlways(first.active_periods);
  return always || rowsOf(first.active_periods).length === 1
    ? hoursText(first.active_periods, words, times)
    : own;
}

const PAGE = 50;

/**
 * Return the reading calls that a change at these doors takes at most: the change, and reading the
 * door's phones after it. Where hours are overwritten they may be read before it, too.
 */
export function price(locks: readonly LockRow[], overwrites = false): number {
  return locks.reduce((sum, { clients }) => {
    const read = clients ? Math.max(1, Math.ceil(clients.length / PAGE)) : 0;
    return sum + 1 + read * (overwrites ? 2 : 1);
  }, 0);
}

/** What a change at one door takes at most, whichever it is. */
export const highestPrice = (locks: readonly LockRow[]): number =>
  Math.max(1, ...locks.map((lock) => (lock.kind === "kitlock" ? 0 : price([lock], true))));

/** Hours that others have, those of most first, without *always*. */
export function usualHours(people: readonly Person[]): ClientRow[] {
  const found = new Map<string, { client: ClientRow; count: number }>();
  for (const person of people) {
    for (const client of person.at.values()) {
      if (isAlways(client.active_periods) || !rowsOf(client.active_periods).length) continue;
      const key = weekKey(client.active_periods);
      const known = found.get(key);
      if (known) known.count += 1;
      else found.set(key, { client, count: 1 });
    }
  }
  return [...found.values()].sort((a, b) => b.count - a.count).map(({ client }) => client);
}


export const isSuspended = (person: Person): boolean =>
  [...person.at.values()].every((client) => client.state === "suspended");

/** "Suspended", "On · Mon to Fri 9:00 to 13:00". */
export function stateText(client: ClientRow, words: Words, times: Times): string {
  if (client.state !== "on") return words.t(`people.${client.state}`);
  const hours = hoursText(client.active_periods, words, times);
  return hours ? words.t("people.on_hours", { hours }) : words.t("people.on");
}
