/** The choices of *When*: pure. Times are those at the (first chosen) lock. */
import { dayNumber, fromWall, wall } from "./times";

export type When =
  | { kind: "until"; hour: number }
  | { kind: "1h" }
  | { kind: "2h" }
  | { kind: "today" }
  | { kind: "tomorrow" }
  | { kind: "weekend" }
  | { kind: "other"; from: string; to: string };

export interface Span {
  start: number;
  end: number;
}

const HOUR = 3_600_000;
const LATE = [20, 22];
const NEXT_HOURS = 4;

/** The hours that *Until* offers today: the next full ones, then 20 and 22. */
export function untilHours(now: number, zone: string): number[] {
  const { hour } = wall(now, zone);
  const next = Array.from({ length: NEXT_HOURS }, (_, index) => hour + 1 + index);
  return [...new Set([...next, ...LATE.filter((late) => late > hour)])]
    .filter((offered) => offered <= 23)
    .sort((a, b) => a - b);
}

export function span(when: When, now: number, zone: string): Span | null {
  const today = dayNumber(now, zone);
  const { weekday } = wall(now, zone);
  const day = (away: number): number => fromWall(today + away, 0, zone);
  switch (when.kind) {
    case "until":
      return { start: now, end: fromWall(today, when.hour * 60, zone) };
    case "1h":
      return { start: now, end: now + HOUR };
    case "2h":
      return { start: now, end: now + 2 * HOUR };
    case "today":
      return { start: now, end: day(1) };
    case "tomorrow":
      return { start: day(1), end: day(2) };
    case "weekend":
      return weekday >= 5 ? { start: now, end: day(7 - weekday) } : { start: day(5 - weekday), end: day(7 - weekday) };
    case "other":
      return otherSpan(when.from, when.to, zone);
  }
}

/** Read "2026-11-20T09:00" as a time at the lock. */
export function localTime(text: string, zone: string): number | null {
  const match = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)$/.exec(text);
  if (!match) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = match.slice(1).map(Number);
  return fromWall(Date.UTC(year, month - 1, day) / 86_400_000, hour * 60 + minute, zone);
}

/** Write a moment as a form has it: date and time at the lock. */
export function formTime(moment: number, zone: string): { date: string; time: string } {
  const { year, month, day, hour, minute } = wall(moment, zone);
  const two = (value: number): string => String(value).padStart(2, "0");
  return { date: `${year}-${two(month)}-${two(day)}`, time: `${two(hour)}:${two(minute)}` };
}

/** The full hour at the lock before a moment: zones may be half an hour apart from ours. */
export const fullHour = (moment: number, zone: string): number =>
  Math.floor(moment / 60_000) * 60_000 - wall(moment, zone).minute * 60_000;

function otherSpan(from: string, to: string, zone: string): Span | null {
  const [start, end] = [localTime(from, zone), localTime(to, zone)];
  return start !== null && end !== null && end > start ? { start, end } : null;
}
