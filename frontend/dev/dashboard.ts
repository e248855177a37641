/** A mock of a dashboard: our cards in the columns of Home Assistant's sections. */
import type { Hass } from "../src/api/ha";
import { LOCKS } from "./fixtures";

interface CardElement extends HTMLElement {
  hass: Hass;
  setConfig(config: object): void;
  getGridOptions(): { columns: number; rows: number | string };
}

const LOCK = "codelocks-lock-card";
const MAKE = "codelocks-make-code-card";

const SECTIONS: { title: string; cards: Record<string, unknown>[] }[] = [
  {
    title: "Make a code, full",
    cards: [
      { type: MAKE, locks: ["flat_2", "gate", "flat_1"] },
      { type: MAKE, size: "tile", locks: ["flat_2", "gate"] },
      { type: MAKE, size: "tile", title: "Cleaner", name: "Rosa, cleaner", times: ["2h"], locks: ["flat_2"] },
    ],
  },
  {
    title: "One door; of a later version",
    cards: [
      { type: MAKE, title: "Office", locks: ["office"] },
      { type: MAKE, size: "round" },
      { type: MAKE, locks: ["sold"] },
    ],
  },
  {
    title: "Doors, tile and full",
    cards: [
      { type: LOCK, device_id: "gate", size: "tile" },
      { type: LOCK, device_id: "flat_3", size: "tile" },
      { type: LOCK, device_id: "office", size: "tile", columns: 12 },
      { type: LOCK, device_id: "flat_2" },
      { type: LOCK, device_id: "flat_3", show: "counts" },
      { type: LOCK, device_id: "sold" },
    ],
  },
];

/** The registries of the fixtures' locks. */
export function registries(): Pick<Hass, "entities" | "devices" | "areas" | "panels"> {
  const entities: NonNullable<Hass["entities"]> = {};
  const add = (entity_id: string, device_id: string, translation_key: string): void => {
    entities[entity_id] = { entity_id, device_id, translation_key, platform: "codelocks" };
  };
  for (const { device_id: id, kind } of LOCKS) {
    add(`calendar.${id}_netcodes`, id, "netcodes");
    add(`sensor.${id}_active_netcodes`, id, "active_netcodes");
    if (kind === "kitlock") continue;
    add(`event.${id}_activity`, id, "activity");
    add(`sensor.${id}_battery_status`, id, "battery_status");
    add(`binary_sensor.${id}_battery_low`, id, "battery_low");
  }
  add("sensor.account_netcode_calls_left", "account", "netcode_calls_left");
  add("sensor.account_utility_calls_left", "account", "utility_calls_left");
  add("button.account_refresh", "account", "refresh");
  const areas = [...new Set(LOCKS.map((lock) => lock.area))];
  return {
    entities,
    devices: Object.fromEntries(
      LOCKS.map(({ device_id, name, area }) => [device_id, { name, area_id: area }]),
    ),
    areas: Object.fromEntries(areas.map((area) => [area, { name: area ?? "" }])),
    panels: { codelocks: {} },
  };
}

export function showDashboard(root: Element, hass: Hass): void {
  const title = document.createElement("h1");
  title.textContent = "Home";
  root.append(title);
  const main = document.createElement("main");
  main.className = "sections";
  for (const { title, cards } of SECTIONS) {
    const section = document.createElement("div");
    section.className = "section";
    const heading = document.createElement("h2");
    heading.textContent = title;
    section.append(heading);
    for (const { type, ...config } of cards) {
      const card = document.createElement(String(type)) as CardElement;
      card.setConfig({ type: `custom:${type}`, ...config });
      card.hass = hass;
      const { columns, rows } = card.getGridOptions();
      const box = document.createElement("div");
      box.style.gridColumn = `span ${config.columns ?? columns}`;
      if (rows === 1) box.style.height = "56px";
      box.append(card);
      section.append(box);
    }
    main.append(section);
  }
  root.append(main);
}
