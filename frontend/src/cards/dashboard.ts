/** The dashboard that builds itself: pure. */
import type { Hass } from "../api/ha";
import { type Door, doorsOf, LOCK_CARD, MAKE_CARD, ofAccounts } from "./registry";

export const PARTS = ["make", "calendar", "doors", "activity", "calls", "batteries"] as const;
export type Part = (typeof PARTS)[number];

export interface DashboardConfig {
  /** Device ids; all where it is left out. */
  locks?: readonly string[];
  hide?: readonly Part[];
  /** A section for each area, or for each lock. */
  group?: "area" | "lock";
}

type Card = Record<string, unknown> & { type: string };

interface Section {
  type: "grid";
  cards: Card[];
  column_span?: number;
}

export interface Dashboard {
  views: (Record<string, unknown> & { sections: Section[] })[];
}

type Say = (key: string) => string;

const heading = (text: string, icon: string): Card => ({ type: "heading", heading: text, icon });
const wide = { grid_options: { columns: 12 } };
const list = <T>(value: unknown): readonly T[] => (Array.isArray(value) ? (value as T[]) : []);

/** Beyond so many doors the tiles are small. */
const FULL = 8;

/** Options of a later version, or mistaken ones, are taken as not said. */
export function dashboard(config: DashboardConfig, hass: Hass, say: Say): Dashboard {
  const chosen = new Set(list<string>(config.locks));
  const hidden = new Set(list<Part>(config.hide));
  const doors = doorsOf(hass).filter((door) => !chosen.size || chosen.has(door.deviceId));
  const shown = (part: Part, section: Section | null): Section[] =>
    section && !hidden.has(part) ? [section] : [];
  const sections = doors.length
    ? [
        ...codes(doors, hidden, chosen.size > 0, say),
        ...(hidden.has("doors") ? [] : doorSections(doors, config.group === "lock", say)),
        ...shown("calls", calls(hass, say)),
        ...shown("batteries", batteries(doors, say)),
        ...shown("activity", activity(doors, say)),
      ]
    : [nothing(say)];
  return {
    views: [
      {
        title: say("tabs.doors"),
        path: "doors",
        icon: "mdi:door-closed-lock",
        type: "sections",
        max_columns: 3,
        dense_section_placement: true,
        badges: hidden.has("batteries") ? [] : doors.flatMap(weak),
        sections,
      },
    ],
  };
}

function codes(
  doors: readonly Door[],
  hidden: ReadonlySet<Part>,
  some: boolean,
  say: Say,
): Section[] {
  const locks = some ? { locks: doors.map((door) => door.deviceId) } : {};
  const cards: Card[] = [
    ...(hidden.has("make") ? [] : [{ type: `custom:${MAKE_CARD}`, ...locks }]),
    ...(hidden.has("calendar")
      ? []
      : [
          {
            type: "calendar",
            entities: doors.map((door) => door.entities.netcodes),
            initial_view: "listWeek",
            ...wide,
          },
        ]),
  ];
  if (!cards.length) return [];
  return [{ type: "grid", cards: [heading(say("cards.codes"), "mdi:key-chain"), ...cards] }];
}

function doorSections(doors: readonly Door[], alone: boolean, say: Say): Section[] {
  const groups = new Map<string, Door[]>();
  for (const door of doors) {
    const key = alone ? door.name : door.area;
    groups.set(key, [...(groups.get(key) ?? []), door]);
  }
  const size = doors.length > FULL && !alone ? { size: "tile" } : {};
  return [...groups]
    .sort(([a], [b]) => Number(!a) - Number(!b) || a.localeCompare(b))
    .map(([name, found]) => ({
      type: "grid",
      cards: [
        heading(name || say(groups.size > 1 ? "doors.no_area" : "tabs.doors"), "mdi:door-closed-lock"),
        ...found.map(({ deviceId }) => ({
          type: `custom:${LOCK_CARD}`,
          device_id: deviceId,
          ...size,
        })),
      ],
    }));
}

function calls(hass: Hass, say: Say): Section | null {
  // With one account its name would only take the room of what is counted.
  const pools = (key: string, word: string): Card[] => {
    const entities = ofAccounts(hass, key);
    const name = entities.length === 1 ? { name: say(word) } : {};
    return entities.map((entity) => ({ ...gauge(entity), ...name }));
  };
  const gauge = (entity: string): Card => {
    const quota = Number(hass.states[entity]?.attributes.quota);
    const max = quota > 0 ? quota : 100;
    const severity = { green: max * 0.4, yellow: max * 0.2, red: 0 };
    return { type: "gauge", entity, min: 0, max, severity, grid_options: { columns: 6 } };
  };
  const cards = [
    ...pools("netcode_calls_left", "calls.codes"),
    ...pools("utility_calls_left", "calls.reading"),
    ...ofAccounts(hass, "refresh").map((entity, _, all) => ({
      type: "tile",
      entity,
      hide_state: true,
      ...(all.length === 1 ? { name: say("calls.read_all") } : {}),
      ...wide,
    })),
  ];
  if (!cards.length) return null;
  return { type: "grid", cards: [heading(say("cards.calls"), "mdi:counter"), ...cards] };
}

function batteries(doors: readonly Door[], say: Say): Section | null {
  const cards = doors.flatMap((door) => {
    const entity = door.entities.battery ?? door.entities.battery_status;
    return entity ? [{ type: "tile", entity, name: door.name, ...wide }] : [];
  });
  return cards.length
    ? { type: "grid", cards: [heading(say("cards.batteries"), "mdi:battery"), ...cards] }
    : null;
}

function activity(doors: readonly Door[], say: Say): Section | null {
  const news = doors.flatMap((door) => door.entities.activity ?? []);
  if (!news.length) return null;
  const log = {
    type: "logbook",
    target: { entity_id: news },
    hours_to_show: 48,
    grid_options: { columns: "full", rows: 6 },
  };
  return {
    type: "grid",
    column_span: 2,
    cards: [heading(say("cards.activity"), "mdi:history"), log],
  };
}

/** A badge that shows up with a weak battery. */
function weak({ name, entities }: Door): Card[] {
  const entity = entities.battery_low;
  if (!entity) return [];
  return [
    {
      type: "entity",
      entity,
      name,
      show_name: true,
      show_state: false,
      color: "red",
      visibility: [{ condition: "state", entity, state: "on" }],
    },
  ];
}

const nothing = (say: Say): Section => ({
  type: "grid",
  cards: [
    {
      type: "markdown",
      content: `**${say("doors.empty_title")}** ${say("doors.empty_text")}`,
      ...wide,
    },
  ],
});
