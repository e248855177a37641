/** All codes, sorted and searched: pure, and quick with ten thousand of them. */
import type { CodeRow } from "../api/types";
import { at } from "./times";

export const PARTS = ["now", "later", "over"] as const;
export type Part = (typeof PARTS)[number];

/** The digits are erased an hour after the end. */
const ERASED_AFTER = 3_600_000;

export interface Entry {
  code: CodeRow;
  start: number;
  end: number;
  /** What is searched. */
  text: string;
}

export type Sorted = Record<Part, readonly Entry[]>;

/** Read the times once: lists ask for them again and again. */
export function entriesOf(codes: readonly CodeRow[], nameless: string, language: string): Entry[] {
  return codes.map((code) => ({
    code,
    start: at(code.start),
    end: at(code.end),
    text: `${code.name ?? nameless}\n${code.lock_name}`.toLocaleLowerCase(language),
  }));
}

/** Now by end, later by start, over with the last first. */
export function sortEntries(entries: readonly Entry[], now: number): Sorted {
  const sorted: Record<Part, Entry[]> = { now: [], later: [], over: [] };
  for (const entry of entries) {
    sorted[entry.end <= now ? "over" : entry.start > now ? "later" : "now"].push(entry);
  }
  sorted.now.sort((a, b) => a.end - b.end || a.start - b.start);
  sorted.later.sort((a, b) => a.start - b.start || a.end - b.end);
  sorted.over.sort((a, b) => b.end - a.end || b.start - a.start);
  return sorted;
}

export function findEntries(
  entries: readonly Entry[],
  wanted: string,
  language: string,
): readonly Entry[] {
  const text = wanted.trim().toLocaleLowerCase(language);
  return text ? entries.filter((entry) => entry.text.includes(text)) : entries;
}

export const isOver = (code: CodeRow, now: number): boolean => at(code.end) <= now;

/** Whether its digits are still kept. */
export const isKept = (code: CodeRow, now: number): boolean => now < at(code.end) + ERASED_AFTER;

/** All codes of the same order that can still be shown; the code alone where it has no order. */
export function orderOf(codes: readonly CodeRow[], code: CodeRow, now: number): CodeRow[] {
  if (!code.order) return [code];
  return codes.filter((other) => other.order === code.order && isKept(other, now));
}
