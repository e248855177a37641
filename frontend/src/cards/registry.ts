/** What Home Assistant's registries tell of our locks: pure, and small, as the strategy needs it at once. */
import type { EntityEntry, Hass } from "../api/ha";

export const LOCK_CARD = "codelocks-lock-card";
export const MAKE_CARD = "codelocks-make-code-card";

const entries = (hass: Hass): EntityEntry[] =>
  Object.values(hass.entities ?? {}).flatMap((entry) =>
    entry?.platform === "codelocks" ? [entry] : [],
  );

export interface Door {
  deviceId: string;
  name: string;
  /** Empty: in none. */
  area: string;
  /** Entity ids by translation key. */
  entities: Record<string, string>;
}

/** Every door, by name: what has a calendar of codes is a lock. */
export function doorsOf(hass: Hass): Door[] {
  const found = new Map<string, Record<string, string>>();
  for (const { device_id: id, entity_id: entity, translation_key: key } of entries(hass)) {
    if (id && key) found.set(id, { ...found.get(id), [key]: entity });
  }
  return [...found]
    .filter(([, entities]) => entities.netcodes?.startsWith("calendar."))
    .map(([deviceId, entities]) => {
      const device = hass.devices?.[deviceId];
      const area = hass.areas?.[device?.area_id ?? ""]?.name ?? "";
      return { deviceId, name: device?.name_by_user ?? device?.name ?? "", area, entities };
    })
    .sort((a, b) => a.name.localeCompare(b.name, hass.language));
}

/** The door that an entity belongs to, or null. */
export function doorOf(hass: Hass, entityId: string): Door | null {
  const id = hass.entities?.[entityId]?.device_id;
  return doorsOf(hass).find((door) => door.deviceId === id) ?? null;
}

/** Entities of the accounts with this key. */
export const ofAccounts = (hass: Hass, key: string): string[] =>
  entries(hass)
    .filter((entry) => entry.translation_key === key)
    .map((entry) => entry.entity_id)
    .sort();
