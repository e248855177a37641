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
const half = { grid_options: { columns: 6 } };
const list = <T>(value: unknown): readonly T[] => (Array.isArray(value) ? (value as T[]) : []);

/** Beyond so many doors the tiles are small. */
const FULL = 8;
/** A section with more full tiles than this has two columns. */
const NARROW = 3;

/** Options of a later version, or mistaken ones, are taken as not said. */
export function dashboard(config: DashboardConfig, hass: Hass, say: Say): Dashboard {
  const chosen = new Set(list<string>(config.locks));
  const hidden = new Set(list<Part>(config.hide));
  const doors = doorsOf(hass).filter((door) => !chosen.size || chosen.has(door.deviceId));
  const sections = doors.length
    ? [
        ...codes(doors, hidden, chosen.size > 0, say),
        ...(hidden.has("doors") ? [] : doorSections(doors, config.group === "lock", say)),
        ...(hidden.has("activity") ? [] : activity(doors, say)),
        ...upkeep([
          ...(hidden.has("calls") ? [] : calls(hass, say)),
          ...(hidden.has("batteries") ? [] : batteries(doors, say)),
        ]),
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
  return [{ type: "grid", cards: [heading(say("cards.codes"), "mdi:key-variant"), ...cards] }];
}

function doorSections(doors: readonly Door[], alone: boolean, say: Say): Section[] {
  const groups = new Map<string, Door[]>();
  for (const door of doors) {
    const key = alone ? door.name : door.area;
    groups.set(key, [...(groups.get(key) ?? []), door]);
  }
  const isSmall = doors.length > FULL && !alone;
  const size = isSmall ? { size: "tile" } : {};
  return [...groups]
    .sort(([a], [b]) => Number(!a) - Number(!b) || a.localeCompare(b))
    .map(([name, found]) => ({
      type: "grid",
      ...(found.length > NARROW && !isSmall ? { column_span: 2 } : {}),
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

const upkeep = (cards: Card[]): Section[] => (cards.length ? [{ type: "grid", cards }] : []);

function calls(hass: Hass, say: Say): Card[] {
  const gauge = (entity: string): Card => {
    const quota = Number(hass.states[entity]?.attributes.quota);
    const max = quota > 0 ? quota : 100;
    const severity = { green: max * 0.4, yellow: max * 0.2, red: 0 };
    return { type: "gauge", entity, min: 0, max, severity, ...half };
  };
  const button = (entity: string): Card => ({ type: "tile", entity, hide_state: true, ...wide });
  // With one account its name would only take the room of what is counted.
  const named = (key: string, word: string, show: (entity: string) => Card): Card[] => {
    const entities = ofAccounts(hass, key);
    const name = entities.length === 1 ? { name: say(word) } : {};
    return entities.map((entity) => ({ ...show(entity), ...name }));
  };
  const cards = [
    ...named("netcode_calls_left", "calls.codes", gauge),
    ...named("utility_calls_left", "calls.reading", gauge),
    ...named("refresh", "calls.read_all", button),
  ];
  return cards.length ? [heading(say("cards.calls"), "mdi:counter"), ...cards] : [];
}

function batteries(doors: readonly Door[], say: Say): Card[] {
  const cards = doors.flatMap((door) => {
    const entity = door.entities.battery ?? door.entities.battery_status;
    return entity ? [{ type: "tile", entity, name: door.name, ...half }] : [];
  });
  return cards.length ? [heading(say("cards.batteries"), "mdi:battery"), ...cards] : [];
}

function activity(doors: readonly Door[], say: Say): Section[] {
  const news = doors.flatMap((door) => door.entities.activity ?? []);
  if (!news.length) return [];
  const log = {
    type: "logbook",
    target: { entity_id: news },
    hours_to_show: 48,
    grid_options: { columns: "full", rows: 6 },
  };
  const cards = [heading(say("cards.activity"), "mdi:history"), log];
  return [{ type: "grid", column_span: 2, cards }];
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
