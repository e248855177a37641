import { describe, expect, it } from "vitest";
import type { LockRow, PlanAnswer, PlannedCode } from "../src/api/types";
import { preview } from "../src/dialogs/preview";
import { clockAt, filledIn, keysOf } from "../src/format/keypad";
import { latestText } from "../src/format/news";
import { refusal } from "../src/state/planner";
import { LOCKS, NOW, ZONE } from "../dev/fixtures";
import { times, words } from "./words";

const code = (parts: Partial<PlannedCode> = {}): PlannedCode => ({
  device_id: "flat_2",
  lock_name: "Flat 2",
  mode: "Standard",
  sub_mode: "Multi Use",
  duration_id: 1,
  start: "2026-11-16T14:00:00+01:00",
  end: "2026-11-16T16:00:00+01:00",
  requested_start: "2026-11-16T14:12:00+01:00",
  requested_end: "2026-11-16T16:00:00+01:00",
  cached: false,
  spare: false,
  warnings: [],
  warning_keys: [],
  shared_with: [],
  ...parts,
});

const say = (codes: PlannedCode[]) => {
  const answer: PlanAnswer = { codes, failed: [], netcode_calls_left: 91 };
  return preview(answer, words, times(), () => ZONE);
};

const LATEST = "2026-11-23T00:00:00+00:00";

describe("preview", () => {
  it("says one window for doors that share it, and the price", () => {
    expect(say([code(), code({ device_id: "gate", lock_name: "Gate" })])).toEqual({
      windows: ["Opens today 14:00 to 16:00."],
      notes: ["Costs 2 of 91 codes this month."],
    });
  });

  it("says a window for each door where they differ", () => {
    const gate = code({
      device_id: "gate",
      lock_name: "Gate",
      end: "2026-11-16T17:00:00+01:00",
    });
    expect(say([code(), gate]).windows).toEqual([
      "Flat 2 opens today 14:00 to 16:00.",
      "Gate opens today 14:00 to 17:00.",
    ]);
  });

  it("says how a window of days differs from the wish", () => {
    const days = code({
      start: "2026-11-20T00:00:00+01:00",
      end: "2026-11-23T00:00:00+01:00",
      requested_start: "2026-11-20T09:00:00+01:00",
      requested_end: "2026-11-22T18:00:00+01:00",
    });
    expect(say([days])).toEqual({
      windows: ["Opens Fri 20 Nov, 0:00 to Mon 23 Nov, 0:00."],
      notes: [
        "9 h earlier and 6 h later than asked: codes of days begin at midnight.",
        "Costs 1 of 91 codes this month.",
      ],
    });
  });

  it("tells what costs nothing, and who has the same code", () => {
    expect(say([code({ cached: true, shared_with: ["Anna", "Tom"] })]).notes).toEqual([
      "Costs nothing: this code was made before.",
      "Anna and Tom have the same code for this time.",
    ]);
  });

  it("knows what is possible where the wish is too long", () => {
    const error = {
      message: "Too long",
      translation_key: "too_long",
      translation_placeholders: { longest: "7", latest_at: LATEST },
    };
    const end = Date.parse(LATEST);
    const days = { hours: 168, end };
    expect(refusal(error, words)).toEqual({ text: "Too long", key: "too_long", longest: days });
    const hours = { ...error, translation_key: "too_long_hours" };
    expect(refusal(hours, words)).toEqual({ text: "Too long", key: "too_long_hours", longest: { hours: 7, end } });
    expect(refusal(new Error("No"), words)).toEqual({ text: "No", key: "", longest: null });
  });

  it("says how long is possible at the one of several doors that is to blame", () => {
    const error = {
      message: "Shed: too long",
      translation_key: "lock_refused",
      translation_placeholders: { lock: "Shed", reason_key: "too_long", longest: "2", latest_at: LATEST },
    };
    const longest = { hours: 48, end: Date.parse(LATEST) };
    expect(refusal(error, words)).toEqual({ text: "Shed: too long", key: "too_long", longest });
  });
});

describe("the keypad", () => {
  it("takes the time of the lock's own clock", () => {
    expect(keysOf(filledIn("{yy}{mm}{dd}#", clockAt(NOW, 60)))).toEqual([..."261116#"]);
    expect(filledIn("{hh}{mi}", clockAt(NOW, 0))).toBe("1312");
  });
});

describe("news", () => {
  it.each([
    ["gate", "Opened with the code of Sofia Lindqvist"],
    ["flat_3", "Opened by anna.berger@example.com (phone)"],
    ["office", "Refused: outside the hours of tom.weaver@example.com"],
    ["shed", "This lock sends no news"],
  ])("of %s", (id, said) => {
    const lock = LOCKS.find((one) => one.device_id === id) as LockRow;
    expect(latestText(lock, words)).toBe(said);
    expect(latestText({ ...lock, kind: "k3", last_activity: null }, words)).toBe("No news yet");
  });
});
