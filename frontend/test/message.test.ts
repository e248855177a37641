import { describe, expect, it } from "vitest";
import type { MadeCode } from "../src/api/types";
import { defaultMessage, restore, template, withhold } from "../src/format/message";
import { ZONE } from "../dev/fixtures";
import { times, words } from "./words";

const made = (lock_name: string, netcode: string, parts: Partial<MadeCode> = {}): MadeCode => ({
  id: lock_name,
  device_id: lock_name,
  lock_name,
  name: "Plumber",
  netcode,
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

const say = (codes: MadeCode[]): string => defaultMessage(codes, words, times(), () => ZONE);
const two = [made("Flat 2", "730156"), made("Gate", "418902")];

describe("the message", () => {
  it("names doors, codes and their time", () => {
    expect(say(two)).toBe(
      "Hello, your codes for today 14:00 to 16:00:\nFlat 2: 730156\nGate: 418902\n" +
        "Type the code at the keypad, then turn the handle.",
    );
  });

  it("tells of a spare only until when it opens", () => {
    const spare = made("Flat 2", "204837", {
      start: "2026-11-14T00:00:00+01:00",
      end: "2026-11-21T00:00:00+01:00",
    });
    expect(say([spare])).toContain("Hello, your code until Sat 21 Nov, 0:00:");
  });

  it("keeps no digits while the codes are hidden, and has them back", () => {
    const codes = ["730156", "418902"];
    const held = withhold("Flat 730156, gate 418 902 or 418-902", codes);
    expect(held).not.toMatch(/\d{3}/);
    expect(restore(held, codes)).toBe("Flat 730156, gate 418902 or 418902");
  });

  it("is sent as a template without digits", () => {
    expect(template(say(two), ["730156", "418902"])).toBe(
      "Hello, your codes for today 14:00 to 16:00:\n{codes}\n" +
        "Type the code at the keypad, then turn the handle.",
    );
    expect(template("Your code {x}: 730 156", ["730156"])).toBe("Your code x: {netcode}");
    expect(template("See you at 6", ["730156"])).toBe("See you at 6");
  });
});
