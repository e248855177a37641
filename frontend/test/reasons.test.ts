import { describe, expect, it } from "vitest";
import { LOST } from "../dev/hass";
import { isLost } from "../src/api/actions";
import { Words } from "../src/format/words";

const GERMAN: Record<string, string> = {
  "component.codelocks.exceptions.lock_refused.message": "Kein Code. {lock}: {reason}",
  "component.codelocks.exceptions.too_long_hours.message": "Höchstens {longest} h",
};
const words = new Words(
  (key, values = {}) =>
    (GERMAN[key] ?? "").replace(/\{(\w+)\}/g, (_, name: string) => String(values[name])),
  "de",
);
const refused = {
  code: "service_validation_error",
  message: "Validation error: No code. Shed: at most 12 h",
  translation_domain: "codelocks",
};

describe("why the server refused", () => {
  it("is said in the user's language, not in that of the server's sentence", () => {
    const places = { longest: "12" };
    const error = { ...refused, translation_key: "too_long_hours", translation_placeholders: places };
    expect(words.reason(error)).toBe("Höchstens 12 h");
  });

  it("is said of the door that is to blame, its own reason too", () => {
    const places = { lock: "Shed", reason: "at most 12 h", reason_key: "too_long_hours", longest: "12" };
    const error = { ...refused, translation_key: "lock_refused", translation_placeholders: places };
    expect(words.reason(error)).toBe("Kein Code. Shed: Höchstens 12 h");
    const unknown = { ...places, reason_key: "new_one" };
    expect(words.reason({ ...error, translation_placeholders: unknown })).toBe(
      "Kein Code. Shed: at most 12 h",
    );
  });

  it("is the server's sentence where nobody translated it", () => {
    expect(words.reason({ ...refused, translation_key: "new_one" })).toBe(
      "No code. Shed: at most 12 h",
    );
    expect(words.reason(new Error("Offline"))).toBe("Offline");
    expect(words.reason(3)).toBe("");
    expect(words.reason(null)).toBe("");
  });
});

describe("a connection that broke", () => {
  it("is told from a refusal, whatever was under way", () => {
    expect([LOST, 3, { code: 3, message: "Connection lost" }].map(isLost)).toEqual([true, true, true]);
    expect([refused, { error: refused }, new Error("3"), null, undefined].some(isLost)).toBe(false);
    expect(words.reason(LOST)).toBe("");
  });
});
