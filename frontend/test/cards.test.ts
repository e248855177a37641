import { describe, expect, it } from "vitest";
import names from "virtual:names";
import type { Hass } from "../src/api/ha";
import { readLockCard, readMakeCard } from "../src/cards/config";
import { dashboard, type DashboardConfig } from "../src/cards/dashboard";
import { doorOf, doorsOf } from "../src/cards/registry";
import { registries } from "../dev/dashboard";
import { words } from "./words";

const state = { entity_id: "", state: "91", attributes: { quota: 150 } };
const hass = {
  ...registries(),
  language: "en",
  states: { "sensor.account_netcode_calls_left": state },
} as unknown as Hass;

const built = (config: DashboardConfig = {}, home = hass) =>
  dashboard(config, home, (key) => words.t(key));
const cards = (config: DashboardConfig = {}) =>
  built(config).views.flatMap((view) => view.sections.flatMap((section) => section.cards));
const headings = (config: DashboardConfig = {}) =>
  cards(config)
    .filter((card) => card.type === "heading")
    .map((card) => card.heading);

describe("the dashboard", () => {
  it("has a section for each area, and for what the locks have in common", () => {
    expect(headings()).toEqual([
      "Codes",
      "Courtyard",
      "Harbour House",
      "Second floor",
      "Activity",
      "Calls left this month",
      "Batteries",
    ]);
    expect(cards().filter((card) => card.type === "custom:codelocks-lock-card")).toHaveLength(6);
    expect(cards().find((card) => card.type === "gauge")).toMatchObject({ min: 0, max: 150 });
    expect(built().views[0]?.badges).toHaveLength(5);
  });

  it("has one wide section where no lock has an area", () => {
    const devices = Object.fromEntries(
      Object.entries(hass.devices ?? {}).map(([id, device]) => [id, { ...device, area_id: null }]),
    );
    const [view] = built({}, { ...hass, devices }).views;
    const doors = view?.sections[1];
    expect(doors?.cards[0]?.heading).toBe("Doors");
    expect(doors?.cards).toHaveLength(7);
    expect(doors?.column_span).toBe(2);
    expect(built().views[0]?.sections[1]?.column_span).toBeUndefined();
  });

  it("names what is left by account, where there are several", () => {
    const gauges = (home: Hass) =>
      built({}, home).views[0]?.sections
        .flatMap((section) => section.cards)
        .filter((card) => card.type === "gauge" || card.entity?.toString().startsWith("button."))
        .map((card) => card.name);
    expect(gauges(hass)).toEqual(["Codes", "Reading and phones", "Read all now"]);
    const second = Object.values(hass.entities ?? {}).flatMap((entry) =>
      entry?.device_id === "account" ? [{ ...entry, entity_id: `${entry.entity_id}_2` }] : [],
    );
    const entities = { ...hass.entities, ...Object.fromEntries(second.map((one) => [one.entity_id, one])) };
    expect(gauges({ ...hass, entities })).toEqual(Array(6).fill(undefined));
  });

  it("has a section for each lock, of the chosen ones only", () => {
    const config = { group: "lock", locks: ["gate", "flat_2", "sold"] } as const;
    expect(headings(config).slice(1, 3)).toEqual(["Flat 2", "Gate"]);
    expect(cards(config)[1]).toEqual({
      type: "custom:codelocks-make-code-card",
      locks: ["flat_2", "gate"],
    });
    expect(cards(config).find((card) => card.type === "calendar")).toMatchObject({
      entities: ["calendar.flat_2_netcodes", "calendar.gate_netcodes"],
    });
  });

  it("hides what is not wanted, and takes options that it does not know as not said", () => {
    const hide = ["make", "calendar", "activity", "calls", "batteries"] as const;
    expect(headings({ hide })).toEqual(["Courtyard", "Harbour House", "Second floor"]);
    expect(headings({ hide: "all", locks: 7, group: "floor" } as unknown as DashboardConfig)).toEqual(
      headings(),
    );
    expect(built({ hide }).views[0]?.badges).toEqual([]);
  });

  it("says what to do where there are no locks yet", () => {
    const [view] = built({}, { ...hass, entities: {} }).views;
    expect(view?.sections).toHaveLength(1);
    expect(view?.sections[0]?.cards[0]?.content).toContain("Add your first lock");
  });
});

describe("our entities", () => {
  it("lead to their door, those of an account to none", () => {
    expect(doorOf(hass, "event.gate_activity")?.deviceId).toBe("gate");
    expect(doorOf(hass, "button.account_refresh")).toBeNull();
    expect(doorOf(hass, "light.kitchen")).toBeNull();
    expect(doorsOf({ ...hass, entities: undefined } as unknown as Hass)).toEqual([]);
  });
});

describe("the settings of a card", () => {
  it("have defaults", () => {
    expect(readLockCard({ type: "x", device_id: "gate" })).toEqual({
      type: "x",
      device_id: "gate",
      size: "full",
      show: "names",
    });
    expect(readMakeCard({ type: "x" })).toEqual({
      type: "x",
      title: "",
      locks: [],
      times: ["1h", "2h", "today"],
      name: "",
      size: "full",
    });
  });

  it.each([
    readLockCard({ device_id: "gate", size: "huge" }),
    readLockCard({ device_id: ["gate"] }),
    readLockCard({ device_id: "gate", show: 3 }),
    readMakeCard({ times: ["2h", "next_month"] }),
    readMakeCard({ locks: { area: "cellar" } }),
    readMakeCard({ title: {} }),
  ])("of a later version are known as such", (read) => expect(read).toBeNull());

  it("may name one lock, or times in any order", () => {
    expect(readMakeCard({ locks: "gate", times: ["today", "1h"] })).toMatchObject({
      locks: ["gate"],
      times: ["1h", "today"],
    });
  });
});

describe("names", () => {
  it("of cards and dashboard are known before anything else is", () => {
    expect(Object.keys(names)).toEqual(["de", "en", "es", "fr", "it", "nl", "pl"]);
    expect(names.en).toMatchObject({ lock_name: "Codelocks door", dashboard_title: "Doors" });
  });
});
