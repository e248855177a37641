/** How the fake server changes phones: as the actions of the real one. */
import type { ClientRow, LockRow } from "../src/api/types";
import { ALWAYS } from "./fixtures";

export interface ClientChange {
  device_id: string[];
  email: string;
  active_periods?: ClientRow["active_periods"];
  access_type?: ClientRow["access_type"];
}

const BUSY = "Codelocks refuses this: the lock is busy.";

/** Return the locks after a change, and the answer; with `fails` it does not work at the office. */
export function changed(
  locks: readonly LockRow[],
  service: string,
  change: ClientChange,
  fails: boolean,
): { locks: LockRow[]; results: { device_id: string; ok: boolean; result: string }[] } {
  const results = change.device_id.map((device_id) => {
    const ok = !(fails && device_id === "office");
    return { device_id, ok, result: ok ? "success" : BUSY };
  });
  if (!results.some((row) => row.ok)) throw new Error(BUSY);
  const done = new Set(results.filter((row) => row.ok).map((row) => row.device_id));
  return {
    results,
    locks: locks.map((lock) =>
      done.has(lock.device_id) ? { ...lock, clients: clients(lock.clients ?? [], service, change) } : lock,
    ),
  };
}

function clients(old: readonly ClientRow[], service: string, change: ClientChange): ClientRow[] {
  const { email, active_periods = ALWAYS, access_type = "standard" } = change;
  const state = service === "suspend_client" ? "suspended" : "on";
  switch (service) {
    case "add_client":
      return [...old, { email, state: "invited", status: "invited", access_type, active_periods }];
    case "delete_client":
      return old.filter((client) => client.email !== email);
    case "update_client":
      return old.map((client) => (client.email === email ? { ...client, active_periods } : client));
    default:
      return old.map((client) => (client.email === email ? { ...client, state, status: state } : client));
  }
}
