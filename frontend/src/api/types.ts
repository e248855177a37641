/**
 * What the page and the server say to each other. The server side follows this file.
 *
 * Every time is an ISO string with offset. A NetCode is in none of the rows; only `Revealed`,
 * `MadeCode` and a `LedgerRow` that was asked for with `reveal` carry one.
 * Lines marked (+) are not in DESIGN 2.9 by name; all others are.
 */

/** `codelocks/subscribe`: first all four keys, then only the keys that changed, each whole. */
export interface Snapshot {
  /** Accounts in which the user may use at least one lock; by title. */
  accounts: AccountRow[];
  /** Locks that the user may use; by name. An account that is not loaded keeps its locks. */
  locks: LockRow[];
  /** What was issued for these locks, over ones included, by start. Spares only once given. */
  codes: CodeRow[];
  /** Subentries of bookings and visitors of these locks. */
  orders: OrderRow[];
}

export type SnapshotEvent = Partial<Snapshot>;

export interface AccountRow {
  entry_id: string;
  title: string;
  /** Whether this user may make codes here (DESIGN 2.7). */
  may_issue: boolean;
  /** (+) `keys_refused`: reauth waits. `not_loaded`: set up failed or turned off. */
  state: "ok" | "keys_refused" | "not_loaded";
  netcode: PoolRow;
  utility: PoolRow;
  /** When both pools are full again. */
  resets_at: string;
  /** (+) Devices for which a spare is kept. */
  spare_locks: string[];
  /** (+) When batteries and the list of locks are read next; null: not planned. */
  next_list_at: string | null;
}

export interface PoolRow {
  left: number;
  quota: number;
  /** Expected to be used in all by the reset, what is used already included. */
  forecast: number;
  /** Calls that polling never touches; 0 for `netcode`. */
  reserve: number;
}

export interface LockRow {
  device_id: string;
  entry_id: string;
  /** As the user named the device. */
  name: string;
  /** The area's name, or null. */
  area: string | null;
  kind: "k3" | "kitlock";
  /** As shown to people, or null where it is not known. */
  model: string | null;
  /** Digits of a code of this model, or null where that is not known. */
  digits: number | null;
  /** (+) Zone in which people at the lock read their watches, as IANA names it. */
  time_zone: string;
  /** Percent, or null where the lock reports none. */
  battery: number | null;
  /** Null while it is not known. */
  battery_low: boolean | null;
  /** Null: no trouble. `lost`: codes may not open. `unknown`: its zone is not known any more. */
  clock_problem: "lost" | "unknown" | null;
  /** Newest entry of the audit; null without news. Always null for a KitLock. */
  last_activity: string | null;
  /** (+) Event type of that entry. */
  last_type: ActivityType | null;
  /** That entry in the cloud's words, codes masked. */
  last_text: string | null;
  /** (+) For whom the code in that entry was made, or null (DESIGN 2.7, `name`). */
  last_name: string | null;
  /** Ids of this device's entities, by key; null where there is none or it is turned off. */
  entities: LockEntities;
  /** Phone clients, by e-mail; empty for a KitLock. Null: not read yet, or not followed. */
  clients: ClientRow[] | null;
  /** When the lock was last read, failed reads included; null: never (or a KitLock). */
  read_at: string | null;
  /** When it is read next by itself; null: not planned. */
  next_read_at: string | null;
  /** (+) Utility calls that `refresh` of this lock takes at most; 0 for a KitLock. */
  read_calls: number;
  /** (+) End of a spare that waits to be given, or null. */
  spare_until: string | null;
  keypad: Keypad;
}

export type ActivityType =
  | "opened"
  | "denied"
  | "client"
  | "settings"
  | "battery"
  | "sync"
  | "other";

export interface LockEntities {
  activity: string | null;
  netcodes: string | null;
  battery: string | null;
}

export interface ClientRow {
  /** Lower case. */
  email: string;
  /** (+) `invited`: not accepted yet. `unknown`: a status that we do not know. */
  state: "on" | "suspended" | "invited" | "unknown";
  /** The cloud's own word. */
  status: string;
  access_type: "standard" | "one_time";
  /** As the actions take them; one row of all days 00:00 to 23:59 means always. */
  active_periods: ActivePeriod[];
}

export interface ActivePeriod {
  /** `HH:MM`, by the clock at the lock. */
  starts: string;
  /** `HH:MM`; 23:59 and 24:00 mean the end of the day. */
  ends: string;
  days: Weekday[];
  enabled: boolean;
}

export type Weekday = "mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun";

export interface Keypad {
  /** How a guest types a code: the slug of a sentence, `config_panel.enter.<slug>_<plural>`. */
  enter: "k3" | "kitlock";
  /** Empty: this model cannot do it. */
  block: KeypadStep[];
  /** Empty: nothing to set, or not known. */
  set_clock: KeypadStep[];
  /** (+) Start the lock anew; empty: not at the keypad (as a K3 lock), or not known. */
  start_anew: KeypadStep[];
  /** (+) Offset from UTC of what the lock's own clock shows, in minutes, at present. */
  clock_offset: number;
}

export interface KeypadStep {
  /** What is typed: `config_panel.coach.what_<slug>`. */
  what: "master_code" | "program" | "code" | "date" | "time" | "identifier" | "confirm";
  /**
   * Keys in order, as `#55*`, or null for what only the person knows (never sent: the master
   * code, the code, the identifier). `{yy}` `{yyyy}` `{mm}` `{dd}` `{hh}` `{mi}` are filled in by the page from
   * the lock's clock when the step opens.
   */
  keys: string | null;
  /** What the lock does then: `config_panel.coach.answer_<slug>`. */
  answer: "blue_flash" | "two_blue_flashes" | "beep" | "none";
}

/** A row of `get_netcodes` with what the page needs more. Never a code. */
export interface CodeRow {
  id: string;
  device_id: string;
  lock_name: string;
  name: string | null;
  reference: string | null;
  /** The real window. */
  start: string;
  end: string;
  mode: string;
  /** The page tells "now", "later" and "over" from the window itself, as time passes. */
  state: "planned" | "active" | "expired" | "withdrawn";
  issued_at: string;
  issued_by: "action" | "booking" | "visitor" | "text" | "calendar" | "voice";
  /** (+) Name of the user for `action`; null for an automation. */
  issued_user: string | null;
  /** A spare that was given: opens longer than wished. */
  spare: boolean;
  /** Names of others with the same code for the same time. */
  shared_with: string[];
  /** Translated sentences. */
  warnings: string[];
  /** (+) Keys of these sentences, as in a plan. */
  warning_keys: string[];
  /** Equal for rows of one order (one action call, one booking), else null. */
  order: string | null;
}

export interface OrderRow {
  subentry_id: string;
  kind: "bookings" | "visitor";
  name: string;
  /** (+) Account of the subentry. */
  entry_id: string;
  /** (+) Devices it makes codes for. */
  device_ids: string[];
  /** (+) Calendar of `bookings`. */
  calendar_entity_id: string | null;
  /** (+) When the calendar was last read; null for visitors. */
  read_at: string | null;
  /** (+) Since when the calendar cannot be read, or null. */
  unreadable_since: string | null;
  /** (+) When a regular visitor comes; null for `bookings`. */
  visits: { days: Weekday[]; starts: string; ends: string } | null;
  /** Who comes next, by start; those that are here first. At most 20. */
  next: Visit[];
}

export interface Visit {
  title: string;
  start: string;
  end: string;
  state: "waits" | "code_made" | "sent" | "here" | "cancelled" | "problem";
  /** A translated sentence, or null. */
  problem: string | null;
  /** (+) When its code is made; null once there is one. */
  code_at: string | null;
  /** (+) When it was sent, or null. */
  sent_at: string | null;
  /** (+) When it arrived, or null. */
  arrived_at: string | null;
  /** Ids of its codes: `CodeRow.id`. */
  codes: string[];
}

/** Answer of `codelocks/reveal` {netcode_id}. */
export interface Revealed {
  netcode: string;
}

/** One code of `plan_netcode`, without the code. */
export interface PlannedCode {
  device_id: string;
  lock_name: string;
  mode: string;
  sub_mode: string;
  duration_id: number | null;
  start: string;
  end: string;
  requested_start: string;
  requested_end: string | null;
  /** Made before: costs nothing. */
  cached: boolean;
  /** (+) In a plan always false: the page does not know yet whether the cloud answers. */
  spare: boolean;
  /** Translated sentences, such as of a lost clock or of who has the same code. */
  warnings: string[];
  /**
   * (+) Keys of these sentences, in the same order. The page says `clock_is_lost`, `shared_code`
   * and `spare_given` in its own words.
   */
  warning_keys: string[];
  /** (+) Names of others with the same code for the same time. */
  shared_with: string[];
}

/** One code of `generate_netcode`. */
export interface MadeCode extends PlannedCode {
  id: string;
  name: string | null;
  netcode: string;
}

export interface FailedLock {
  device_id: string;
  lock_name: string;
  /** A translated sentence. */
  error: string;
  /** (+) Key of that sentence, as `cannot_connect` or `too_long`. */
  error_key: string;
}

/** Answer of `plan_netcode`: as `generate_netcode`, for all locks. */
export interface PlanAnswer {
  codes: PlannedCode[];
  failed: FailedLock[];
  netcode_calls_left: number;
}

export interface MakeAnswer {
  codes: MadeCode[];
  failed: FailedLock[];
  deliveries: Delivery[];
  netcode_calls_left: number;
}

export interface Delivery {
  entity_id: string;
  ok: boolean;
  error: string | null;
}

/** A row of the action `get_netcodes`; `netcode` only with `reveal`, null once erased. */
export interface LedgerRow extends Omit<CodeRow, "order" | "warnings" | "warning_keys"> {
  warnings?: string[];
  warning_keys?: string[];
  netcode?: string | null;
}

/** What `generate_netcode` and `plan_netcode` are asked. */
export interface Wish {
  device_id: string[];
  start: string;
  end: string;
  fit?: "single" | "tight";
  mode?: string;
  sub_mode?: string;
}
