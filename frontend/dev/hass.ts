/** A `hass` that answers as the server would, for the harness. Slugs of states: see README. */
import type { Connection, Hass, Localize } from "../src/api/ha";
import type { CodeRow, LockRow, MadeCode, PlannedCode, SnapshotEvent, Wish } from "../src/api/types";
import { type ClientChange, changed } from "./clients";
import { registries } from "./dashboard";
import { ACCOUNTS, company, crowd, HISTORY, LOCKS, NOW, OTHER_CODES, SNAPSHOT, ZONE } from "./fixtures";

type Message = Record<string, unknown> & { type: string };
export type Tree = { [key: string]: Tree | string };

const HOUR = 3_600_000;
/** Digits of the design's pictures; they open nothing. */
const DIGITS: Record<string, string> = { flat_2: "730156", gate: "418902", flat_3: "204837" };

const block = (from: string, to: string) => [{ from, to }];
const SCHEDULES = {
  "schedule.office": {
    monday: block("08:00:00", "17:00:00"),
    tuesday: block("08:00:00", "17:00:00"),
    friday: [...block("08:00:00", "12:00:00"), ...block("20:00:00", "24:00:00")],
  },
};

export function localizer(config: Tree): Localize {
  return (key, values = {}) => {
    let found: Tree | string | undefined = config;
    for (const part of key.split(".").slice(3)) {
      found = typeof found === "object" ? found[part] : undefined;
    }
    if (typeof found !== "string") return "";
    return found.replace(/\{(\w+)\}/g, (all, name: string) => String(values[name] ?? all));
  };
}

function failure(key: string, message: string): Error {
  return Object.assign(new Error(message), { code: "home_assistant_error", translation_key: key });
}

const calendar = (entity_id: string, friendly_name: string): Hass["states"] => ({
  [entity_id]: { entity_id, state: "off", attributes: { friendly_name } },
});

/** What home-assistant-js-websocket answers to who waits while the connection breaks: no error. */
export const LOST: unknown = { type: "result", success: false, error: { code: 3, message: "Connection lost" } };

export class FakeServer {
  connected = true;
  codes: CodeRow[];
  private locks: readonly LockRow[];
  private hear: ((event: SnapshotEvent) => void)[] = [];
  private readonly callbacks: Record<string, Set<() => void>> = {
    ready: new Set(),
    disconnected: new Set(),
  };
  /** Everything that was asked, so that tests can look for what must not be there. */
  readonly asked: Message[] = [];

  constructor(
    private readonly state: string,
    private readonly words: Tree,
    private readonly language: string,
  ) {
    this.codes = [...(this.snapshot().codes ?? [])];
    this.locks = this.snapshot().locks ?? [];
  }

  snapshot(): SnapshotEvent {
    const [account] = ACCOUNTS;
    if (!account) throw new Error("no account");
    switch (this.state) {
      case "empty":
        return { ...SNAPSHOT, locks: [], codes: [], orders: [] };
      case "refused":
        return { accounts: [], locks: [], codes: [], orders: [] };
      case "spent": {
        const netcode = { ...account.netcode, left: 0 };
        const locks = LOCKS.map((lock) =>
          lock.device_id === "flat_2" ? { ...lock, spare_until: "2026-11-21T00:00:00+01:00" } : lock,
        );
        return { ...SNAPSHOT, locks, accounts: [{ ...account, netcode }] };
      }
      case "later":
        return { ...SNAPSHOT, codes: OTHER_CODES.slice(1, 4) };
      case "few":
        return { ...SNAPSHOT, accounts: [{ ...account, netcode: { ...account.netcode, left: 1 } }] };
      case "guest":
      case "nobody":
        return { ...SNAPSHOT, orders: SNAPSHOT.orders.map((order) => ({ ...order, next: [] })) };
      case "keys":
        return { ...SNAPSHOT, accounts: [{ ...account, state: "keys_refused" }] };
      case "crowd":
        return crowd(500, 10_000);
      case "company":
        return company(20, 200);
      case "phoneless":
        return { ...SNAPSHOT, locks: LOCKS.map((lock) => ({ ...lock, clients: [] })) };
      case "unread":
        return { ...SNAPSHOT, locks: LOCKS.map((lock) => (lock.device_id === "office" ? { ...lock, clients: null } : lock)) };
      case "reader":
        return { ...SNAPSHOT, accounts: [{ ...account, may_issue: false }] };
      default:
        return SNAPSHOT;
    }
  }

  hass(): Hass {
    const localize = localizer(this.words);
    return {
      connection: this.connection,
      connected: true,
      language: this.language,
      locale: {
        language: this.language === "en" ? "en-GB" : this.language,
        time_format: new URLSearchParams(location.search).get("clock") ?? "24",
        first_weekday: "language",
      },
      config: { time_zone: ZONE },
      user: { id: "1", name: "Anna", is_admin: !["refused", "guest"].includes(this.state) },
      states: {
        ...calendar("calendar.airbnb", "Airbnb Flat 1"),
        ...calendar("calendar.airbnb_2", "Airbnb Flat 2"),
        ...calendar("calendar.airbnb_3", "Airbnb Flat 3"),
        ...calendar("calendar.club", "Club"),
        "notify.anna": {
          entity_id: "notify.anna",
          state: "unknown",
          attributes: { friendly_name: "Phone of Anna" },
        },
        "notify.jonas": {
          entity_id: "notify.jonas",
          state: "unknown",
          attributes: { friendly_name: "Phone of Jonas" },
        },
        "schedule.office": {
          entity_id: "schedule.office",
          state: "on",
          attributes: { friendly_name: "Office hours" },
        },
      },
      ...registries(),
      localize,
      callWS: <T>(message: Message) => this.answer(message) as Promise<T>,
      loadBackendTranslation: () => Promise.resolve(localize),
    };
  }

  lose(): void {
    this.connected = false;
    this.hear = [];
    this.callbacks.disconnected?.forEach((callback) => callback());
  }

  find(): void {
    this.connected = true;
    this.callbacks.ready?.forEach((callback) => callback());
  }

  tell(event: SnapshotEvent): void {
    for (const hear of this.hear) hear(event);
  }

  private get connection(): Connection {
    return {
      connected: this.connected,
      subscribeMessage: <T>(callback: (message: T) => void) => {
        const hear = callback as (event: SnapshotEvent) => void;
        if (this.state === "unanswered") return new Promise(() => undefined);
        this.hear.push(hear);
        setTimeout(() => hear(this.snapshot()));
        return Promise.resolve(async () => {
          this.hear = this.hear.filter((one) => one !== hear);
        });
      },
      addEventListener: (event, callback) => void this.callbacks[event]?.add(callback),
      removeEventListener: (event, callback) => void this.callbacks[event]?.delete(callback),
    };
  }

  private async answer(message: Message): Promise<unknown> {
    this.asked.push(message);
    await new Promise((done) => setTimeout(done, 60));
    if (message.type === "codelocks/reveal") {
      const row = this.codes.find((code) => code.id === message.netcode_id);
      return { netcode: DIGITS[row?.device_id ?? ""] ?? "551207" };
    }
    if (message.type === "history/history_during_period") {
      return { [(message.entity_ids as string[])[0] ?? ""]: HISTORY };
    }
    if (message.type !== "call_service") throw failure("unknown", message.type);
    if (message.service === "get_schedule") return { response: SCHEDULES };
    return { response: await this.service(message.service as string, message.service_data as Wish) };
  }

  private async service(service: string, data: Wish & { id?: string[]; name?: string }): Promise<unknown> {
    switch (service) {
      case "plan_netcode":
        if (this.state === "long") {
          throw Object.assign(failure("too_long", "Flat 2 makes no code for 10 days. The longest is 7 days."), {
            translation_placeholders: { longest: "7", latest_at: new Date(NOW + 154 * HOUR).toISOString() },
          });
        }
        return { codes: this.plan(data), failed: [], netcode_calls_left: 91 };
      case "generate_netcode":
        return this.make(data, data.name ?? null);
      case "get_netcodes":
        return { netcodes: this.codes.map((row) => ({ ...row, netcode: DIGITS[row.device_id] ?? "551207" })) };
      case "get_durations":
        return { durations: [], modes: [{ mode: "Standard", sub_mode: "Single Use" }] };
      case "send_netcode":
        return { deliveries: [{ entity_id: "notify.anna", ok: true, error: null }] };
      case "withdraw_netcode":
        this.codes = this.codes.map((row) =>
          data.id?.includes(row.id) ? { ...row, state: "withdrawn" } : row,
        );
        this.tell({ codes: this.codes });
        return { netcodes: [] };
      case "refresh":
        return { read: 3 };
      default:
        return service.endsWith("_client")
          ? this.client(service, data as unknown as ClientChange)
          : { netcodes: [] };
    }
  }

  private client(service: string, change: ClientChange): unknown {
    const { locks, results } = changed(this.locks, service, change, this.state === "half");
    this.locks = locks;
    this.tell({ locks });
    return { results };
  }

  private plan(wish: Wish): PlannedCode[] {
    const [from, until] = [Date.parse(wish.start), Date.parse(wish.end)];
    const start = Math.floor(from / HOUR) * HOUR;
    const days = until - start > 12 * HOUR;
    const dayOf = (moment: number): number => Math.floor((moment + HOUR) / (24 * HOUR)) * 24 * HOUR - HOUR;
    const [first, last] = days
      ? [dayOf(from), dayOf(until - 1) + 24 * HOUR]
      : [start, Math.ceil(until / HOUR) * HOUR];
    const count = wish.fit === "tight" ? 5 : 1;
    return wish.device_id.flatMap((device_id) =>
      Array.from({ length: count }, () => ({
        device_id,
        lock_name: LOCKS.find((lock) => lock.device_id === device_id)?.name ?? device_id,
        mode: "Standard",
        sub_mode: "Multi Use",
        duration_id: 1,
        start: new Date(first).toISOString(),
        end: new Date(last).toISOString(),
        requested_start: wish.start,
        requested_end: wish.end,
        cached: false,
        spare: false,
        warnings: [],
        warning_keys: [],
        shared_with: [],
      })),
    );
  }

  private async make(wish: Wish, name: string | null): Promise<unknown> {
    if (this.state === "cloud") throw failure("cannot_connect", "Codelocks did not answer.");
    const codes: MadeCode[] = this.plan(wish).map((planned, index) => ({
      ...planned,
      id: `made-${this.codes.length + index}`,
      name,
      netcode: DIGITS[planned.device_id] ?? "551207",
      ...(this.state === "spare"
        ? { spare: true, start: "2026-11-14T00:00:00+01:00", end: "2026-11-21T00:00:00+01:00" }
        : {}),
    }));
    await new Promise((done) => setTimeout(done, this.state === "slow" ? 60_000 : 200));
    const kept = this.state === "partial" && codes.length > 1 ? codes.slice(0, 1) : codes;
    this.codes = [...this.codes, ...kept.map((code) => asRow(code))];
    if (this.state === "lost") {
      this.lose();
      setTimeout(() => this.find(), 1_500);
      throw LOST;
    }
    const left = 91 - codes.length;
    const accounts = ACCOUNTS.map((one) => ({ ...one, netcode: { ...one.netcode, left } }));
    this.tell({ codes: this.codes, accounts });
    const failed = codes.slice(kept.length).map((code) => ({
      device_id: code.device_id,
      lock_name: code.lock_name,
      error: "Codelocks did not answer.",
      error_key: "cannot_connect",
    }));
    return { codes: kept, failed, deliveries: [], netcode_calls_left: 91 - codes.length };
  }
}

function asRow(code: MadeCode): CodeRow {
  return {
    id: code.id,
    device_id: code.device_id,
    lock_name: code.lock_name,
    name: code.name,
    reference: null,
    start: code.start,
    end: code.end,
    mode: code.mode,
    state: "active",
    issued_at: new Date(NOW).toISOString(),
    issued_by: "action",
    issued_user: "Anna",
    spare: code.spare,
    shared_with: [],
    warnings: [],
    warning_keys: [],
    order: "new",
  };
}
