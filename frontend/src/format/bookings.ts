/** Who comes when, and who needs the host: pure. */
import type { AccountRow, CodeRow, LockRow, OrderRow, Visit } from "../api/types";
import { at } from "./times";

export interface Arrival {
  order: OrderRow;
  visit: Visit;
  start: number;
  end: number;
  /** Its codes that are known here. */
  codes: readonly CodeRow[];
}

export interface Arrivals {
  /** Problems, then what was cancelled but still opens. */
  needs: Arrival[];
  here: Arrival[];
  next: Arrival[];
}

/** Sort all visits: problems first, then those who are here, then the rest by arrival. */
export function arrivals(
  orders: readonly OrderRow[],
  codes: readonly CodeRow[],
  now: number,
): Arrivals {
  const byId = new Map(codes.map((code) => [code.id, code]));
  const sorted: Arrivals = { needs: [], here: [], next: [] };
  for (const order of orders) {
    for (const visit of order.next) {
      const [start, end] = [at(visit.start), at(visit.end)];
      const own = visit.codes.flatMap((id) => byId.get(id) ?? []);
      const arrival = { order, visit, start, end, codes: own };
      if (visit.state === "cancelled") {
        if (opensUntil(arrival) > now) sorted.needs.push(arrival);
      } else if (end <= now) continue;
      else if (visit.problem !== null || visit.state === "problem") sorted.needs.push(arrival);
      else sorted[visit.state === "here" ? "here" : "next"].push(arrival);
    }
  }
  const isOff = ({ visit }: Arrival): number => Number(visit.state === "cancelled");
  for (const list of [sorted.needs, sorted.here, sorted.next]) {
    list.sort((a, b) => isOff(a) - isOff(b) || a.start - b.start);
  }
  return sorted;
}

/** When the last of its codes ends; 0 where it has none. */
export function opensUntil({ codes }: Arrival): number {
  return Math.max(0, ...codes.map((code) => at(code.end)));
}

/** The doors of a visit: those of its codes, before these are made those of its source. */
export function doorsOf({ order, codes }: Arrival): string[] {
  return codes.length ? [...new Set(codes.map((code) => code.device_id))] : order.device_ids;
}

/** Bookings that the codes left in an account cannot cover before new ones come. */
export function uncovered(
  account: AccountRow,
  next: readonly Arrival[],
  locks: readonly LockRow[],
): number {
  const own = new Set(
    locks.filter((lock) => lock.entry_id === account.entry_id).map((lock) => lock.device_id),
  );
  let { left } = account.netcode;
  let missing = 0;
  for (const { order, visit } of next) {
    if (!visit.code_at || at(visit.code_at) >= at(account.resets_at)) continue;
    const needs = order.device_ids.filter((id) => own.has(id)).length;
    if (!needs) continue;
    left -= needs;
    if (left < 0) missing += 1;
  }
  return missing;
}
