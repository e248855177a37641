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
  return codes.reduce((text, code, index) => {
    if (!code) return text;
    // Doors may share a code: its first place is the first door's, the rest the last one's.
    const isLast = !codes.includes(code, index + 1);
    let first = true;
    return text.replace(finder(code), (found) => {
      const take = first || isLast;
      first = false;
      return take ? place(index) : found;
    });
  }, message);
}

/** Put the codes back into a message that they were taken out of. */
export function restore(message: string, codes: readonly string[]): string {
  return message.replace(PLACE, (_, index: string) => codes[Number(index)] ?? "");
}

const place = (index: number): string => `\u0000${index}\u0000`;
// eslint-disable-next-line no-control-regex
const PLACE = /\u0000(\d+)\u0000/g;
// eslint-disable-next-line no-control-regex
const CLINGS = /^[^\s\u0000]*\s*/;

/** A part of a message as `send_netcode` takes it: its codes, by number, and the template. */
export interface MessagePart {
  codes: number[];
  template: string;
}

interface Piece {
  text: string;
  /** The codes in it, in order. */
  codes: number[];
  /** Lines of codes just as the page wrote them: the server writes its own for these. */
  isList: boolean;
}

/**
 * Turn a message, its codes withheld, into what is sent. Action data is recorded, so no digits are
 * in it: the server fills in `{netcode}` for one code, or `{codes}`, a line for each of several.
 * Lines of codes that were edited keep their words: a message with several of these goes out in
 * parts, one after the other, as the server fills one place only with one code.
 */
export function messageParts(held: string, standard: string): MessagePart[] {
  const parts: Piece[] = [];
  for (const piece of pieces(held.replace(/[{}]/g, ""), new Set(standard.split("\n")))) {
    const last = parts.at(-1);
    const sameCode = last && !last.isList && !piece.isList && last.codes[0] === piece.codes[0];
    if (last && (!last.codes.length || !piece.codes.length || sameCode)) {
      last.text += piece.text;
      last.isList ||= piece.isList;
      if (!last.codes.length) last.codes = piece.codes;
    } else parts.push({ ...piece });
  }
  return parts.map(({ text, codes }) => ({
    codes,
    template: text.replace(PLACE, "{netcode}").trim(),
  }));
}

function pieces(held: string, standard: ReadonlySet<string>): Piece[] {
  const found: Piece[] = [];
  for (const line of held.split("\n")) {
    const last = found.at(-1);
    const codes = codesIn(line);
    if (codes.length !== 1 || !standard.has(line)) found.push(...split(`${line}\n`));
    else if (last?.isList) last.codes.push(...codes);
    else found.push({ text: `${line}\n`, codes, isList: true });
  }
  return found.map((piece) => {
    if (!piece.isList) return piece;
    // A single line says it as the page does.
    return piece.codes.length === 1 ? { ...piece, isList: false } : { ...piece, text: "{codes}\n" };
  });
}

const codesIn = (text: string): number[] => [
  ...new Set([...text.matchAll(PLACE)].map((found) => Number(found[1]))),
];

/** Cut a line so that no part has more than one code: after the first, with what clings to it. */
function split(line: string): Piece[] {
  const codes = codesIn(line);
  const [first = 0] = codes;
  if (codes.length < 2) return [{ text: line, codes, isList: false }];
  const end = line.lastIndexOf(place(first), line.indexOf(place(codes[1] ?? 0)));
  const from = end + place(first).length;
  const cut = from + (CLINGS.exec(line.slice(from))?.[0].length ?? 0);
  return [{ text: line.slice(0, cut), codes: [first], isList: false }, ...split(line.slice(cut))];
}
