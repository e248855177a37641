import type { Connection } from "../api/ha";
import type { AccountRow, CodeRow, LockRow, OrderRow, SnapshotEvent } from "../api/types";
import { straight } from "../format/words";
import { isOutdated } from "./version";

export type StoreState = "loading" | "ready" | "refused" | "failed";

const NO_CODES: readonly CodeRow[] = [];
const RETRY = 5_000;
/** How long the first event may take; then it is asked for again. */
const PATIENCE = 10_000;
/**
 * After a connection is back, Home Assistant's frontend may end subscriptions by the numbers that they
 * had before, which count anew: ours waits until that is over, else it could be the one that ends.
 */
const SETTLE = 500;
/** More than these are no news of the moment. */
const MOST_FRESH = 40;

/**
 * What the server told, kept by one subscription. It is made anew by us, not by the connection, which
 * gives up at the first refusal: a server that starts is there before what we ask of it.
 */
export class Store {
  state: StoreState = "loading";
  accounts: readonly AccountRow[] = [];
  locks: readonly LockRow[] = [];
  codes: readonly CodeRow[] = [];
  orders: readonly OrderRow[] = [];
  /** Whether what is shown is of now. */
  connected = true;
  /** Whether the server has newer files than this tab runs. */
  outdated = false;
  /** When the last event came, or the connection was last seen. */
  heardAt = 0;
  /** Codes that came while somebody looked. */
  readonly fresh = new Set<string>();

  private connection?: Connection;
  private unsubscribe?: Promise<(() => Promise<void>) | undefined>;
  private retry?: ReturnType<typeof setTimeout>;
  private byDevice?: Map<string, CodeRow[]>;

  constructor(
    private readonly changed: () => void,
    private readonly now: () => number,
  ) {}

  /** Subscribe once for each connection; `hass` itself is replaced all the time. */
  attach(connection: Connection): void {
    if (connection === this.connection) return;
    this.detach();
    this.connection = connection;
    this.connected = connection.connected;
    connection.addEventListener("ready", this.onFound);
    connection.addEventListener("disconnected", this.onLost);
    this.subscribe();
  }

  detach(): void {
    clearTimeout(this.retry);
    this.connection?.removeEventListener("ready", this.onFound);
    this.connection?.removeEventListener("disconnected", this.onLost);
    this.end();
    this.connection = undefined;
  }

  private end(): void {
    void this.unsubscribe?.then((stop) => stop?.()).catch(() => undefined);
    this.unsubscribe = undefined;
  }

  lock(deviceId: string): LockRow | undefined {
    return this.locks.find((lock) => lock.device_id === deviceId);
  }

  account(entryId: string): AccountRow | undefined {
    return this.accounts.find((account) => account.entry_id === entryId);
  }

  codesOf(deviceId: string): readonly CodeRow[] {
    this.byDevice ??= group(this.codes);
    return this.byDevice.get(deviceId) ?? NO_CODES;
  }

  /** Whether the user may make a code for this lock now. */
  mayIssue(lock: LockRow): boolean {
    const account = this.account(lock.entry_id);
    return Boolean(account?.may_issue) && account?.state === "ok";
  }

  private readonly subscribe = (): void => {
    clearTimeout(this.retry);
    const { connection } = this;
    if (!connection) return;
    this.end();
    this.retry = setTimeout(this.subscribe, PATIENCE);
    const hear = (event: SnapshotEvent): void => {
      if (connection === this.connection) this.hear(event);
    };
    const message = { type: "codelocks/subscribe" };
    const asked: typeof this.unsubscribe = connection
      .subscribeMessage<SnapshotEvent>(hear, message, { resubscribe: false })
      .catch((error: unknown) => {
        if (asked === this.unsubscribe) this.fail(error);
        return undefined;
      });
    this.unsubscribe = asked;
  };

  private hear(event: SnapshotEvent): void {
    clearTimeout(this.retry);
    if (event.codes && this.state === "ready") this.markFresh(event.codes);
    straighten(event.locks, "name", "area", "last_name", "last_text");
    straighten(event.codes, "name", "lock_name");
    straighten(event.orders, "name");
    event.orders?.forEach((order) => straighten(order.next, "title"));
    const keys = ["accounts", "locks", "codes", "orders"] as const;
    for (const key of keys) {
      if (event[key]) Object.assign(this, { [key]: event[key] });
    }
    if (event.codes) this.byDevice = undefined;
    if (!this.connected) void this.lookForUpdate();
    this.heardAt = this.now();
    this.connected = true;
    this.state = "ready";
    // Thousands of codes took a while to arrive: what follows is a task of its own.
    setTimeout(this.changed);
  }

  private async lookForUpdate(): Promise<void> {
    if (!(await isOutdated())) return;
    this.outdated = true;
    this.changed();
  }

  private markFresh(codes: readonly CodeRow[]): void {
    const known = new Set(this.codes.map((code) => code.id));
    const came = codes.filter((code) => !known.has(code.id));
    if (came.length <= MOST_FRESH) came.forEach((code) => this.fresh.add(code.id));
  }

  private fail(error: unknown): void {
    clearTimeout(this.retry);
    const code = (error as { code?: unknown } | undefined)?.code;
    if (code === "unauthorized") this.state = "refused";
    else {
      // What was told stands, with its time, until the server is back.
      if (this.state !== "ready") this.state = "failed";
      this.retry = setTimeout(this.subscribe, RETRY);
    }
    this.changed();
  }

  private readonly onFound = (): void => {
    clearTimeout(this.retry);
    this.retry = setTimeout(this.subscribe, SETTLE);
  };

  private readonly onLost = (): void => {
    if (this.connected) this.heardAt = this.now();
    this.connected = false;
    clearTimeout(this.retry);
    this.unsubscribe = undefined;
    this.changed();
  };
}

/** Names come from anybody: none may turn the words around it. */
function straighten<T>(rows: readonly T[] | undefined, ...keys: (keyof T)[]): void {
  for (const row of rows ?? []) {
    for (const key of keys) {
      const name = row[key];
      if (typeof name === "string") row[key] = straight(name) as T[keyof T];
    }
  }
}

function group(codes: readonly CodeRow[]): Map<string, CodeRow[]> {
  const grouped = new Map<string, CodeRow[]>();
  for (const code of codes) {
    const rows = grouped.get(code.device_id);
    if (rows) rows.push(code);
    else grouped.set(code.device_id, [code]);
  }
  return grouped;
}
