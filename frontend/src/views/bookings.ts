import { html, nothing, type CSSResultGroup, type TemplateResult } from "lit";
import type { OrderRow } from "../api/types";
import { AppElement, breakable, define, icon } from "../components/element";
import type { IconName } from "../components/icons";
import { empty, note, refused, tag } from "../components/note";
import { openCoach } from "../dialogs/coach";
import { openMake } from "../dialogs/make";
import { openSend } from "../dialogs/send";
import { periodText } from "../format/access";
import { type Arrival, arrivals, doorsOf, opensUntil, uncovered } from "../format/bookings";
import { at } from "../format/times";
import { isolate } from "../format/words";
import { nameOf } from "../state/app";
import { add, address, navigate, settingsOf } from "../state/router";
import { base, states, tags } from "../styles/base";
import { layout } from "../styles/layout";
import { rows } from "../styles/lists";

const visitIcon = (order: OrderRow): IconName => (order.kind === "bookings" ? "bed" : "invited");

/** Who comes next, by calendars and regular visits, and where these come from. */
export class BookingsView extends AppElement {
  static override styles: CSSResultGroup = [base, layout, tags, states, rows];

  override render(): TemplateResult {
    const { store } = this.app;
    if (!store.accounts.length) return refused(this.app);
    const heading = html`<h2 class="vh">${this.t("tabs.bookings")}</h2>`;
    if (!store.orders.length) {
      return html`${heading}<ha-card class="card">${this.nothingYet()}</ha-card>`;
    }
    return html`${heading}
      <div class="cols">
        <div>${this.who()}</div>
        <div>${this.sources()}</div>
      </div>`;
  }

  private nothingYet(): TemplateResult {
    const button = this.app.hass.user?.is_admin
      ? html`<button class="btn fill" @click=${() => add(this.app.words, "bookings.add_calendar")}>
          ${icon("plus")}${this.t("bookings.add_calendar")}
        </button>`
      : undefined;
    return empty("bookings", this.t("bookings.empty_title"), this.t("bookings.empty_text"), button);
  }

  private who(): TemplateResult {
    const { store } = this.app;
    const { needs, here, next } = arrivals(store.orders, store.codes, this.app.now());
    const short = store.accounts
      .map((account) => uncovered(account, next, store.locks))
      .reduce((sum, n) => sum + n, 0);
    return html`<ha-card class="card">
      <header><h2>${this.t("bookings.who")}</h2></header>
      ${short
        ? html`<div class="pad">
            ${note({ tone: "warn", icon: "calls", text: this.n("bookings.too_few", short) })}
          </div>`
        : nothing}
      ${this.group(this.t("bookings.needs"), needs)} ${this.group(this.t("bookings.here"), here)}
      ${this.days(next).map(([day, list]) => this.group(day, list))}
      ${needs.length + here.length + next.length
        ? nothing
        : html`<p class="none sec">${this.t("bookings.nobody")}</p>`}
    </ha-card>`;
  }

  /** By the day of arrival; who should be here already is under today. */
  private days(list: readonly Arrival[]): [string, Arrival[]][] {
    const days = new Map<string, Arrival[]>();
    for (const arrival of list) {
      const moment = Math.max(arrival.start, this.app.now());
      const day = this.app.times.heading(moment, this.zone(arrival));
      days.set(day, [...(days.get(day) ?? []), arrival]);
    }
    return [...days];
  }

  private group(title: string, list: readonly Arrival[]): TemplateResult | typeof nothing {
    if (!list.length) return nothing;
    return html`<h3 class="sub">${title}</h3>
      <div class="list">${list.map((arrival) => this.row(arrival))}</div>`;
  }

  private row(arrival: Arrival): TemplateResult {
    const { order, visit, start, end } = arrival;
    const zone = this.zone(arrival);
    return html`<div class="row">
      ${icon(visitIcon(order))}
      <div class="body">
        <span class="two b">${breakable(visit.title)}</span>
        <span class="sec"
          >${this.names(doorsOf(arrival))} · ${this.app.times.short(start, end, zone)}</span
        >
        <span class="tags">${this.tag(arrival, zone)}</span>
      </div>
      <div class="end">${this.action(arrival)}</div>
    </div>`;
  }

  private tag(arrival: Arrival, zone: string): TemplateResult {
    const { visit } = arrival;
    const { times } = this.app;
    const when = (iso: string | null): string => (iso ? times.end(at(iso), zone) : "");
    if (visit.state === "cancelled") {
      const end = times.end(opensUntil(arrival), zone);
      return tag("warn", "blocked", this.t("bookings.cancelled", { end }));
    }
    if (visit.problem !== null) return tag("bad", "warning", visit.problem);
    if (visit.state === "here" && visit.arrived_at) {
      return tag("ok", "ok", this.t("bookings.arrived", { time: when(visit.arrived_at) }));
    }
    if (visit.sent_at) return tag("ok", "ok", this.t("bookings.sent", { time: when(visit.sent_at) }));
    if (visit.codes.length || !visit.code_at) {
      return tag("ok", "ok", this.t("bookings.code_made"));
    }
    return tag("", "clock", this.t("door.code_comes", { time: when(visit.code_at) }));
  }

  /** What helps: of a problem, of a cancelled booking; else the way to its codes. */
  private action(arrival: Arrival): TemplateResult | typeof nothing {
    const { visit, codes } = arrival;
    const { app } = this;
    const [first] = codes;
    if (visit.state === "cancelled" && first) {
      const doors = doorsOf(arrival);
      const block = app.store.lock(first.device_id)?.keypad.block.length;
      // Several doors are blocked one by one, from their rows.
      if (doors.length > 1 || !block) return this.chevron(arrival);
      const run = (): void => openCoach(app, first.device_id, "block");
      return html`<button class="btn plain" @click=${run}>${this.t("codes.how_to_block")}</button>`;
    }
    if (visit.problem !== null && first) {
      const ids = codes.map((code) => code.id);
      return html`<button class="btn plain" @click=${() => openSend(app, ids)}>
        ${this.t("bookings.send_again")}
      </button>`;
    }
    if (visit.problem !== null) return this.makeFor(arrival);
    return this.chevron(arrival);
  }

  private makeFor({ order, visit }: Arrival): TemplateResult | typeof nothing {
    const { store } = this.app;
    const doors = order.device_ids.filter((id) => {
      const lock = store.lock(id);
      return lock && store.mayIssue(lock);
    });
    if (!doors.length) return nothing;
    const make = (): void => openMake(this.app, doors[0], visit.title, doors);
    return html`<button class="btn plain" ?disabled=${!store.connected} @click=${make}>
      ${this.t("make.make_one")}
    </button>`;
  }

  private chevron({ visit, codes }: Arrival): TemplateResult | typeof nothing {
    const [first] = codes;
    if (!first) return nothing;
    const path = address("codes", first.id);
    const go = (event: MouseEvent): void => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
      event.preventDefault();
      navigate(path);
    };
    return html`<a
      class="ib sec"
      href=${path}
      aria-label=${this.t("bookings.codes_of", { name: visit.title })}
      @click=${go}
      >${icon("next", "flip")}</a
    >`;
  }

  private sources(): TemplateResult {
    const admin = this.app.hass.user?.is_admin;
    const button = (key: string): TemplateResult =>
      html`<button class="btn plain" @click=${() => add(this.app.words, key)}>
        ${icon("plus", "s")}${this.t(key)}
      </button>`;
    return html`<ha-card class="card">
      <header><h2>${this.t("bookings.sources")}</h2></header>
      <div class="list">${this.app.store.orders.map((order) => this.source(order))}</div>
      ${admin
        ? html`<div class="foot">
            ${button("bookings.add_calendar")}${button("bookings.add_visitor")}
          </div>`
        : nothing}
    </ha-card>`;
  }

  private source(order: OrderRow): TemplateResult {
    const name = order.kind === "bookings" ? "calendarSync" : "invited";
    const body = html`${icon(name)}
      <div class="body">
        <span class="two b"><bdi>${order.name}</bdi></span>
        <span class="sec">${this.origin(order)}</span>
        ${this.readTag(order)}
      </div>`;
    if (!this.app.hass.user?.is_admin) return html`<div class="row">${body}</div>`;
    return html`<button class="row link" @click=${() => navigate(settingsOf(order.entry_id))}>
      ${body}<span class="ib sec">${icon("open", "s flip")}</span>
    </button>`;
  }

  private origin({ calendar_entity_id: calendar, visits, device_ids }: OrderRow): string {
    const { hass, words, times } = this.app;
    const doors = this.names(device_ids);
    if (calendar) {
      const entity = hass.states[calendar];
      return this.t("bookings.calendar", { name: entity ? nameOf(entity) : calendar, doors });
    }
    if (!visits) return doors;
    return this.t("bookings.visits", { hours: periodText(visits, words, times), doors });
  }

  private readTag(order: OrderRow): TemplateResult | typeof nothing {
    const { times } = this.app;
    const zone = this.app.hass.config.time_zone;
    const said = (iso: string): string => times.end(at(iso), zone);
    if (order.unreadable_since) {
      const time = said(order.unreadable_since);
      return html`<span class="tags"
        >${tag("bad", "warning", this.t("bookings.unreadable", { time }))}</span
      >`;
    }
    if (!order.read_at) return nothing;
    const time = said(order.read_at);
    return html`<span class="tags">${tag("ok", "ok", this.t("bookings.read", { time }))}</span>`;
  }

  private names(ids: readonly string[]): string {
    const { store, hass } = this.app;
    const names = ids.flatMap((id) => store.lock(id)?.name ?? []);
    return names.sort((a, b) => a.localeCompare(b, hass.language)).map(isolate).join(", ");
  }

  private zone({ order, codes }: Arrival): string {
    const id = codes[0]?.device_id ?? order.device_ids[0] ?? "";
    return this.app.store.lock(id)?.time_zone ?? this.app.hass.config.time_zone;
  }
}

define("codelocks-bookings", BookingsView);
