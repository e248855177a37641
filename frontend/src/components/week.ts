import { html, nothing, type CSSResultGroup, type TemplateResult } from "lit";
import { schedule } from "../api/actions";
import type { Weekday } from "../api/types";
import { daysText, hoursText } from "../format/access";
import {
  blocksOf,
  DAY_END,
  type Hours,
  isOverMidnight,
  isPossible,
  MOST_PERIODS,
  periodsOf,
  type Row,
  rowsOfSchedule,
  WEEK,
} from "../format/week";
import { nameOf } from "../state/app";
import { base } from "../styles/base";
import { fields } from "../styles/form";
import { details, pop } from "../styles/lists";
import { weekStyle } from "../styles/people";
import { AppElement, define, icon } from "./element";
import { menu } from "./menu";

const STEP = 15;
/** Beneath so many minutes there is room for "9 to 13" only. */
const SHORT = 300;
const NEW: Row = { days: WEEK.slice(0, 5), from: 9 * 60, to: 17 * 60 };

/** Hours of a week: a picture, and the rows beneath that are the editor. */
export class WeekEditor extends AppElement {
  static override styles: CSSResultGroup = [base, fields, pop, details, weekStyle];
  static override properties = {
    ...AppElement.properties,
    hours: { attribute: false },
    off: { attribute: false },
    trouble: { state: true },
  };

  declare hours: Hours;
  declare off: boolean;
  declare trouble: string;
  change: (hours: Hours) => void = () => undefined;

  constructor() {
    super();
    this.off = false;
    this.trouble = "";
  }

  override render(): TemplateResult {
    const { schedule: helper, rows } = this.hours;
    return html`${this.picture()}
      <div>
        ${helper === null ? rows.map((row, index) => this.row(row, index)) : this.helper(helper)}
        <div class="btns">${helper === null ? this.add() : nothing}${this.helpers()}</div>
        ${this.trouble ? html`<p role="alert">${this.trouble}</p>` : nothing}
      </div>`;
  }

  /** Days in the order of the user's week. */
  private get days(): number[] {
    const first = this.app.times.firstDay();
    return WEEK.map((_, index) => (first + index) % 7);
  }

  private picture(): TemplateResult {
    const { times, words } = this.app;
    const blocks = blocksOf(this.hours.rows);
    const said = hoursText(periodsOf(this.hours.rows.filter(isPossible)), words, times);
    return html`<div class="week" role="img" aria-label=${said || this.t("hours.never")}>
      ${this.days.map(
        (day) =>
          html`<span class="sec">${times.weekdayName(day)}</span>
            <div class="bar">
              ${(blocks[day] ?? []).map(([from, to]) => {
                const share = (minutes: number): number => (minutes / DAY_END) * 100;
                const style = `left:${share(from)}%;width:${share(to - from)}%`;
                const say = to - from < SHORT ? "hour" : "dayMinute";
                const [start, end] = [times[say](from), times[say](to)];
                return html`<span style=${style}>${this.t("time.window", { start, end })}</span>`;
              })}
            </div>`,
      )}
      <span></span>
      <div class="axis">
        ${[0, 6, 12, 18, 24].map((hour) => html`<span>${times.dayMinute(hour * 60)}</span>`)}
      </div>
    </div>`;
  }

  private row(row: Row, index: number): TemplateResult {
    const { times, words } = this.app;
    const label = daysText(row.days, words, times);
    return html`<div class="period">
      <div class="days" role="group" aria-label=${this.t("hours.days")}>
        ${this.days.map((day) => this.day(row, index, day))}
      </div>
      ${this.time(row, index, "from")}${this.time(row, index, "to")}
      <button
        class="ib sec"
        aria-label=${`${this.t("hours.remove")}: ${label}`}
        ?disabled=${this.off}
        @click=${() => this.set(this.hours.rows.filter((_, other) => other !== index))}
      >
        ${icon("delete")}
      </button>
      ${this.hint(row)}
    </div>`;
  }

  private hint(row: Row): TemplateResult | typeof nothing {
    const key = !row.days.length
      ? "hours.no_days"
      : row.from === row.to
        ? "hours.no_time"
        : isOverMidnight(row)
          ? "hours.next_day"
          : "";
    return key ? html`<p class="small sec" role="status">${this.t(key)}</p>` : nothing;
  }

  private day(row: Row, index: number, number: number): TemplateResult {
    const day = WEEK[number] as Weekday;
    const onChange = (event: Event): void => {
      const { checked } = event.target as HTMLInputElement;
      const days = WEEK.filter((one) => (one === day ? checked : row.days.includes(one)));
      this.put(index, { ...row, days });
    };
    return html`<label class="day"
      ><input
        type="checkbox"
        .checked=${row.days.includes(day)}
        ?disabled=${this.off}
        @change=${onChange}
      />${this.app.times.weekdayName(number)}</label
    >`;
  }

  /** A list, not a clock: wall tablets have no keyboard, and browsers do not know the user's 12 or 24 hours. */
  private time(row: Row, index: number, which: "from" | "to"): TemplateResult {
    const onChange = (event: Event): void => {
      this.put(index, { ...row, [which]: Number((event.target as HTMLSelectElement).value) });
    };
    const first = which === "from" ? 0 : STEP;
    const steps = Array.from({ length: DAY_END / STEP }, (_, step) => first + step * STEP);
    const offered = steps.includes(row[which])
      ? steps
      : [...steps, row[which]].sort((a, b) => a - b);
    return html`<label class="field"
      ><span>${this.t(`make.${which}`)}</span
      ><select ?disabled=${this.off} @change=${onChange}>
        ${offered.map(
          (minute) =>
            html`<option value=${minute} .selected=${minute === row[which]}>
              ${this.app.times.dayMinute(minute)}
            </option>`,
        )}
      </select></label
    >`;
  }

  private add(): TemplateResult {
    const full = periodsOf(this.hours.rows).length >= MOST_PERIODS;
    return html`<button
      class="btn plain"
      ?disabled=${this.off || full}
      @click=${() => this.set([...this.hours.rows, NEW])}
    >
      ${icon("plus", "s")}${this.t("hours.add")}
    </button>`;
  }

  private helpers(): TemplateResult | typeof nothing {
    const { states, language } = this.app.hass;
    const found = Object.values(states)
      .filter((entity) => entity.entity_id.startsWith("schedule."))
      .sort((a, b) => nameOf(a).localeCompare(nameOf(b), language));
    if (!found.length || this.off) return nothing;
    const items = found.map((entity) => ({
      icon: "schedule" as const,
      label: nameOf(entity),
      run: () => void this.take(entity.entity_id, nameOf(entity)),
    }));
    const content = html`${icon("schedule", "s")}${this.t("hours.helper")}`;
    return menu("", items, { class: "btn plain", content });
  }

  /** More hours than we can join: the server finds the fewest periods when they are saved. */
  private helper(entityId: string): TemplateResult {
    const entity = this.app.hass.states[entityId];
    const name = entity ? nameOf(entity) : entityId;
    return html`<p>${this.t("hours.as_helper", { name })}</p>`;
  }

  /** Copied once: what the helper says later changes nothing. */
  private async take(entityId: string, name: string): Promise<void> {
    try {
      const rows = rowsOfSchedule(await schedule(this.app.hass, entityId));
      this.trouble = rows.length ? "" : this.t("hours.helper_empty", { name });
      const many = rows.length > MOST_PERIODS;
      if (rows.length) this.change({ rows, schedule: many ? entityId : null });
    } catch (error) {
      this.trouble = this.app.words.reason(error) || this.t("hours.helper_empty", { name });
    }
  }

  private put(index: number, row: Row): void {
    this.set(this.hours.rows.map((old, other) => (other === index ? row : old)));
  }

  private set(rows: readonly Row[]): void {
    this.trouble = "";
    this.change({ rows, schedule: null });
  }
}

define("codelocks-week", WeekEditor);
