import { html, nothing, type CSSResultGroup, type TemplateResult } from "lit";
import type { LockRow } from "../api/types";
import { AppElement, define, icon } from "../components/element";
import { note } from "../components/note";
import { lockIcon } from "../components/tile";
import { LESSONS, openCoach, type Lesson } from "../dialogs/coach";
import { openMake } from "../dialogs/make";
import { latestText } from "../format/news";
import { at } from "../format/times";
import { base, states, tags } from "../styles/base";
import { layout } from "../styles/layout";
import { rows } from "../styles/lists";
import { tileStyle } from "../styles/tile";
import "../components/timeline";
import "../components/who";

/** One door: who may open it, what happened, what to do at the keypad. */
export class DoorView extends AppElement {
  static override styles: CSSResultGroup = [base, layout, tags, states, rows, tileStyle];
  static override properties = { ...AppElement.properties, deviceId: { attribute: false } };

  declare deviceId: string;
  /** The name of a door that was here: it may vanish while it is looked at. */
  private last: { id: string; name: string } | null = null;

  override render(): TemplateResult {
    const lock = this.app.store.lock(this.deviceId);
    if (!lock) return this.gone();
    this.last = { id: lock.device_id, name: lock.name };
    return html`<div class="stack wide">
      ${this.lead(lock)} ${this.notes(lock)}
      <div class="cols">
        <div><codelocks-who .app=${this.app} .lock=${lock}></codelocks-who></div>
        <div>
          ${lock.entities.activity
            ? html`<codelocks-timeline .app=${this.app} .lock=${lock}></codelocks-timeline>`
            : nothing}
          ${this.keypad(lock)}
        </div>
      </div>
      ${this.mayMake(lock) ? this.floating(lock) : nothing}
    </div>`;
  }

  private mayMake(lock: LockRow): boolean {
    return Boolean(this.app.store.account(lock.entry_id)?.may_issue);
  }

  private lead(lock: LockRow): TemplateResult {
    const { times, words } = this.app;
    const latest = latestText(lock, words);
    const news = lock.last_activity
      ? this.t("door.news", {
          news: latest,
          time: times.moment(at(lock.last_activity), lock.time_zone),
        })
      : latest;
    const kind = lock.model ?? (lock.kind === "kitlock" ? "KitLock" : null);
    const facts = [lock.area, kind, times.zoneName(lock.time_zone)].filter(Boolean).join(" · ");
    const battery =
      lock.battery === null
        ? lock.battery_low
          ? this.t("doors.battery_low")
          : null
        : this.t("doors.battery", { n: lock.battery });
    return html`<div class="lead">
      <span class="pip">${icon(lockIcon(lock))}</span>
      <div class="grow">
        <h2>${news}</h2>
        <span class="sec"
          >${facts}${battery
            ? html` ${facts ? "· " : ""}<span class="battery ${lock.battery_low ? "low" : ""}"
                >${icon(lock.battery_low ? "batteryLow" : "battery", "xs")} ${battery}</span
              >`
            : nothing}</span
        >
      </div>
      ${this.mayMake(lock)
        ? html`<span class="not-phone"
            ><button class="btn fill" ?disabled=${!this.ready(lock)} @click=${this.make}>
              ${icon("keyPlus")}${this.t("door.make_for", { door: lock.name })}
            </button></span
          >`
        : nothing}
    </div>`;
  }

  private notes(lock: LockRow): TemplateResult | typeof nothing {
    if (lock.clock_problem !== "lost") return nothing;
    const run = (): void => openCoach(this.app, lock.device_id, "set_clock");
    return note({
      tone: "warn",
      icon: "clockAlert",
      title: this.t("doors.clock_title"),
      text: this.t("doors.clock_text"),
      ...(lock.keypad.set_clock.length
        ? { action: { label: this.t("coach.set_clock_button"), run } }
        : {}),
    });
  }

  private keypad(lock: LockRow): TemplateResult | typeof nothing {
    const lessons = LESSONS.filter((lesson) => lock.keypad[lesson].length > 0);
    if (!lessons.length) return nothing;
    return html`<ha-card class="card">
      <header><h2>${this.t("door.keypad")}</h2></header>
      <div class="list">${lessons.map((lesson) => this.lesson(lock, lesson))}</div>
    </ha-card>`;
  }

  private lesson(lock: LockRow, lesson: Lesson): TemplateResult {
    const steps = lock.keypad[lesson];
    const key = steps.some((step) => step.what === "master_code") ? "master_steps" : "steps";
    return html`<button
      class="row link"
      @click=${() => openCoach(this.app, lock.device_id, lesson)}
    >
      ${icon(({ block: "blocked", set_clock: "clockAlert", start_anew: "renew" } as const)[lesson])}
      <span class="body"
        ><span>${this.t(`door.${lesson}`)}</span
        ><span class="sec">${this.n(`door.${key}`, steps.length)}</span></span
      >
      ${icon("next", "sec flip")}
    </button>`;
  }

  private floating(lock: LockRow): TemplateResult {
    return html`<div class="phone-only under-fab"></div>
      <button class="btn fill big fab low-fab" ?disabled=${!this.ready(lock)} @click=${this.make}>
        ${icon("keyPlus")}${this.t("make.make_one")}
      </button>`;
  }

  private gone(): TemplateResult {
    const name = this.last?.id === this.deviceId ? this.last.name : null;
    return note({
      tone: "warn",
      icon: "door",
      title: name ? this.t("door.gone_title", { door: name }) : this.t("door.unknown_title"),
      ...(name ? { text: this.t("door.gone_text") } : {}),
      action: { label: this.t("door.back"), run: () => this.app.go("doors") },
    });
  }

  private ready(lock: LockRow): boolean {
    return this.app.store.connected && this.app.store.mayIssue(lock);
  }

  private readonly make = (): void => openMake(this.app, this.deviceId);
}

define("codelocks-door", DoorView);
