import { html, type CSSResultGroup, type TemplateResult } from "lit";
import type { Hass } from "../api/ha";
import { chip } from "../components/chip";
import { AppElement, define } from "../components/element";
import { base } from "../styles/base";
import { chips, form } from "../styles/form";
import { layout } from "../styles/layout";
import { app } from "./card";
import { type DashboardConfig, type Part, PARTS } from "./dashboard";
import { doorsOf } from "./registry";

/** The settings of the dashboard: which locks, what to show. */
export class DashboardEditor extends AppElement {
  static override styles: CSSResultGroup = [base, layout, chips, form];
  static override properties = { ...AppElement.properties, config: { state: true } };

  declare config: DashboardConfig;

  constructor() {
    super();
    this.app = app;
    this.config = {};
  }

  set hass(hass: Hass) {
    app.setHass(hass);
  }

  setConfig(config: DashboardConfig): void {
    this.config = config;
  }

  override render(): TemplateResult {
    if (!app.ready) return html``;
    const { locks = [], hide = [], group = "area" } = this.config;
    const radio = (value: "area" | "lock"): TemplateResult =>
      chip("radio", "group", this.t(`cards.group_${value}`), group === value, () =>
        this.change({ group: value }),
      );
    return html`<div class="stack">
      ${this.field("cards.form_locks", [
        ...doorsOf(app.hass).map(({ deviceId, name }) =>
          chip("checkbox", "lock", name, locks.includes(deviceId), (on) =>
            this.change({ locks: toggled(locks, deviceId, on) }),
          ),
        ),
      ])}
      ${this.field("cards.form_show", [
        ...PARTS.map((part: Part) =>
          chip("checkbox", "part", this.t(`cards.part_${part}`), !hide.includes(part), (on) =>
            this.change({ hide: toggled(hide, part, !on) }),
          ),
        ),
      ])}
      ${this.field("cards.form_group", [radio("area"), radio("lock")])}
    </div>`;
  }

  private field(key: string, choices: readonly TemplateResult[]): TemplateResult {
    return html`<fieldset>
      <legend>${this.t(key)}</legend>
      <div class="chips">${choices}</div>
    </fieldset>`;
  }

  private change(change: Partial<DashboardConfig>): void {
    const config = { ...this.config, ...change };
    this.config = config;
    const detail = { config };
    this.dispatchEvent(new CustomEvent("config-changed", { detail, bubbles: true, composed: true }));
  }
}

function toggled<T>(all: readonly T[], one: T, on: boolean): T[] {
  const others = all.filter((other) => other !== one);
  return on ? [...others, one] : others;
}

define("codelocks-dashboard-editor", DashboardEditor);
