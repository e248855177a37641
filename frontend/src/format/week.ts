/** Hours of a week, as people edit them: pure. */
import type { ActivePeriod, Weekday } from "../api/types";

export const WEEK: readonly Weekday[] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
export const DAY_END = 24 * 60;
/** More periods a lock cannot hold. */
export const MOST_PERIODS = 10;

/** Minutes of the day, `to` from 1 to 1440. One that ends before it begins ends on the next day. */
export interface Row {
  days: readonly Weekday[];
  from: number;
  to: number;
}

/** Rows, or a schedule helper that takes more of them than we can join. */
export interface Hours {
  rows: readonly Row[];
  schedule: string | null;
}

/** The last minute of a day cannot be had without the end of the day. */
export function minutes(text: string): number {
  const [hour = 0, minute = 0] = text.split(":").map(Number);
  const all = hour * 60 + minute;
  return all === DAY_END - 1 ? DAY_END : all;
}

export function clock(minute: number): string {
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

/** Rows with the same times are one. */
function joined(rows: readonly Row[]): Row[] {
  const found = new Map<string, Set<Weekday>>();
  for (const { days, from, to } of rows) {
    const key = `${from} ${to}`;
    const same = found.get(key) ?? new Set();
    days.forEach((day) => same.add(day));
    if (same.size) found.set(key, same);
  }
  return [...found].map(([key, days]) => {
    const [from = 0, to = 0] = key.split(" ").map(Number);
    return { days: WEEK.filter((day) => days.has(day)), from, to };
  });
}

export function rowsOf(periods: readonly ActivePeriod[]): Row[] {
  return joined(
    periods
      .filter((period) => period.enabled)
      .map(({ days, starts, ends }) => ({ days, from: minutes(starts), to: minutes(ends) || DAY_END })),
  );
}

const following = (day: Weekday): Weekday => WEEK[(WEEK.indexOf(day) + 1) % 7] as Weekday;

export const isOverMidnight = ({ from, to }: Row): boolean => to < from;

/** Whether a lock can hold it. */
export const isPossible = ({ days, from, to }: Row): boolean => days.length > 0 && from !== to;

/** Rows as a lock holds them: those over midnight are two. */
function split(rows: readonly Row[]): Row[] {
  return joined(
    rows.flatMap((row) =>
      isOverMidnight(row)
        ? [
            { ...row, to: DAY_END },
            { days: row.days.map(following), from: 0, to: row.to },
          ]
        : [row],
    ),
  );
}

export function periodsOf(rows: readonly Row[]): ActivePeriod[] {
  return split(rows).map(({ days, from, to }) => ({
    starts: clock(from),
    ends: clock(to),
    days: [...days],
    enabled: true,
  }));
}

export type Block = [from: number, to: number];

/** When it opens on each day, Monday first: blocks in order, apart from each other. */
export function blocksOf(rows: readonly Row[]): Block[][] {
  const parts = split(rows.filter(isPossible));
  return WEEK.map((day) => {
    const blocks = parts
      .filter((row) => row.days.includes(day))
      .map(({ from, to }): Block => [from, to])
      .sort((a, b) => a[0] - b[0]);
    const apart: Block[] = [];
    for (const block of blocks) {
      const last = apart.at(-1);
      if (last && block[0] <= last[1]) last[1] = Math.max(last[1], block[1]);
      else apart.push(block);
    }
    return apart;
  });
}

const known = new WeakMap<readonly ActivePeriod[], Block[][]>();

/** As `blocksOf`, of what a lock holds: asked for by every tile at every draw. */
export function weekOf(periods: readonly ActivePeriod[]): Block[][] {
  const week = known.get(periods) ?? blocksOf(rowsOf(periods));
  known.set(periods, week);
  return week;
}

/** Equal for hours that open at the same times, however they are written. */
export const weekKey = (periods: readonly ActivePeriod[]): string =>
  JSON.stringify(weekOf(periods));

export const ALWAYS: readonly Row[] = [{ days: WEEK, from: 0, to: DAY_END }];
const LONG_DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/** What the action `schedule.get_schedule` answers of one helper. */
export type Schedule = Record<string, readonly { from: string; to: string }[] | undefined>;

/** Seconds are rounded inwards: nobody opens outside of what the helper says. */
export function rowsOfSchedule(schedule: Schedule): Row[] {
  const rows = LONG_DAYS.flatMap((name, index) =>
    (schedule[name] ?? []).map(({ from, to }): Row => {
      const seconds = Number(from.split(":")[2] ?? 0);
      return {
        days: [WEEK[index] as Weekday],
        from: minutes(from) + Number(seconds > 0),
        to: minutes(to) || DAY_END,
      };
    }),
  );
  return joined(rows.filter(({ from, to }) => from < to));
}

/** What the actions take, or null where a lock cannot hold it. */
export function asked({ rows, schedule: helper }: Hours): object | null {
  if (helper !== null) return { schedule_entity_id: helper };
  const periods = periodsOf(rows);
  if (!rows.length || periods.length > MOST_PERIODS || !rows.every(isPossible)) return null;
  return { active_periods: periods };
}

/** How many periods a lock would have to hold; null where the server finds that out. */
export const counted = ({ rows, schedule: helper }: Hours): number | null =>
  helper === null ? periodsOf(rows.filter(isPossible)).length : null;
