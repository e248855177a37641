import { describe, expect, it } from "vitest";
import type { MadeCode } from "../src/api/types";
import { defaultMessage, messageParts, restore, withhold } from "../src/format/message";
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

  it("keeps apart doors that have the same code", () => {
    const codes = ["730156", "730156"];
    const held = withhold("Flat: 730156, gate: 730156", codes);
    expect(held).toBe("Flat: \u00000\u0000, gate: \u00001\u0000");
    expect(restore(held, codes)).toBe("Flat: 730156, gate: 730156");
  });
});

describe("what is sent of a message", () => {
  const codes = ["730156", "418902", "551207"];
  const three = [...two, made("Shed", "551207")];
  const standard = withhold(say(three), codes);
  const sent = (message: string) => messageParts(withhold(message, codes), standard);

  it("has a place for the lines that the server writes", () => {
    expect(sent(say(three))).toEqual([
      {
        codes: [0, 1, 2],
        template:
          "Hello, your codes for today 14:00 to 16:00:\n{codes}\n" +
          "Type the code at the keypad, then turn the handle.",
      },
    ]);
  });

  it("has the place of a single code among its words", () => {
    expect(messageParts(withhold("Your code {x}: 730 156!", ["730156"]), "")).toEqual([
      { codes: [0], template: "Your code x: {netcode}!" },
    ]);
  });

  it("loses no word of a line that was edited", () => {
    const edited = say(three).replace("418902", "418902, pull the handle hard");
    expect(sent(edited)).toEqual([
      { codes: [0], template: "Hello, your codes for today 14:00 to 16:00:\nFlat 2: {netcode}" },
      { codes: [1], template: "Gate: {netcode}, pull the handle hard" },
      {
        codes: [2],
        template: "Shed: {netcode}\nType the code at the keypad, then turn the handle.",
      },
    ]);
  });

  it("cuts a line with several codes between them", () => {
    expect(sent("First 730156 at the flat, then 418902. And 418902 again, 551207/730156")).toEqual([
      { codes: [0], template: "First {netcode}" },
      { codes: [1], template: "at the flat, then {netcode}. And {netcode}" },
      { codes: [2], template: "again, {netcode}/" },
      { codes: [0], template: "{netcode}" },
    ]);
  });

  it("leaves out the codes that were taken out of it", () => {
    expect(sent("Flat 2: 730156\nGate: 418902\nBye")).toEqual([
      { codes: [0, 1], template: "{codes}\nBye" },
    ]);
    expect(sent("See you at 6")).toEqual([{ codes: [], template: "See you at 6" }]);
  });

  it("never has digits of a code, whatever was typed around them", () => {
    const words = ["730156", "418 902", "55-12-07", "x", " ", "\n", "{netcode}", ": ", "Gate: 418902"];
    let seed = 7;
    for (let round = 0; round < 500; round += 1) {
      const message = Array.from({ length: 9 }, () => {
        seed = (seed * 48_271) % 2_147_483_647;
        return words[seed % words.length];
      }).join("");
      const parts = sent(message);
      expect(parts.map((part) => part.template).join("")).not.toMatch(/\d/);
      for (const part of parts) expect(part.codes.length > 1).toBe(part.template.includes("{codes}"));
    }
  });
});
