import { DAY } from "../format/times";
import type { Hass } from "./ha";
import type { ActivityType } from "./types";

export interface Entry {
  time: number;
  type: ActivityType;
  text: string | null;
  name: string | null;
}

interface HistoryState {
  /** State, attributes, last changed and last updated: Home Assistant's short names. */
  s: string;
  a?: Record<string, unknown>;
  lc?: number;
  lu?: number;
}

const text = (value: unknown): string | null => (typeof value === "string" && value ? value : null);

/** Read the news of a day at the lock from the recorder, newest first. */
export async function timeline(hass: Hass, entityId: string, start: number, end: number): Promise<Entry[]> {
  // News comes late, when a phone or gateway meets the lock: it is recorded after it happened.
  const answer = await hass.callWS<Record<string, HistoryState[] | undefined>>({
    type: "history/history_during_period",
    start_time: new Date(start).toISOString(),
    end_time: new Date(end + 2 * DAY).toISOString(),
    entity_ids: [entityId],
    minimal_response: false,
    no_attributes: false,
    significant_changes_only: false,
    include_start_time_state: false,
  });
  return entries(answer[entityId] ?? [], start, end);
}

export function entries(states: readonly HistoryState[], from: number, until: number): Entry[] {
  const found = new Map<string, Entry>();
  for (const { a: attributes } of states) {
    const time = Date.parse(text(attributes?.time) ?? "");
    if (!attributes || Number.isNaN(time) || time < from || time >= until) continue;
    // A restart records the same entry once more.
    found.set(`${String(attributes.entry_id)} ${time}`, {
      time,
      type: (text(attributes.event_type) ?? "other") as ActivityType,
      text: text(attributes.text),
      name: text(attributes.name),
    });
  }
  return [...found.values()].sort((a, b) => b.time - a.time);
}
