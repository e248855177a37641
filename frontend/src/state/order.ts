import { isLost, ledger, make } from "../api/actions";
import type { MadeCode, MakeAnswer, Wish } from "../api/types";
import type { App } from "./app";
import { madeOf } from "./orders";

/** An order may still be under way at the server: look until nothing came for so many seconds. */
const QUIET = 8;

/** How often the ledger is asked, every 5 seconds, before that is given up. */
const TRIES = 12;

const wait = (milliseconds: number): Promise<void> =>
  new Promise((done) => setTimeout(done, milliseconds));

/**
 * Make codes. Where the connection breaks before the answer, the ledger tells what was made, so
 * that nothing is paid twice; `looking` is called before it is asked.
 */
export async function order(
  app: App,
  wish: Wish,
  name: string,
  looking: () => void,
): Promise<MakeAnswer> {
  const known = new Set(app.store.codes.map((code) => code.id));
  try {
    return await make(app.hass, wish, name);
  } catch (error) {
    if (!isLost(error)) throw error;
    looking();
    return lookUp(app, wish, name, known);
  }
}

async function lookUp(
  app: App,
  wish: Wish,
  name: string,
  known: ReadonlySet<string>,
): Promise<MakeAnswer> {
  let made: MadeCode[] = [];
  for (let quiet = 0; quiet <= QUIET; quiet += 1) {
    if (quiet) await wait(1_000);
    const rows = madeOf(await askLedger(app, wish), wish, name, known);
    if (new Set(rows.map((code) => code.device_id)).size === wish.device_id.length) quiet = QUIET;
    else if (rows.length > made.length) quiet = 0;
    made = rows;
  }
  const found = new Set(made.map((code) => code.device_id));
  return {
    codes: wish.device_id.flatMap((id) => made.filter((code) => code.device_id === id)),
    failed: wish.device_id
      .filter((id) => !found.has(id))
      .map((id) => ({
        device_id: id,
        lock_name: app.store.lock(id)?.name ?? "",
        error: "",
        error_key: "connection_lost",
      })),
    deliveries: [],
    netcode_calls_left: codesLeft(app, wish.device_id),
  };
}

/**
 * Ask until there is an answer: the connection may break once more, and after a restart our actions
 * come some time after Home Assistant itself.
 */
async function askLedger(app: App, wish: Wish): Promise<Parameters<typeof madeOf>[0]> {
  for (let tries = 0; tries < TRIES; ) {
    while (!app.store.connected) await wait(500);
    try {
      return (await ledger(app.hass, wish.device_id)).netcodes;
    } catch (error) {
      if (!isLost(error)) tries += 1;
      await wait(isLost(error) ? 500 : 5_000);
    }
  }
  throw Object.assign(new Error(), { translation_key: "unknown_outcome" });
}

/** Codes left this month in the accounts of these doors. */
export function codesLeft(app: App, deviceIds: readonly string[]): number {
  const entries = new Set(deviceIds.map((id) => app.store.lock(id)?.entry_id));
  return app.store.accounts
    .filter((account) => entries.has(account.entry_id))
    .reduce((sum, account) => sum + account.netcode.left, 0);
}
