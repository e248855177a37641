/** A small house, as in the design: Monday 16 November 2026, 14:12. Used by the harness and tests. */
import type { AccountRow, ClientRow, CodeRow, KeypadStep, LockRow, OrderRow, Snapshot, Visit } from "../src/api/types";

export const NOW = Date.parse("2026-11-16T14:12:20+01:00");
export const ZONE = "Europe/Berlin";

const t = (text: string): string => `2026-11-${text}:00+01:00`;

export const ALWAYS = [
  {
    starts: "00:00",
    ends: "23:59",
    days: ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const,
    enabled: true,
  },
].map((period) => ({ ...period, days: [...period.days] }));

const workdays = (starts: string, ends: string): ClientRow["active_periods"] => [
  { starts, ends, days: ["mon", "tue", "wed", "thu", "fri"], enabled: true },
];

const client = (
  email: string,
  active_periods = ALWAYS,
  state: ClientRow["state"] = "on",
): ClientRow => ({ email, state, status: state, access_type: "standard", active_periods });

const anna = client("anna.berger@example.com");
const jonas = client("jonas.berger@example.com");
const lena = client("lena.fischer@example.com", ALWAYS, "suspended");
const marek = client("marek.nowak@example.com", workdays("09:00", "13:00"));
const priya = client("priya.shah@example.com", workdays("08:00", "18:00"), "invited");
const tom = client("tom.weaver@example.com", [
  ...workdays("08:00", "18:00"),
  { starts: "09:00", ends: "13:00", days: ["sat"], enabled: true },
]);

const BLOCK: KeypadStep[] = [
  { what: "master_code", keys: null, answer: "blue_flash" },
  { what: "program", keys: "55*", answer: "blue_flash" },
  { what: "code", keys: null, answer: "blue_flash" },
  { what: "confirm", keys: "#", answer: "two_blue_flashes" },
];
const SET_CLOCK: KeypadStep[] = [
  { what: "program", keys: "#00*", answer: "blue_flash" },
  { what: "program", keys: "14*", answer: "blue_flash" },
  { what: "date", keys: "{yy}{mm}{dd}", answer: "blue_flash" },
  { what: "time", keys: "{hh}{mi}", answer: "blue_flash" },
  { what: "confirm", keys: "*", answer: "two_blue_flashes" },
];

const START_ANEW: KeypadStep[] = [
  { what: "master_code", keys: null, answer: "blue_flash" },
  { what: "program", keys: "99*", answer: "blue_flash" },
  { what: "date", keys: "{yy}{mm}{dd}", answer: "blue_flash" },
  { what: "time", keys: "{hh}{mi}", answer: "blue_flash" },
  { what: "identifier", keys: null, answer: "blue_flash" },
  { what: "confirm", keys: "*", answer: "two_blue_flashes" },
];

function lock(device_id: string, name: string, parts: Partial<LockRow>): LockRow {
  return {
    device_id,
    entry_id: "account",
    name,
    area: "Harbour House",
    kind: "k3",
    model: "CL5510",
    digits: 6,
    time_zone: ZONE,
    battery: 64,
    battery_low: false,
    clock_problem: null,
    last_activity: null,
    last_type: null,
    last_text: null,
    last_name: null,
    entities: { activity: `event.${device_id}_activity`, netcodes: null, battery: null },
    clients: [anna, jonas],
    read_at: t("16T13:40"),
    next_read_at: t("16T15:10"),
    read_calls: 3,
    spare_until: null,
    keypad: { enter: "k3", block: BLOCK, set_clock: SET_CLOCK, start_anew: [], clock_offset: 60 },
    ...parts,
  };
}

const opened = (last_activity: string, last_name: string): Partial<LockRow> => ({
  last_activity,
  last_type: "opened",
  last_text: "Unlocked with NetCode ******",
  last_name,
});

export const LOCKS: LockRow[] = [
  lock("gate", "Gate", {
    area: "Courtyard",
    ...opened(t("16T13:52"), "Sofia Lindqvist"),
    clients: [anna, jonas, lena, marek, tom],
  }),
  lock("flat_1", "Flat 1", {
    ...opened(t("16T13:54"), "Sofia Lindqvist"),
    clients: [anna, jonas, marek],
    next_read_at: t("16T17:30"),
  }),
  lock("flat_2", "Flat 2", {
    ...opened(t("16T13:20"), "Rosa, cleaner"),
    clients: [anna, jonas, marek, priya, lena],
  }),
  lock("flat_3", "Flat 3", {
    battery: 11,
    battery_low: true,
    next_read_at: t("17T09:00"),
    last_activity: t("15T18:20"),
    last_type: "opened",
    last_text: "Opened by anna.berger@example.com",
    clients: [anna, jonas, { ...marek, state: "suspended", status: "suspended" }],
  }),
  lock("office", "Office", {
    area: "Second floor",
    next_read_at: t("16T14:40"),
    last_activity: t("16T07:41"),
    last_type: "denied",
    last_text: "outside the hours of tom.weaver@example.com",
    clients: [anna, lena, priya, tom],
  }),
  lock("shed", "Bike shed", {
    area: "Courtyard",
    kind: "kitlock",
    model: "KL1060G3",
    battery: null,
    battery_low: null,
    clock_problem: "lost",
    entities: { activity: null, netcodes: null, battery: null },
    clients: [],
    read_at: null,
    next_read_at: null,
    read_calls: 0,
    keypad: {
      enter: "kitlock",
      block: BLOCK,
      set_clock: SET_CLOCK,
      start_anew: START_ANEW,
      clock_offset: 60,
    },
  }),
];

let made = 0;
function code(device_id: string, name: string, start: string, end: string, parts: Partial<CodeRow> = {}): CodeRow {
  made += 1;
  return {
    id: `code-${made}`,
    device_id,
    lock_name: LOCKS.find((one) => one.device_id === device_id)?.name ?? "",
    name,
    reference: null,
    start,
    end,
    mode: "Standard",
    state: "active",
    issued_at: t("16T08:00"),
    issued_by: "action",
    issued_user: "Anna",
    spare: false,
    shared_with: [],
    warnings: [],
    warning_keys: [],
    order: null,
    ...parts,
  };
}

export const CODES: CodeRow[] = [
  code("gate", "Sofia Lindqvist", t("14T15:00"), t("18T11:00"), { issued_by: "booking", order: "b1" }),
  code("flat_1", "Sofia Lindqvist", t("14T15:00"), t("18T11:00"), { issued_by: "booking", order: "b1" }),
  code("gate", "Rosa, cleaner", t("16T12:00"), t("16T15:00"), { order: "o1" }),
  code("flat_2", "Rosa, cleaner", t("16T12:00"), t("16T15:00"), {
    order: "o1",
    shared_with: ["Window cleaner"],
  }),
  code("flat_2", "Courier", t("16T08:00"), t("16T18:00"), {
    state: "withdrawn",
    issued_at: t("16T07:00"),
    issued_by: "text",
  }),
  code("flat_3", "Electrician", t("14T00:00"), t("21T00:00"), { spare: true, issued_user: "Jonas" }),
  code("shed", "Club evening", t("16T14:00"), t("16T22:00"), { issued_by: "calendar" }),
];

/** What opens later, and what is over: for *Codes* and *Bookings*. */
export const OTHER_CODES: CodeRow[] = [
  code("flat_3", "Ines Duarte", t("16T15:00"), t("19T11:00"), {
    state: "withdrawn",
    issued_by: "booking",
    order: "b2",
  }),
  code("flat_1", "Noor and Pieter van der Meulen-Achterberg", t("18T14:00"), t("22T11:00"), {
    issued_by: "booking",
    order: "b3",
  }),
  code("gate", "Noor and Pieter van der Meulen-Achterberg", t("18T14:00"), t("22T11:00"), {
    issued_by: "booking",
    order: "b3",
  }),
  code("office", "Evening class", t("17T18:00"), t("17T21:00"), { issued_user: null }),
  code("office", "Window cleaner", t("16T09:00"), t("16T14:00"), { issued_by: "voice" }),
  code("gate", "Gardener", t("13T09:00"), t("13T17:00"), { issued_by: "visitor" }),
  code("flat_2", "Courier", t("12T08:00"), t("12T18:00"), { state: "withdrawn" }),
];

export const ACCOUNTS: AccountRow[] = [
  {
    entry_id: "account",
    title: "host@example.com",
    may_issue: true,
    state: "ok",
    netcode: { left: 91, quota: 100, forecast: 21, reserve: 0 },
    utility: { left: 377, quota: 1000, forecast: 940, reserve: 200 },
    resets_at: "2026-12-01T01:00:00+01:00",
    spare_locks: ["flat_2", "flat_3"],
    next_list_at: t("17T06:00"),
  },
];

function visit(title: string, start: string, end: string, parts: Partial<Visit>): Visit {
  return {
    title,
    start,
    end,
    state: "code_made",
    problem: null,
    code_at: null,
    sent_at: null,
    arrived_at: null,
    codes: [],
    ...parts,
  };
}

function order(kind: OrderRow["kind"], name: string, parts: Partial<OrderRow>): OrderRow {
  return {
    subentry_id: name,
    kind,
    name,
    entry_id: "account",
    device_ids: ["flat_2", "gate"],
    calendar_entity_id: null,
    read_at: null,
    unreadable_since: null,
    visits: null,
    next: [],
    ...parts,
  };
}

const idsOf = (name: string): string[] =>
  [...CODES, ...OTHER_CODES].filter((one) => one.name === name).map((one) => one.id);

export const ORDERS: OrderRow[] = [
  order("bookings", "Harbour House, Flat 1", {
    device_ids: ["flat_1", "gate"],
    calendar_entity_id: "calendar.airbnb",
    read_at: t("16T14:00"),
    next: [
      visit("Sofia Lindqvist", t("14T15:00"), t("18T11:00"), {
        state: "here",
        arrived_at: t("16T13:52"),
        codes: idsOf("Sofia Lindqvist"),
      }),
      visit("Noor and Pieter van der Meulen-Achterberg", t("18T14:00"), t("22T11:00"), {
        state: "problem",
        problem: "Code made, but not sent: Phone of Anna did not answer",
        codes: idsOf("Noor and Pieter van der Meulen-Achterberg"),
      }),
    ],
  }),
  order("bookings", "Harbour House, Flat 2", {
    calendar_entity_id: "calendar.airbnb_2",
    read_at: t("16T14:00"),
    next: [
      visit("Daniel Okafor", t("20T15:00"), t("23T11:00"), {
        state: "waits",
        code_at: t("18T15:00"),
      }),
    ],
  }),
  order("bookings", "Harbour House, Flat 3", {
    device_ids: ["flat_3"],
    calendar_entity_id: "calendar.airbnb_3",
    read_at: t("16T14:00"),
    next: [
      visit("Ines Duarte", t("16T15:00"), t("19T11:00"), {
        state: "cancelled",
        codes: idsOf("Ines Duarte"),
      }),
    ],
  }),
  order("bookings", "Club room", {
    calendar_entity_id: "calendar.club",
    device_ids: ["shed"],
    read_at: t("15T09:00"),
    unreadable_since: t("15T09:00"),
  }),
  order("visitor", "Rosa, cleaner", {
    visits: { days: ["mon", "thu"], starts: "12:00", ends: "15:00" },
    next: [
      visit("Rosa, cleaner", t("16T12:00"), t("16T15:00"), {
        state: "here",
        arrived_at: t("16T12:04"),
        codes: idsOf("Rosa, cleaner"),
      }),
      visit("Rosa, cleaner", t("19T12:00"), t("19T15:00"), {
        state: "waits",
        code_at: t("18T12:00"),
      }),
    ],
  }),
];

export const SNAPSHOT: Snapshot = {
  accounts: ACCOUNTS,
  locks: LOCKS,
  codes: [...CODES, ...OTHER_CODES],
  orders: ORDERS,
};

/** What the recorder holds of Flat 2. */
export const HISTORY = [
  { s: "1", a: { entry_id: "5", time: t("16T13:20"), event_type: "opened", text: "Unlocked with NetCode ******", name: "Rosa, cleaner" } },
  { s: "2", a: { entry_id: "4", time: t("16T12:04"), event_type: "opened", text: "Unlocked with NetCode ******", name: "Rosa, cleaner" } },
  { s: "3", a: { entry_id: "3", time: t("16T11:31"), event_type: "denied", text: "a code that is not valid now" } },
  { s: "4", a: { entry_id: "2", time: t("16T09:02"), event_type: "opened", text: "Opened by marek.nowak@example.com" } },
  { s: "5", a: { entry_id: "1", time: t("16T08:58"), event_type: "client", text: "priya.shah@example.com was invited" } },
  { s: "6", a: { entry_id: "0", time: t("15T18:20"), event_type: "opened", text: "Opened by anna.berger@example.com" } },
];

/** Many doors and codes, for the eye and for measuring. */
export function crowd(doors: number, codes: number): Snapshot {
  const locks = Array.from({ length: doors }, (_, index) => ({
    ...lock(`door_${index}`, `Door ${index + 1}`, opened(t("16T13:20"), "Rosa, cleaner")),
    area: `House ${Math.floor(index / 10) + 1}`,
  }));
  const rows = Array.from({ length: codes }, (_, index) =>
    code(`door_${index % doors}`, `Guest ${index + 1}`, t("14T15:00"), t("18T11:00"), {
      lock_name: `Door ${(index % doors) + 1}`,
      order: `order_${Math.floor(index / 2)}`,
      ...(index % 7 ? {} : { spare: true }),
    }),
  );
  return { accounts: ACCOUNTS, locks, codes: rows, orders: [] };
}

/** Many doors and phones; each phone opens every third door. */
export function company(doors: number, phones: number): Snapshot {
  const people = Array.from({ length: phones }, (_, index) => client(`person.${index + 1}@example.com`));
  const locks = Array.from({ length: doors }, (_, index) => ({
    ...lock(`door_${index}`, `Door ${index + 1}`, opened(t("16T13:20"), "Rosa, cleaner")),
    clients: people.filter((_one, number) => (number + index) % 3 === 0),
  }));
  return { accounts: ACCOUNTS, locks, codes: [], orders: [] };
}
