import { html, nothing, type CSSResultGroup, type TemplateResult } from "lit";
import {
  changeClient,
  failureText,
  locksOf,
  namesOf,
  readingLeft,
  tellOutcome,
} from "../components/client-actions";
import { define } from "../components/element";
import { note } from "../components/note";
import { openSheet, Sheet } from "../components/sheet";
import { price } from "../format/people";
import { asked, counted, type Hours, MOST_PERIODS, rowsOf, weekKey } from "../format/week";
import type { App } from "../state/app";
import "../components/week";

/** When somebody may open with a phone, for one door or several. */
export class HoursSheet extends Sheet {
  static override styles: CSSResultGroup = [Sheet.styles];
  static override properties = {
    ...Sheet.properties,
    hours: { state: true },
    busy: { state: true },
    trouble: { state: true },
  };

  declare hours: Hours;
  declare busy: boolean;
  declare trouble: string;
  email = "";
  ids: readonly string[] = [];
  private changed = false;
  private differ = false;

  constructor() {
    super();
    this.hours = { rows: [], schedule: null };
    this.busy = false;
    this.trouble = "";
    this.widest = true;
  }

  begin(): void {
    const weeks = locksOf(this.app, this.ids).flatMap((lock) => {
      const client = lock.clients?.find((one) => one.email === this.email);
      return client ? [client.active_periods] : [];
    });
    this.differ = new Set(weeks.map(weekKey)).size > 1;
    this.hours = { rows: rowsOf(weeks[0] ?? []), schedule: null };
  }

  override render(): TemplateResult {
    return this.frame(this.t("hours.title", { email: this.email }), this.main(), this.foot());
  }

  private main(): TemplateResult {
    const change = (hours: Hours): void => {
      this.changed = true;
      this.trouble = "";
      this.hours = hours;
    };
    return html`<p class="sec">
        ${this.t("hours.lead", { doors: namesOf(this.app, this.ids) })}
      </p>
      ${this.differ ? note({ tone: "info", icon: "hours", text: this.t("hours.differ") }) : nothing}
      <codelocks-week
        .app=${this.app}
        .hours=${this.hours}
        .off=${this.busy}
        .change=${change}
      ></codelocks-week>`;
  }

  private foot(): TemplateResult {
    const n = counted(this.hours);
    const takes = this.t("people.takes", {
      n: price(locksOf(this.app, this.ids), true),
      left: readingLeft(this.app, this.ids),
    });
    const periods = n === null ? "" : this.n("hours.count", MOST_PERIODS, { k: n });
    const may = asked(this.hours) !== null && this.app.store.connected && !this.busy;
    return html`${this.trouble
        ? note({ tone: "bad", icon: "alert", text: this.trouble })
        : nothing}
      <div class="btns">
        <span class="sec small said" role="status">${periods} ${takes}</span>
        <button class="btn" @click=${this.close}>${this.t("dialog.cancel")}</button>
        <button class="btn fill" ?disabled=${!may} @click=${() => void this.save()}>
          ${this.n("hours.save", this.ids.length)}
        </button>
      </div>`;
  }

  protected override get dirty(): boolean {
    return this.changed || this.busy;
  }

  protected override get leaving(): string {
    return this.t("hours.leave");
  }

  private async save(): Promise<void> {
    const data = asked(this.hours);
    if (!data || this.busy) return;
    this.busy = true;
    const { app, email, ids } = this;
    const outcome = await changeClient(app, "update_client", ids, email, data);
    this.busy = false;
    if (!this.isConnected || !outcome.failed.length) {
      if (this.isConnected) app.dialogs.close(this);
      tellOutcome(app, outcome, app.words.n("hours.saved", outcome.done.length, { email }));
      return;
    }
    this.trouble = [failureText(app, outcome), ...outcome.notes].join(" ");
    // Trying again pays only for those that failed.
    this.ids = outcome.failed.map((row) => row.id);
  }
}

define("codelocks-hours", HoursSheet);

export function openHours(app: App, email: string, ids: readonly string[]): void {
  openSheet<HoursSheet>("codelocks-hours", app, { email, ids }, (dialog) => dialog.begin());
}
