/** Who may open a door, and when: pure. */
import type { ActivePeriod, ClientRow, CodeRow, LockRow, Weekday } from "../api/types";
import { at, dayNumber, fromWall, type Times, wall } from "./times";
import { DAY_END, minutes, WEEK, weekOf } from "./week";
import type { Words } from "./words";

const enabled = (periods: readonly ActivePeriod[]): ActivePeriod[] =>
  periods.filter((period) => period.enabled && period.days.length > 0);

export const isAlways = (periods: readonly ActivePeriod[]): boolean =>
  weekOf(periods).every(([block]) => block?.[0] === 0 && block[1] === DAY_END);

export function isWithin(periods: readonly ActivePeriod[], now: number, zone: string): boolean {
  const { hour, minute, weekday } = wall(now, zone);
  const since = hour * 60 + minute;
  return weekOf(periods)[weekday]?.some(([from, to]) => from <= since && since < to) ?? false;
}

/** Return when the next period begins, or null. */
export function nextOpening(
  periods: readonly ActivePeriod[],
  now: number,
  zone: string,
): number | null {
  const today = dayNumber(now, zone);
  const { weekday } = wall(now, zone);
  const starts = enabled(periods).flatMap((period) =>
    period.days.flatMap((day) => {
      const away = (WEEK.indexOf(day) - weekday + 7) % 7;
      return [away, away + 7].map((days) => fromWall(today + days, minutes(period.starts), zone));
    }),
  );
  const later = starts.filter((moment) => moment > now);
  return later.length ? Math.min(...later) : null;
}

/** Name days as people do: "Mon to Fri", "Mon and Wed". */
export function daysText(days: readonly Weekday[], words: Words, times: Times): string {
  const numbers = WEEK.flatMap((day, index) => (days.includes(day) ? [index] : []));
  if (numbers.length === 7) return words.t("time.every_day");
  const runs: number[][] = [];
  for (const day of numbers) {
    const last = runs.at(-1);
    if (last && last.at(-1) === day - 1) last.push(day);
    else runs.push([day]);
  }
  const said = runs.flatMap((run) => {
    const names = run.map((day) => times.weekdayName(day));
    if (run.length < 3) return names;
    return [words.t("time.window", { start: names[0] ?? "", end: names.at(-1) ?? "" })];
  });
  return words.list(said);
}

/** "always", "Mon to Fri 9:00 to 13:00". */
export function hoursText(periods: readonly ActivePeriod[], words: Words, times: Times): string {
  if (isAlways(periods)) return words.t("door.always");
  return enabled(periods)
    .map((period) => periodText(period, words, times))
    .join(", ");
}

/** "Mon and Thu 12:00 to 15:00". */
export function periodText(
  period: Pick<ActivePeriod, "days" | "starts" | "ends">,
  words: Words,
  times: Times,
): string {
  const ends = minutes(period.ends) === DAY_END ? "24:00" : period.ends;
  const window = words.t("time.window", {
    start: times.hours(period.starts),
    end: times.hours(ends),
  });
  return words.t("time.day_time", { day: daysText(period.days, words, times), time: window });
}

const byEnd = (a: CodeRow, b: CodeRow): number => at(a.end) - at(b.end);

/**
 * Codes that open at this moment, those that end first in front. Withdrawn ones still open. A row's
 * own state is as old as the last news, so only its window counts.
 */
export function codesNow(codes: readonly CodeRow[], now: number): CodeRow[] {
  return codes.filter((code) => at(code.start) <= now && now < at(code.end)).sort(byEnd);
}

export function codesLater(codes: readonly CodeRow[], now: number): CodeRow[] {
  return codes
    .filter((code) => now < at(code.start))
    .sort((a, b) => at(a.start) - at(b.start));
}

export interface Phones {
  now: ClientRow[];
  later: ClientRow[];
  not: ClientRow[];
}

/** Sort the phones of a lock by whether they open now, later or not at present. */
export function phones(lock: LockRow, now: number): Phones {
  const sorted: Phones = { now: [], later: [], not: [] };
  for (const client of lock.clients ?? []) {
    if (client.state === "invited") sorted.later.push(client);
    else if (client.state !== "on") sorted.not.push(client);
    else if (isWithin(client.active_periods, now, lock.time_zone)) sorted.now.push(client);
    else if (nextOpening(client.active_periods, now, lock.time_zone)) sorted.later.push(client);
    else sorted.not.push(client);
  }
  return sorted;
}
