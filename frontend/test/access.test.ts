import { describe, expect, it } from "vitest";
import type { ActivePeriod } from "../src/api/types";
import { codesLater, codesNow, hoursText, isWithin, nextOpening, phones } from "../src/format/access";
import { entries } from "../src/api/timeline";
import { doorsOfLastOrder, madeOf } from "../src/state/orders";
import { address, place } from "../src/state/router";
import { CODES, HISTORY, LOCKS, NOW, ZONE } from "../dev/fixtures";
import { times, words } from "./words";

const [work]: ActivePeriod[] = [
  { starts: "09:00", ends: "13:00", days: ["mon", "tue", "wed", "thu", "fri"], enabled: true },
];
const periods = work ? [work] : [];
const flat2 = LOCKS.find((lock) => lock.device_id === "flat_2");
if (!flat2) throw new Error("no Flat 2");

describe("who may open", () => {
  it("sorts codes, withdrawn ones among them, by their ends", () => {
    const codes = CODES.filter((code) => code.device_id === "flat_2");
    expect(codesNow(codes, NOW).map((code) => code.name)).toEqual(["Rosa, cleaner", "Courier"]);
    expect(codesLater(codes, NOW)).toEqual([]);
  });

  it("sorts phones by their hours", () => {
    const { now, later, not } = phones(flat2, NOW);
    expect(now.map((client) => client.email)).toHaveLength(2);
    expect(later.map((client) => client.state)).toEqual(["on", "invited"]);
    expect(not.map((client) => client.state)).toEqual(["suspended"]);
  });

  it("says hours in words", () => {
    expect(hoursText(periods, words, times())).toBe("Mon to Fri 9:00 to 13:00");
    expect(hoursText(flat2.clients?.[0]?.active_periods ?? [], words, times())).toBe("always");
    expect(isWithin(periods, Date.parse("2026-11-16T12:59:00+01:00"), ZONE)).toBe(true);
    expect(isWithin(periods, Date.parse("2026-11-16T13:00:00+01:00"), ZONE)).toBe(false);
    const night = [{ ...periods[0], starts: "22:00", ends: "06:00" } as ActivePeriod];
    expect(isWithin(night, Date.parse("2026-11-21T05:59:00+01:00"), ZONE)).toBe(true);
    expect(isWithin(night, Date.parse("2026-11-16T05:59:00+01:00"), ZONE)).toBe(false);
    expect(nextOpening(periods, NOW, ZONE)).toBe(Date.parse("2026-11-17T09:00:00+01:00"));
    expect(nextOpening([], NOW, ZONE)).toBeNull();
  });
});

describe("orders", () => {
  it("remembers the doors of a door's last order", () => {
    expect(doorsOfLastOrder(CODES, "flat_2")).toEqual(["gate"]);
    expect(doorsOfLastOrder(CODES, "office")).toEqual([]);
  });

  it("finds what a lost order made, and nothing older", () => {
    const wish = {
      device_id: ["flat_2", "gate"],
      start: "2026-11-16T13:12:00Z",
      end: "2026-11-16T15:00:00Z",
    };
    const rows = CODES.map((code) => ({ ...code, netcode: "551207" }));
    const fresh = { ...rows[0], id: "new", device_id: "gate", name: "Plumber" } as (typeof rows)[0];
    const known = new Set(CODES.map((code) => code.id));
    expect(madeOf([...rows, fresh], wish, "Plumber", known).map((row) => row.id)).toEqual(["new"]);
    expect(madeOf(rows, wish, "Plumber", known)).toEqual([]);
  });
});

describe("the timeline", () => {
  it("keeps to its day, newest first, each entry once", () => {
    const from = Date.parse("2026-11-16T00:00:00+01:00");
    const found = entries([...HISTORY, ...HISTORY], from, from + 86_400_000);
    expect(found).toHaveLength(5);
    expect(found[0]?.name).toBe("Rosa, cleaner");
    expect(entries([{ s: "unavailable" }], from, from + 1)).toEqual([]);
  });
});

describe("addresses", () => {
  it("lead to views", () => {
    expect(place("/door/flat%202")).toMatchObject({ view: { slug: "door" }, id: "flat 2" });
    expect(place("/nothing/x")).toMatchObject({ view: { slug: "doors" }, id: "" });
    expect(place("/door/%E0%A4%A").id).toBe("");
    expect(address("door", "flat 2")).toBe("/codelocks/door/flat%202");
  });
});
