/**
 * What dashboards load: it names the cards and defines the strategy at once, for Home Assistant waits
 * for a strategy only 5 seconds. The cards themselves come behind it; they are drawn when they do.
 */
import names from "virtual:names";
import type { Hass } from "./api/ha";
import { dashboard, type Dashboard, type DashboardConfig } from "./cards/dashboard";
import { doorOf, LOCK_CARD, MAKE_CARD } from "./cards/registry";

const elements = import("./cards/elements");

const STRATEGY = "ll-strategy-dashboard-codelocks";
const PREFIX = "component.codelocks.config_panel.";

interface Listed {
  type: string;
  name: string;
  description: string;
  [more: string]: unknown;
}

/** Lists are shown before anybody gives us `hass`. */
const named = (key: string): string => {
  const { lang } = document.documentElement;
  return names[lang]?.[key] ?? names[lang.split("-")[0] ?? ""]?.[key] ?? names.en?.[key] ?? "";
};

class CodelocksStrategy extends HTMLElement {
  /** Locks that come and go change the dashboard. */
  static readonly registryDependencies = ["entities", "devices", "areas"];

  static async generate(config: DashboardConfig, hass: Hass): Promise<Dashboard> {
    const localize = await hass
      .loadBackendTranslation("config_panel", "codelocks")
      .catch(() => hass.localize);
    return dashboard(config, hass, (key) => localize(PREFIX + key));
  }

  static getCreateSuggestions(): { title: string; icon: string } {
    return { title: named("dashboard_title"), icon: "mdi:door-closed-lock" };
  }

  static async getConfigElement(): Promise<HTMLElement> {
    return (await elements).editor();
  }
}

/** The module may be loaded twice: under two addresses, after an update. */
function list(where: string, entry: Listed): void {
  const lists = window as unknown as Record<string, Listed[] | undefined>;
  const all = (lists[where] ??= []);
  if (!all.some((one) => one.type === entry.type)) all.push(entry);
}

const ours = (key: string) => ({
  get name() {
    return named(`${key}_name`);
  },
  get description() {
    return named(`${key}_text`);
  },
});

if (!customElements.get(STRATEGY)) customElements.define(STRATEGY, CodelocksStrategy);

list("customStrategies", Object.assign(ours("dashboard"), { type: "codelocks", strategyType: "dashboard" }));

const suggest =
  (type: string, about: (deviceId: string) => object) =>
  (hass: Hass, entityId: string): { config: object } | null => {
    const door = doorOf(hass, entityId);
    return door && { config: { type: `custom:${type}`, ...about(door.deviceId) } };
  };

list(
  "customCards",
  Object.assign(ours("lock"), {
    type: LOCK_CARD,
    preview: true,
    getEntitySuggestion: suggest(LOCK_CARD, (id) => ({ device_id: id })),
  }),
);
list(
  "customCards",
  Object.assign(ours("make"), {
    type: MAKE_CARD,
    preview: true,
    getEntitySuggestion: suggest(MAKE_CARD, (id) => ({ locks: [id] })),
  }),
);
