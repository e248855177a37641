/** The message to a guest: pure. What is sent by an action carries no code, only its place. */
import type { MadeCode } from "../api/types";
import { at, type Times } from "./times";
import type { Words } from "./words";

export type ZoneOf = (deviceId: string) => string;

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** Find a code also where a person has put spaces, dots or hyphens between its digits. */
function finder(code: string): RegExp {
  return new RegExp([...code].map(escape).join("[\\s.\\-\\u200b-\\u200f\\u2060]?"), "g");
}

export function defaultMessage(
  codes: readonly MadeCode[],
  words: Words,
  times: Times,
  zoneOf: ZoneOf,
): string {
  const [first] = codes;
  if (!first) return "";
  const when = (code: MadeCode): string =>
    times.window(at(code.start), at(code.end), zoneOf(code.device_id));
  const sameTime = codes.every((code) => when(code) === when(first));
  const lines = codes.map((code) =>
    words.t(sameTime ? "message.line" : "message.line_time", {
      door: code.lock_name,
      netcode: code.netcode,
      window: when(code),
    }),
  );
  const hello = sameTime
    ? helloText(first, codes.length, words, times, zoneOf(first.device_id))
    : words.n("message.hello_times", codes.length);
  return [hello, ...lines, words.t("message.keypad")].join("\n");
}

/** Of a code that opens since an earlier day, as a spare, only the end matters. */
function helloText(
  code: MadeCode,
  count: number,
  words: Words,
  times: Times,
  zone: string,
): string {
  const [start, end] = [at(code.start), at(code.end)];
  if (times.isPastDay(start, zone)) {
    return words.n("message.hello_until", count, { end: times.full(end, zone) });
  }
  return words.n("message.hello", count, { window: times.window(start, end, zone) });
}

/** Take the codes out of a message, so that it can be kept while they are hidden. */
export function withhold(message: string, codes: readonly string[]): string {
  return codes.reduce(
    (text, code, index) => (code ? text.replace(finder(code), `\u0000${index}\u0000`) : text),
    message,
  );
}

/** Put the codes back into a message that they were taken out of. */
export function restore(message: string, codes: readonly string[]): string {
  // eslint-disable-next-line no-control-regex
  return message.replace(/\u0000(\d+)\u0000/g, (_, index: string) => codes[Number(index)] ?? "");
}

/**
 * Turn a message into the template that `send_netcode` fills in: `{netcode}` for one code,
 * `{codes}` in place of the lines of several. Action data is recorded, so no digits stay.
 */
export function template(message: string, codes: readonly string[]): string {
  const held = withhold(message.replace(/[{}]/g, ""), codes);
  // eslint-disable-next-line no-control-regex
  const place = /\u0000\d+\u0000/g;
  if (codes.length === 1) return held.replace(place, "{netcode}");
  let told = false;
  const lines = held.split("\n").flatMap((line) => {
    if (!line.includes("\u0000")) return [line];
    if (told) return [];
    told = true;
    return ["{codes}"];
  });
  return lines.join("\n");
}
