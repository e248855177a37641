/** What is written in a dashboard about our cards: pure. */

export type Size = "full" | "tile";

export interface LockCardConfig {
  type: string;
  device_id: string;
  size: Size;
  /** Who may open now: their names, or how many. */
  show: "names" | "counts";
}

export const TIMES = ["1h", "2h", "today", "tomorrow", "weekend"] as const;
export type Time = (typeof TIMES)[number];

export interface MakeCardConfig {
  type: string;
  title: string;
  /** Device ids; empty: all doors of the user. */
  locks: readonly string[];
  times: readonly Time[];
  /** For whom, where it is always the same. */
  name: string;
  size: Size;
}

type Raw = Record<string, unknown>;

/** One of the values that we know; what is not said is the first. Null: not known to us. */
function oneOf<T extends string>(value: unknown, known: readonly [T, ...T[]]): T | null {
  if (value === undefined || value === null) return known[0];
  return known.find((one) => one === value) ?? null;
}

const text = (value: unknown): string | null =>
  value === undefined || value === null ? "" : typeof value === "string" ? value : null;

function texts(value: unknown): string[] | null {
  if (value === undefined || value === null) return [];
  const all = typeof value === "string" ? [value] : value;
  return Array.isArray(all) && all.every((one) => typeof one === "string") ? all : null;
}

const SIZES = ["full", "tile"] as const;

/** Null: written for a later version of ours. */
export function readLockCard(raw: Raw): LockCardConfig | null {
  const size = oneOf(raw.size, SIZES);
  const show = oneOf(raw.show, ["names", "counts"]);
  const device_id = text(raw.device_id);
  if (size === null || show === null || device_id === null) return null;
  return { type: String(raw.type), device_id, size, show };
}

export function readMakeCard(raw: Raw): MakeCardConfig | null {
  const size = oneOf(raw.size, SIZES);
  const [title, name, locks, said] = [
    text(raw.title),
    text(raw.name),
    texts(raw.locks),
    texts(raw.times),
  ];
  const times = TIMES.filter((time) => said?.includes(time));
  const known = said?.length === times.length;
  if (size === null || title === null || name === null || locks === null || !known) return null;
  const offered = times.length ? times : TIMES.slice(0, 3);
  return { type: String(raw.type), title, name, locks, times: offered, size };
}
