import { describe, expect, it } from "vitest";
import type { LockRow } from "../src/api/types";
import { arrivals, doorsOf, opensUntil, uncovered } from "../src/format/bookings";
import { reading, useOf } from "../src/format/calls";
import { entriesOf, findEntries, isKept, orderOf, PARTS, sortEntries } from "../src/format/codes";
import { at } from "../src/format/times";
import { ACCOUNTS, CODES, LOCKS, NOW, ORDERS, OTHER_CODES } from "../dev/fixtures";

const ALL = [...CODES, ...OTHER_CODES];
const entries = entriesOf(ALL, "Nobody named", "en");
const names = (list: readonly { code: { name: string | null } }[]) => list.map((one) => one.code.name);

describe("all codes", () => {
  it("are now, later or over, each in its order", () => {
    const sorted = sortEntries(entries, NOW);
    expect(names(sorted.now).slice(0, 3)).toEqual(["Rosa, cleaner", "Rosa, cleaner", "Courier"]);
    expect(names(sorted.later)).toEqual([
      "Ines Duarte",
      "Evening class",
      "Noor and Pieter van der Meulen-Achterberg",
      "Noor and Pieter van der Meulen-Achterberg",
    ]);
    expect(names(sorted.over)).toEqual(["Window cleaner", "Gardener", "Courier"]);
    expect(PARTS.flatMap((part) => sorted[part])).toHaveLength(ALL.length);
  });

  it("move on with the time alone, whatever state the server told", () => {
    const [planned] = OTHER_CODES.map((code) => ({ ...code, state: "planned" as const }));
    const one = entriesOf(planned ? [planned] : [], "", "en");
    expect(sortEntries(one, at("2026-11-16T15:00:00+01:00")).now).toHaveLength(1);
    expect(sortEntries(one, at("2026-11-19T11:00:00+01:00")).over).toHaveLength(1);
  });

  it("are found by name and door, in any case", () => {
    expect(names(findEntries(entries, " COURIER", "en"))).toEqual(["Courier", "Courier"]);
    expect(findEntries(entries, "flat 3", "en")).toHaveLength(2);
    expect(findEntries(entries, "  ", "en")).toHaveLength(ALL.length);
    expect(findEntries(entriesOf([{ ...ALL[0], name: null } as (typeof ALL)[0]], "Nobody", "en"), "nob", "en")).toHaveLength(1);
  });

  it("keep their digits for an hour after the end", () => {
    const over = OTHER_CODES.find((code) => code.name === "Window cleaner");
    if (!over) throw new Error("no code");
    expect(isKept(over, NOW)).toBe(true);
    expect(isKept(over, at(over.end) + 3_600_000)).toBe(false);
  });

  it("of one order are shown together", () => {
    const rosa = CODES.find((code) => code.name === "Rosa, cleaner");
    const alone = CODES.find((code) => code.name === "Courier");
    if (!rosa || !alone) throw new Error("no code");
    expect(orderOf(ALL, rosa, NOW).map((code) => code.lock_name)).toEqual(["Gate", "Flat 2"]);
    expect(orderOf(ALL, alone, NOW)).toEqual([alone]);
  });
});

describe("bookings", () => {
  const found = arrivals(ORDERS, ALL, NOW);
  const titles = (list: typeof found.here) => list.map(({ visit }) => visit.title);

  it("have problems and what was cancelled in front, then who is here, then who comes", () => {
    expect(titles(found.needs)).toEqual(["Noor and Pieter van der Meulen-Achterberg", "Ines Duarte"]);
    expect(titles(found.here)).toEqual(["Sofia Lindqvist", "Rosa, cleaner"]);
    expect(titles(found.next)).toEqual(["Rosa, cleaner", "Daniel Okafor"]);
  });

  it("that were cancelled go with their last code", () => {
    const [, ines] = found.needs;
    if (!ines) throw new Error("no booking");
    expect(opensUntil(ines)).toBe(at("2026-11-19T11:00:00+01:00"));
    const later = arrivals(ORDERS, ALL, at("2026-11-19T11:00:00+01:00"));
    expect(titles(later.needs)).toEqual(["Noor and Pieter van der Meulen-Achterberg"]);
    expect(titles(arrivals(ORDERS, CODES, NOW).needs)).not.toContain("Ines Duarte");
  });

  it("name the doors of their codes, before these are made those of their source", () => {
    expect(doorsOf(found.here[0] ?? found.needs[0] as never)).toEqual(["gate", "flat_1"]);
    expect(doorsOf(found.next[1] as never)).toEqual(["flat_2", "gate"]);
  });

  it("are counted where the codes that are left cannot cover them", () => {
    const [account] = ACCOUNTS;
    if (!account) throw new Error("no account");
    const left = (n: number) => ({ ...account, netcode: { ...account.netcode, left: n } });
    expect(uncovered(left(4), found.next, LOCKS)).toBe(0);
    expect(uncovered(left(3), found.next, LOCKS)).toBe(1);
    expect(uncovered(left(0), found.next, LOCKS)).toBe(2);
    expect(uncovered({ ...left(0), resets_at: "2026-11-17T00:00:00Z" }, found.next, LOCKS)).toBe(0);
    expect(uncovered({ ...left(0), entry_id: "another" }, found.next, LOCKS)).toBe(0);
  });
});

describe("calls", () => {
  it("read the list once and each door that was not read just now", () => {
    expect(reading(LOCKS, NOW)).toEqual({ calls: 11, again: null });
    const fresh = LOCKS.map((lock) => ({ ...lock, read_at: "2026-11-16T14:08:00+01:00" }));
    expect(reading(fresh, NOW)).toEqual({ calls: 0, again: at("2026-11-16T14:18:00+01:00") });
    expect(reading([...fresh.slice(1), LOCKS[0] as LockRow], NOW).calls).toBe(3);
    expect(reading([], NOW)).toEqual({ calls: 0, again: null });
  });

  it("of a pool are used, expected and left over", () => {
    const pool = { left: 91, quota: 100, forecast: 21, reserve: 0 };
    expect(useOf(pool)).toEqual({ used: 9, more: 12, usedShare: 9, moreShare: 12 });
    expect(useOf({ ...pool, forecast: 130 })).toMatchObject({ more: 121, moreShare: 91 });
    expect(useOf({ ...pool, left: 0, forecast: 20 })).toMatchObject({ used: 100, more: 0 });
    expect(useOf({ ...pool, left: 0, quota: 0 })).toMatchObject({ usedShare: 0, moreShare: 0 });
  });
});
