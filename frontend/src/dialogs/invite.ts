import { html, nothing, type CSSResultGroup, type TemplateResult } from "lit";
import { changeClient, failureText, locksOf, namesOf, readingLeft, tellOutcome } from "../components/client-actions";
import { chip, doorChips } from "../components/chip";
import { breakable, define, icon } from "../components/element";
import { note } from "../components/note";
import { openSheet, Sheet } from "../components/sheet";
import { hoursText } from "../format/access";
import { peopleOf, price, usualHours } from "../format/people";
import { ALWAYS, asked, counted, type Hours, MOST_PERIODS, rowsOf } from "../format/week";
import type { App } from "../state/app";
import { chips, fields, form } from "../styles/form";
import "../components/week";

/** What the action takes for an address. */
const ADDRESS = /^[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>.]+$/;
const USUAL = 3;

interface Preset {
  label: string;
  hours: Hours;
}

/** Let somebody open doors with a phone. */
export class Invite extends Sheet {
  static override styles: CSSResultGroup = [Sheet.styles, chips, fields, form];
  static override properties = {
    ...Sheet.properties,
    email: { state: true },
    chosen: { state: true },
    hours: { state: true },
    editing: { state: true },
    once: { state: true },
    busy: { state: true },
    trouble: { state: true },
    wanted: { state: true },
  };

  declare email: string;
  declare chosen: ReadonlySet<string>;
  declare hours: Hours;
  declare editing: boolean;
  declare once: boolean;
  declare busy: boolean;
  declare trouble: string;
  declare wanted: string;
  private doors: string[] = [];
  private presets: Preset[] = [];
  private given = "";

  constructor() {
    super();
    this.email = "";
    this.chosen = new Set();
    this.hours = { rows: ALWAYS, schedule: null };
    this.editing = false;
    this.once = false;
    this.busy = false;
    this.trouble = "";
    this.wanted = "";
  }

  begin(app: App, ids: readonly string[]): void {
    const may = app.store.locks.filter((lock) => lock.kind === "k3" && app.store.mayIssue(lock));
    const all = may.map((lock) => lock.device_id);
    this.given = this.email;
    const first = ids.length || all.length > 1 ? ids : all;
    this.chosen = new Set(first.filter((id) => all.includes(id)));
    this.doors = [...this.chosen, ...all.filter((id) => !this.chosen.has(id))];
    const people = peopleOf(may);
    const label = (periods: Parameters<typeof rowsOf>[0], email: string): string =>
      rowsOf(periods).length === 1
        ? hoursText(periods, app.words, app.times)
        : app.words.t("invite.as", { email });
    this.presets = [
      { label: app.words.t("invite.always"), hours: this.hours },
      ...usualHours(people)
        .slice(0, USUAL)
        .map((client) => ({
          label: label(client.active_periods, client.email),
          hours: { rows: rowsOf(client.active_periods), schedule: null },
        })),
    ];
  }

  override render(): TemplateResult {
    return this.frame(this.t("people.invite"), this.main(), this.foot());
  }

  private main(): TemplateResult {
    const onInput = (event: InputEvent): void => {
      this.email = (event.target as HTMLInputElement).value;
      this.trouble = "";
    };
    return html`<label class="field"
        ><span>${this.t("invite.email")}</span
        ><input
          type="email"
          autocomplete="off"
          maxlength="254"
          .value=${this.email}
          ?disabled=${this.busy}
          @input=${onInput}
      /></label>
      ${doorChips(this.app, {
        doors: this.doors,
        chosen: this.chosen,
        most: this.doors.length,
        wanted: this.wanted,
        off: this.busy,
        hint: nothing,
        choose: (chosen) => {
          this.chosen = chosen;
          this.trouble = "";
        },
        find: (wanted) => {
          this.wanted = wanted;
        },
      })}
      ${this.when()} ${this.opens()}`;
  }

  private when(): TemplateResult {
    const choose = (hours: Hours, editing: boolean): void => {
      this.hours = hours;
      this.editing = editing;
    };
    return html`<fieldset ?disabled=${this.busy}>
        <legend>${this.t("people.hours")}</legend>
        <div class="chips">
          ${this.presets.map(({ label, hours }) =>
            chip("radio", "hours", label, !this.editing && this.hours === hours, () =>
              choose(hours, false),
            ),
          )}
          ${chip("radio", "hours", this.t("invite.other"), this.editing, () =>
            choose(this.hours, true),
          )}
        </div>
      </fieldset>
      ${this.editing
        ? html`<codelocks-week
            .app=${this.app}
            .hours=${this.hours}
            .off=${this.busy}
            .change=${(hours: Hours) => choose(hours, true)}
          ></codelocks-week>`
        : nothing}`;
  }

  private opens(): TemplateResult {
    const radio = (key: string, once: boolean): TemplateResult =>
      chip("radio", "often", this.t(key), this.once === once, () => {
        this.once = once;
      });
    return html`<fieldset ?disabled=${this.busy}>
      <legend>${this.t("make.opens_how")}</legend>
      <div class="chips">${radio("make.often", false)}${radio("make.once", true)}</div>
    </fieldset>`;
  }

  private get address(): string {
    return this.email.trim().toLowerCase();
  }

  /** Doors where this address is not yet: a second invitation would be paid for nothing. */
  private get ids(): string[] {
    return this.doors.filter((id) => this.chosen.has(id) && !this.isAt(id));
  }

  private isAt(id: string): boolean {
    const clients = this.app.store.lock(id)?.clients ?? [];
    return clients.some((client) => client.email === this.address);
  }

  private foot(): TemplateResult {
    const { ids } = this;
    return html`${this.trouble ? note({ tone: "bad", icon: "alert", text: this.trouble }) : nothing}
      <div class="preview" role="status">
        ${icon("message")}
        <div>${this.preview(ids)}</div>
      </div>
      <div class="btns">
        <button class="btn" @click=${this.close}>${this.t("dialog.cancel")}</button>
        <button
          class="btn fill"
          ?disabled=${!this.mayInvite(ids)}
          @click=${() => void this.invite(ids)}
        >
          ${ids.length ? this.n("invite.button", ids.length) : this.t("people.invite")}
        </button>
      </div>`;
  }

  private mayInvite(ids: readonly string[]): boolean {
    const { connected } = this.app.store;
    const complete = ADDRESS.test(this.address) && ids.length > 0 && asked(this.hours) !== null;
    return complete && connected && !this.busy;
  }

  private preview(ids: readonly string[]): TemplateResult {
    const { app } = this;
    const already = this.doors.filter((id) => this.chosen.has(id) && this.isAt(id));
    const periods = counted(this.hours);
    const notes = [
      ...(already.length
        ? [this.t("invite.already", { email: this.address, doors: namesOf(app, already) })]
        : []),
      ...(this.editing && periods !== null
        ? [this.n("hours.count", MOST_PERIODS, { k: periods })]
        : []),
      ...(ids.length
        ? [
            this.t("invite.opens"),
            this.t("people.takes", { n: price(locksOf(app, ids)), left: readingLeft(app, ids) }),
          ]
        : []),
    ].join(" ");
    if (!ADDRESS.test(this.address)) {
      return html`<span class="sec">${this.t("invite.no_email")}</span>`;
    }
    const first = ids.length
      ? this.t("invite.goes", { email: this.address })
      : already.length
        ? ""
        : this.t("make.choose_door");
    return html`${first ? html`<span class="b">${breakable(first)}</span><br />` : nothing}<span
        class="sec"
        >${notes}</span
      >`;
  }

  protected override get dirty(): boolean {
    return this.busy || this.email !== this.given;
  }

  protected override get leaving(): string {
    return this.t("invite.leave");
  }

  /** Where the address is known already the doors are what is missing. */
  protected override firstFocus(): HTMLElement | null {
    const known = this.email && !this.chosen.size;
    return this.renderRoot.querySelector<HTMLElement>(known ? ".chip input" : ".field input");
  }

  private async invite(ids: readonly string[]): Promise<void> {
    const data = asked(this.hours);
    if (!data || !this.mayInvite(ids)) return;
    this.busy = true;
    const { app, address: email } = this;
    const always = this.hours.rows === ALWAYS;
    const outcome = await changeClient(app, "add_client", ids, email, {
      access_type: this.once ? "one_time" : "standard",
      ...(always ? {} : data),
    });
    this.busy = false;
    if (!this.isConnected || !outcome.failed.length) {
      if (this.isConnected) app.dialogs.close(this);
      tellOutcome(app, outcome, app.words.n("invite.done", outcome.done.length, { email }));
      return;
    }
    this.trouble = [failureText(app, outcome), ...outcome.notes].join(" ");
    // Trying again pays only for those that failed.
    this.chosen = new Set(outcome.failed.map((row) => row.id));
  }
}

define("codelocks-invite", Invite);

/** Open *Invite somebody*, with an address and doors where they are known. */
export function openInvite(app: App, email = "", ids: readonly string[] = []): void {
  const may = app.store.locks.some((lock) => lock.kind === "k3" && app.store.mayIssue(lock));
  if (!may || !app.store.connected) return;
  openSheet<Invite>("codelocks-invite", app, { email }, (dialog) => dialog.begin(app, ids));
}
