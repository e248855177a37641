import { describe, expect, it } from "vitest";
import { dayNumber, fromWall, wall } from "../src/format/times";
import { fullHour, span, untilHours } from "../src/format/wish";
import { NOW, ZONE } from "../dev/fixtures";
import { times } from "./words";

const at = (text: string): number => Date.parse(`2026-11-${text}:00+01:00`);

describe("Times", () => {
  it.each([
    ["16T15:00", "today 15:00"],
    ["15T18:20", "yesterday 18:20"],
    ["17T09:00", "tomorrow 9:00"],
    ["18T11:00", "Wed 11:00"],
    ["21T00:00", "Sat 0:00"],
    ["22T09:00", "Sun 9:00"],
    ["23T09:00", "23 Nov, 9:00"],
  ])("says %s as %s", (text, said) => {
    expect(times().moment(at(text), ZONE)).toBe(said);
  });

  it("says a window in full", () => {
    expect(times().window(at("16T14:00"), at("16T16:00"), ZONE)).toBe("today 14:00 to 16:00");
    expect(times().window(at("20T00:00"), at("23T00:00"), ZONE)).toBe(
      "Fri 20 Nov, 0:00 to Mon 23 Nov, 0:00",
    );
    expect(times().short(at("20T15:00"), at("23T11:00"), ZONE)).toBe("Fri 15:00 to Mon 11:00");
  });

  it("keeps to 12 hours where people do", () => {
    expect(times("12").moment(at("16T15:00"), ZONE)).toMatch(/^today 3:00\s?pm$/i);
    expect(times("12").time(at("16T00:00"), ZONE)).toMatch(/^12:00\s?am$/i);
  });

  it("tells times at the lock, and where that is", () => {
    expect(times().time(at("16T15:00"), "America/New_York")).toBe("9:00");
    expect(times().zoneName("America/New_York")).toBe("New York");
    expect(times().zoneName(ZONE)).toBeNull();
  });

  it("says lengths as people do", () => {
    expect(times().length(7 * 24 * 3_600_000)).toBe("7 days");
    expect(times().length(36 * 3_600_000)).toBe("36 hours");
  });
});

describe("fromWall", () => {
  it.each(["Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Pacific/Apia", "UTC"])(
    "is the way back from wall in %s",
    (zone) => {
      for (let hour = 0; hour < 24 * 400; hour += 7) {
        const moment = Date.UTC(2026, 0, 1) + hour * 3_600_000;
        const { hour: shown, minute } = wall(moment, zone);
        const back = fromWall(dayNumber(moment, zone), shown * 60 + minute, zone);
        // An hour that comes twice is the first of them.
        expect([0, 3_600_000]).toContain(moment - back);
      }
    },
  );

  it("takes the moment after a gap", () => {
    const day = Date.UTC(2026, 2, 29) / 86_400_000;
    expect(new Date(fromWall(day, 150, "Europe/Berlin")).toISOString()).toBe(
      "2026-03-29T01:30:00.000Z",
    );
  });
});

describe("span", () => {
  it("offers the next full hours, then 20 and 22", () => {
    expect(untilHours(NOW, ZONE)).toEqual([15, 16, 17, 18, 20, 22]);
    expect(untilHours(at("16T21:30"), ZONE)).toEqual([22, 23]);
    expect(untilHours(at("16T23:10"), ZONE)).toEqual([]);
  });

  it("begins with a full hour at the lock, not with ours", () => {
    const moment = Date.UTC(2026, 10, 16, 5, 15, 20);
    expect(new Date(fullHour(moment, "Asia/Kolkata")).toISOString()).toBe("2026-11-16T04:30:00.000Z");
    expect(new Date(fullHour(moment, "Asia/Kathmandu")).toISOString()).toBe("2026-11-16T05:15:00.000Z");
    expect(new Date(fullHour(moment, "UTC")).toISOString()).toBe("2026-11-16T05:00:00.000Z");
  });

  it("knows the days", () => {
    expect(span({ kind: "today" }, NOW, ZONE)?.end).toBe(at("17T00:00"));
    expect(span({ kind: "tomorrow" }, NOW, ZONE)).toEqual({ start: at("17T00:00"), end: at("18T00:00") });
    expect(span({ kind: "weekend" }, NOW, ZONE)).toEqual({ start: at("21T00:00"), end: at("23T00:00") });
    expect(span({ kind: "weekend" }, at("22T10:00"), ZONE)).toEqual({ start: at("22T10:00"), end: at("23T00:00") });
  });

  it("takes no end before its start", () => {
    const when = { kind: "other", from: "2026-11-20T09:00", to: "2026-11-20T08:00" } as const;
    expect(span(when, NOW, ZONE)).toBeNull();
    expect(span({ ...when, to: "" }, NOW, ZONE)).toBeNull();
  });
});
