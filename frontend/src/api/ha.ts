/** The part of Home Assistant's `hass` that the page uses: its stable surface only. */

export interface HassEntity {
  entity_id: string;
  state: string;
  attributes: Record<string, unknown> & { friendly_name?: string };
}

export interface Locale {
  language: string;
  /** `language`, `system`, `12` or `24`. */
  time_format: string;
  /** `language`, `system`, `monday` and so on. */
  first_weekday: string;
  date_format?: string;
  time_zone?: string;
}

export type Localize = (key: string, values?: Record<string, unknown>) => string;

export interface Connection {
  connected: boolean;
  subscribeMessage<T>(
    callback: (message: T) => void,
    message: { type: string },
    options?: { resubscribe?: boolean },
  ): Promise<() => Promise<void>>;
  addEventListener(event: "ready" | "disconnected", callback: () => void): void;
  removeEventListener(event: "ready" | "disconnected", callback: () => void): void;
}

export interface Hass {
  connection: Connection;
  connected: boolean;
  language: string;
  locale: Locale;
  config: { time_zone: string };
  /** `always_hidden`: the sidebar opens by the menu button on any width. */
  dockedSidebar?: string;
  user?: { id: string; name: string; is_admin: boolean };
  states: Record<string, HassEntity>;
  entities?: Record<string, EntityEntry | undefined>;
  devices?: Record<string, DeviceEntry | undefined>;
  areas?: Record<string, { name: string } | undefined>;
  /** Pages of the sidebar, by path. */
  panels?: Record<string, unknown>;
  localize: Localize;
  callWS<T>(message: Record<string, unknown> & { type: string }): Promise<T>;
  loadBackendTranslation(category: string, integration?: string): Promise<Localize>;
  formatEntityName?: (entity: HassEntity, type: unknown) => string;
}

/** The registries as the front end has them. */
export interface EntityEntry {
  entity_id: string;
  device_id?: string;
  platform?: string;
  translation_key?: string;
}

export interface DeviceEntry {
  name?: string | null;
  name_by_user?: string | null;
  area_id?: string | null;
}

export interface Route {
  prefix: string;
  path: string;
}
