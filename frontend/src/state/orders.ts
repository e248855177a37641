/** What the ledger tells about orders: pure. */
import type { CodeRow, LedgerRow, MadeCode, Wish } from "../api/types";
import { at } from "../format/times";

/** Doors that had a code in the same order as the last one of this door. */
export function doorsOfLastOrder(codes: readonly CodeRow[], deviceId: string): string[] {
  let last: CodeRow | undefined;
  for (const code of codes) {
    if (code.device_id !== deviceId || !code.order || code.issued_by !== "action") continue;
    if (!last || at(code.issued_at) > at(last.issued_at)) last = code;
  }
  if (!last) return [];
  const { order } = last;
  const others = codes.filter((code) => code.order === order && code.device_id !== deviceId);
  return [...new Set(others.map((code) => code.device_id))];
}

/**
 * Find what an order whose answer was lost has made: rows of its doors and name that are new, or
 * that cover the wish (a code made before costs nothing and makes no new row).
 */
export function madeOf(
  rows: readonly LedgerRow[],
  wish: Wish,
  name: string,
  known: ReadonlySet<string>,
): MadeCode[] {
  const covers = (row: LedgerRow): boolean =>
    at(row.start) <= at(wish.start) && at(row.end) >= at(wish.end);
  return rows
    .filter(
      (row) =>
        wish.device_id.includes(row.device_id) &&
        (row.name ?? "") === name &&
        row.state !== "withdrawn" &&
        row.state !== "expired" &&
        (!known.has(row.id) || covers(row)),
    )
    .flatMap((row) => (row.netcode ? [asMade(row, row.netcode, wish)] : []));
}

/** A code of the list, as if it had just been made. */
export function asMade(
  row: LedgerRow,
  netcode: string,
  wish: Pick<Wish, "start" | "end"> = row,
): MadeCode {
  return {
    id: row.id,
    device_id: row.device_id,
    lock_name: row.lock_name,
    name: row.name,
    netcode,
    mode: row.mode,
    sub_mode: "",
    duration_id: null,
    start: row.start,
    end: row.end,
    requested_start: wish.start,
    requested_end: wish.end,
    cached: false,
    spare: row.spare,
    warnings: row.warnings ?? [],
    warning_keys: row.warning_keys ?? [],
    shared_with: row.shared_with,
  };
}
