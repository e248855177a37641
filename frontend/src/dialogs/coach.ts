import { html, nothing, type CSSResultGroup, type TemplateResult } from "lit";
import type { KeypadStep, LockRow } from "../api/types";
import { define, icon } from "../components/element";
import { note } from "../components/note";
import { openSheet, Sheet } from "../components/sheet";
import { filledIn, keysOf, type Clock, clockAt } from "../format/keypad";
import type { App } from "../state/app";
import { navigate, settingsOf } from "../state/router";
import { coachStyle } from "../styles/dialog";

export const LESSONS = ["block", "set_clock", "start_anew"] as const;
export type Lesson = (typeof LESSONS)[number];

/** What to do at the keypad, one step at a time. */
export class Coach extends Sheet {
  static override styles: CSSResultGroup = [Sheet.styles, coachStyle];
  static override properties = { ...Sheet.properties, at: { state: true } };

  declare at: number;
  deviceId = "";
  lesson: Lesson = "set_clock";
  /** What the lock's clock should show: read when the step opens, not while it is typed. */
  private clock!: Clock;

  constructor() {
    super();
    this.at = 0;
  }

  private get lock(): LockRow | undefined {
    return this.app.store.lock(this.deviceId);
  }

  begin(): void {
    this.read();
  }

  override render(): TemplateResult {
    const { lock } = this;
    if (!lock) return this.frame(this.t("coach.gone"), html``, this.doneFoot());
    const title = this.t(`coach.${this.lesson}`, { lock: lock.name });
    const steps = lock.keypad[this.lesson];
    const step = steps[this.at];
    if (!step) return this.frame(title, this.end(), this.doneFoot());
    return this.frame(title, this.step(step, steps.length), this.foot(step));
  }

  private step(step: KeypadStep, count: number): TemplateResult {
    const answer = this.t(`coach.answer_${step.answer}`);
    const i = this.at + 1;
    return html`<ol class="steps" aria-hidden="true">
        ${Array.from({ length: count }, (_, index) =>
          index <= this.at ? html`<li class="on"></li>` : html`<li></li>`,
        )}
      </ol>
      <div class="lesson">
        <span class="sec">${this.t("coach.step", { i, n: count })}</span>
        <span class="do" tabindex="-1"
          >${this.t("coach.type", { what: this.t(`coach.what_${step.what}`) })}</span
        >
        ${this.keys(step)}
      </div>
      ${this.lesson === "start_anew" && this.at === 0
        ? note({ tone: "warn", icon: "warning", text: this.t("coach.anew_before") })
        : nothing}
      ${note({
        tone: "info",
        icon: "keypadHint",
        ...(step.answer === "none"
          ? { text: answer }
          : { title: this.t("coach.answers"), text: `${answer} ${this.t("coach.wait")}` }),
      })}
      <details>
        <summary class="btn plain more">
          ${this.t("coach.other")}${icon("down", "s turn")}
        </summary>
        <ul class="hints">
          <li>${this.t("coach.hint_again")}</li>
          <li>${this.t("coach.hint_master")}</li>
          <li>${this.t("coach.hint_wait")}</li>
        </ul>
        <button class="btn plain" @click=${() => this.go(0)}>${this.t("coach.restart")}</button>
      </details>`;
  }

  private keys(step: KeypadStep): TemplateResult | typeof nothing {
    if (step.keys === null) {
      return html`<span class="sec">${this.t(`coach.secret_${step.what}`)}</span>`;
    }
    const keys = keysOf(filledIn(step.keys, this.clock));
    const means =
      step.what === "date" || step.what === "time"
        ? this.t(`coach.means_${step.what}`, { ...this.clock })
        : null;
    return html`<div class="keys" role="img" aria-label=${keys.join(" ")}>
        ${keys.map((key) => html`<span class="key" aria-hidden="true">${key}</span>`)}
      </div>
      ${means ? html`<span class="sec">${means}</span>` : nothing}`;
  }

  private end(): TemplateResult {
    const anew = this.lesson === "start_anew";
    const settings = (): void => navigate(settingsOf(this.lock?.entry_id));
    return html`<div class="lesson" role="status">
        <span class="do" tabindex="-1">${this.t(anew ? "coach.anew_done" : "coach.done")}</span>
      </div>
      ${anew && this.app.hass.user?.is_admin
        ? html`<button class="btn tonal" @click=${settings}>
            ${icon("open", "s")}${this.t("more.settings")}
          </button>`
        : nothing}`;
  }

  private foot(step: KeypadStep): TemplateResult {
    return html`<div class="btns">
      <button class="btn tonal" ?disabled=${this.at === 0} @click=${() => this.go(this.at - 1)}>
        ${this.t("page.back")}
      </button>
      <button class="btn fill" @click=${() => this.go(this.at + 1)}>
        ${this.t(`coach.did_${step.answer}`)}
      </button>
    </div>`;
  }

  private doneFoot(): TemplateResult {
    return html`<div class="btns">
      <button class="btn fill" @click=${this.close}>${this.t("dialog.done")}</button>
    </div>`;
  }

  private go(step: number): void {
    this.at = step;
    this.read();
    void this.updateComplete.then(() => this.firstFocus()?.focus());
  }

  private read(): void {
    this.clock = clockAt(this.app.now(), this.lock?.keypad.clock_offset ?? 0);
  }

  protected override firstFocus(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>(".do");
  }
}

define("codelocks-coach", Coach);

export function openCoach(app: App, deviceId: string, lesson: Lesson): void {
  openSheet<Coach>("codelocks-coach", app, { deviceId, lesson }, (coach) => coach.begin());
}
