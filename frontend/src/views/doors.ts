import { html, nothing, type CSSResultGroup, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { AccountRow, LockRow } from "../api/types";
import { AppElement, define, icon } from "../components/element";
import { empty, note, refused } from "../components/note";
import { Growing } from "../components/growing";
import { at } from "../format/times";
import { add, navigate, settingsOf } from "../state/router";
import { base, states, tags } from "../styles/base";
import { layout } from "../styles/layout";
import { fields } from "../styles/form";
import "../components/tile";

/** From so many doors on there is a field to find one, and headings by area. */
const MANY = 9;

/** Home: a tile for each door. */
export class DoorsView extends AppElement {
  static override styles: CSSResultGroup = [base, layout, tags, states, fields];
  static override properties = { ...AppElement.properties, wanted: { state: true } };

  declare wanted: string;
  private readonly growing = new Growing(this);

  constructor() {
    super();
    this.wanted = "";
  }

  override render(): TemplateResult {
    const { store } = this.app;
    if (!store.accounts.length) return refused(this.app);
    if (!store.locks.length) return this.noLocks();
    const many = store.locks.length >= MANY;
    const found = this.found();
    return html`<h2 class="vh">${this.t("tabs.doors")}</h2>
      <div class="stack">
        ${store.accounts.map((account) => this.accountNotes(account))}
        ${many ? this.find() : nothing}
        ${many && !this.wanted ? this.byArea(found) : this.grid(found)}
        ${found.length ? this.growing.end(found.length) : this.nothingFound()}
      </div>`;
  }

  private found(): LockRow[] {
    const wanted = this.wanted.trim().toLocaleLowerCase(this.app.hass.language);
    return this.app.store.locks.filter((lock) =>
      `${lock.name} ${lock.area ?? ""}`.toLocaleLowerCase(this.app.hass.language).includes(wanted),
    );
  }

  private grid(locks: readonly LockRow[]): TemplateResult {
    return html`<div class="grid">
      ${repeat(
        this.growing.first(locks),
        (lock) => lock.device_id,
        (lock) =>
          html`<codelocks-door-tile .app=${this.app} .lock=${lock}></codelocks-door-tile>`,
      )}
    </div>`;
  }

  private byArea(locks: readonly LockRow[]): TemplateResult {
    const areas = new Map<string, LockRow[]>();
    for (const lock of locks) {
      areas.set(lock.area ?? "", [...(areas.get(lock.area ?? "") ?? []), lock]);
    }
    const names = [...areas.keys()].sort(
      (a, b) => Number(!a) - Number(!b) || a.localeCompare(b, this.app.hass.language),
    );
    const ordered = this.growing.first(names.flatMap((name) => areas.get(name) ?? []));
    const shown = new Set(ordered);
    return html`${repeat(
      names.filter((name) => areas.get(name)?.some((lock) => shown.has(lock))),
      (name) => name,
      (name) =>
        html`<section class="stack">
          <h3>${name || this.t("doors.no_area")}</h3>
          <div class="grid">
            ${repeat(
              areas.get(name)?.filter((lock) => shown.has(lock)) ?? [],
              (lock) => lock.device_id,
              (lock) =>
                html`<codelocks-door-tile .app=${this.app} .lock=${lock}></codelocks-door-tile>`,
            )}
          </div>
        </section>`,
    )}`;
  }

  private find(): TemplateResult {
    const onInput = (event: InputEvent): void => {
      this.wanted = (event.target as HTMLInputElement).value;
    };
    return html`<label class="find"
      >${icon("find")}<input
        type="search"
        .value=${this.wanted}
        placeholder=${this.t("doors.find")}
        aria-label=${this.t("doors.find")}
        @input=${onInput}
    /></label>`;
  }

  private accountNotes(account: AccountRow): TemplateResult | typeof nothing {
    // What Home Assistant asks for stands above the accounts, to which an id would scroll.
    const settings = (): void => navigate(settingsOf());
    const admin = this.app.hass.user?.is_admin;
    if (account.state !== "ok") {
      const refused = account.state === "keys_refused";
      return note({
        tone: "warn",
        icon: "cloudOff",
        title: this.t("account.off_title", { account: account.title }),
        text: this.t(refused ? "account.refused_text" : "account.off_text"),
        ...(admin && refused
          ? { action: { label: this.t("account.keys_button"), run: settings } }
          : {}),
      });
    }
    return account.netcode.left === 0 && account.may_issue ? this.spent(account) : nothing;
  }

  private spent(account: AccountRow): TemplateResult {
    const { times, store, hass } = this.app;
    const zone = hass.config.time_zone;
    const settings = (): void => navigate(settingsOf(account.entry_id));
    const spares = store.locks.filter(
      (lock) => lock.entry_id === account.entry_id && lock.spare_until,
    );
    return html`${note({
      tone: "warn",
      icon: "calls",
      title: this.t("account.spent_title"),
      text: this.t("account.spent_text", {
        day: times.day(at(account.resets_at), zone),
        time: times.time(at(account.resets_at), zone),
      }),
      ...(hass.user?.is_admin
        ? { action: { label: this.t("account.plan_button"), run: settings } }
        : {}),
    })}
    ${spares.map((lock) =>
      note({
        tone: "info",
        icon: "spare",
        text: this.t("account.has_spare", {
          door: lock.name,
          end: times.full(at(lock.spare_until ?? ""), lock.time_zone),
        }),
      }),
    )}`;
  }

  private noLocks(): TemplateResult {
    const button = this.app.hass.user?.is_admin
      ? html`<button class="btn fill" @click=${() => add(this.app.words, "doors.add_kitlock")}>
          ${icon("plus")}${this.t("doors.add_kitlock")}
        </button>`
      : undefined;
    return html`<ha-card class="card"
      >${empty("keypadHint", this.t("doors.empty_title"), this.t("doors.empty_text"), button)}</ha-card
    >`;
  }

  private nothingFound(): TemplateResult {
    const clear = (): void => {
      this.wanted = "";
    };
    const button = html`<button class="btn" @click=${clear}>${this.t("find.clear")}</button>`;
    return html`<ha-card class="card"
      >${empty("find", this.t("find.nothing", { text: this.wanted }), "", button)}</ha-card
    >`;
  }
}

define("codelocks-doors", DoorsView);
