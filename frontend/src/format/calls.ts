/** What reading costs, and what a pool has: pure. */
import type { LockRow, PoolRow } from "../api/types";
import { at } from "./times";

/** A lock is read at most once in ten minutes. */
export const FRESH = 10 * 60_000;

export interface Reading {
  /** Calls that reading all of them takes at most. */
  calls: number;
  /** When one of them may be read again, where none may be now. */
  again: number | null;
}

/** What reading these locks of one account takes now: the list once, then each lock. */
export function reading(locks: readonly LockRow[], now: number): Reading {
  const read = locks.filter((lock) => lock.read_calls > 0);
  const due = (lock: LockRow): number => (lock.read_at ? at(lock.read_at) + FRESH : 0);
  const stale = read.filter((lock) => due(lock) <= now);
  if (read.length && !stale.length) return { calls: 0, again: Math.min(...read.map(due)) };
  const each = stale.reduce((sum, lock) => sum + lock.read_calls - 1, 0);
  return { calls: stale.length ? each + 1 : 0, again: null };
}

export interface Use {
  used: number;
  /** Expected until the month turns, beside what is used. */
  more: number;
  /** Shares of the quota, in percent. */
  usedShare: number;
  moreShare: number;
}

export function useOf({ left, quota, forecast }: PoolRow): Use {
  const used = Math.max(0, quota - left);
  const more = Math.max(0, forecast - used);
  const share = (part: number): number => (quota > 0 ? (100 * part) / quota : 0);
  const usedShare = Math.min(100, share(used));
  return { used, more, usedShare, moreShare: Math.min(100 - usedShare, share(more)) };
}
