import { html, nothing, type CSSResultGroup, type TemplateResult } from "lit";
import type { ClientRow, CodeRow, LockRow, OrderRow, Visit } from "../api/types";
import { openCoach } from "../dialogs/coach";
import { openInvite } from "../dialogs/invite";
import { codesLater, codesNow, hoursText, nextOpening, phones } from "../format/access";
import { at } from "../format/times";
import { base, tags } from "../styles/base";
import { layout } from "../styles/layout";
import { codeStyle } from "../styles/dialog";
import { details, pop, rows } from "../styles/lists";
import { clientMenu } from "./client-actions";
import { digits, spelt } from "./code";
import { codeMenu, fetchCode, type ShownCode } from "./code-actions";
import { codeTags } from "./code-tags";
import { AppElement, breakable, define, icon } from "./element";
import type { IconName } from "./icons";
import { menu } from "./menu";
import { tag } from "./note";
import { Held } from "./reveal";

type Row = TemplateResult;

/** Everybody who may open a door: codes, phones and bookings in one list. */
export class Who extends AppElement {
  static override styles: CSSResultGroup = [base, layout, tags, rows, pop, details, codeStyle];
  static override properties = { ...AppElement.properties, lock: { attribute: false } };

  declare lock: LockRow;
  private readonly held = new Held<ShownCode>(this);

  override render(): TemplateResult {
    const { lock, app } = this;
    const now = app.now();
    const codes = app.store.codesOf(lock.device_id);
    const sorted = phones(lock, now);
    const nowRows = [
      ...codesNow(codes, now).map((code) => this.code(code, true)),
      ...sorted.now.map((client) => this.phone(client)),
    ];
    const later = [
      ...sorted.later.filter((client) => client.state === "on").map((one) => this.phone(one)),
      ...codesLater(codes, now).map((code) => this.code(code, false)),
      ...this.visits().map(([order, visit]) => this.visit(order, visit)),
      ...sorted.later.filter((client) => client.state !== "on").map((one) => this.phone(one)),
    ];
    return html`<ha-card class="card">
      <header><h2>${this.t("door.who")}</h2></header>
      ${this.group(
        "door.now",
        nowRows.length ? nowRows : [html`<p class="none sec">${this.t("doors.nobody")}</p>`],
      )}
      ${this.group("door.later", later)}
      ${this.group("door.not", sorted.not.map((client) => this.phone(client)))} ${this.invite()}
    </ha-card>`;
  }

  private group(key: string, found: readonly Row[]): TemplateResult | typeof nothing {
    if (!found.length) return nothing;
    return html`<h3 class="sub">${this.t(key)}</h3>
      <div class="list">${found}</div>`;
  }

  private row(
    name: IconName,
    title: string,
    text: string,
    labels: readonly TemplateResult[],
    end: TemplateResult | typeof nothing,
    fresh = false,
  ): Row {
    return html`<div class="row ${fresh ? "fresh" : ""}">
      ${icon(name)}
      <div class="body">
        <span class="two">${breakable(title)}</span><span class="sec">${text}</span>
        ${labels.length ? html`<span class="tags">${labels}</span>` : nothing}
      </div>
      <div class="end">${end}</div>
    </div>`;
  }

  private code(code: CodeRow, isNow: boolean): Row {
    const { app, lock } = this;
    const name = code.name ?? this.t("codes.nameless");
    const withdrawn = code.state === "withdrawn";
    const end = app.times.moment(at(code.end), lock.time_zone);
    const window = app.times.short(at(code.start), at(code.end), lock.time_zone);
    const text = !isNow
      ? this.t("door.code_later", { window })
      : this.t(withdrawn ? "door.code_still" : "door.code_until", { end });
    const ends = this.codeEnd(code, name, withdrawn);
    return this.row("keypad", name, text, codeTags(app, code, false), ends, app.isFresh(code.id));
  }

  private codeEnd(code: CodeRow, name: string, withdrawn: boolean): TemplateResult {
    const { app, lock } = this;
    const shown = this.held.value?.id === code.id ? this.held.value.netcode : null;
    const more = menu(this.t("codes.more", { name }), () =>
      codeMenu(app, code, shown === null ? () => void this.show(code) : null),
    );
    if (shown !== null) {
      return html`<output class="shown" aria-label=${spelt(shown)}>${digits(shown)}</output
        ><button class="ib sec" aria-label=${this.t("codes.hide")} @click=${this.held.drop}>
          ${icon("eyeOff")}</button
        >${more}`;
    }
    if (withdrawn && lock.keypad.block.length) {
      const block = (): void => openCoach(app, lock.device_id, "block");
      return html`<button class="btn plain" @click=${block}>${this.t("codes.block")}</button
        >${more}`;
    }
    if (withdrawn) return more;
    return html`<button
        class="ib sec"
        aria-label=${this.t("codes.show_of", { name })}
        @click=${() => void this.show(code)}
      >
        ${icon("eye")}</button
      >${more}`;
  }

  private phone(client: ClientRow): Row {
    const { app, lock } = this;
    const hours = hoursText(client.active_periods, app.words, app.times);
    const next = nextOpening(client.active_periods, app.now(), lock.time_zone);
    const isLater = client.state === "on" && phones(lock, app.now()).later.includes(client);
    const text =
      client.state === "suspended"
        ? this.t("door.phone")
        : isLater && next !== null
          ? this.t("door.phone_next", { hours, time: app.times.weekdayTime(next, lock.time_zone) })
          : this.t("door.phone_hours", { hours });
    const labels = {
      on: [],
      suspended: [tag("warn", "pause", this.t("people.suspended"))],
      invited: [tag("info", "invited", this.t("people.invited"))],
      unknown: [tag("", "help", this.t("people.unknown"))],
    }[client.state];
    const items = clientMenu(this.app, lock, client);
    const end = items.length
      ? menu(this.t("codes.more", { name: client.email }), items)
      : nothing;
    return this.row(client.state === "suspended" ? "personOff" : "phone", client.email, text, labels, end);
  }

  private visits(): [OrderRow, Visit][] {
    const { lock, app } = this;
    const known = new Set(app.store.codesOf(lock.device_id).map((code) => code.id));
    return app.store.orders
      .filter((order) => order.device_ids.includes(lock.device_id))
      .flatMap((order) =>
        order.next
          // With a code it is in the list already.
          .filter((visit) => visit.state !== "cancelled" && at(visit.end) > app.now())
          .filter((visit) => !visit.codes.some((id) => known.has(id)))
          .map((visit): [OrderRow, Visit] => [order, visit]),
      )
      .sort(([, a], [, b]) => at(a.start) - at(b.start));
  }

  private visit(order: OrderRow, visit: Visit): Row {
    const { app, lock } = this;
    const window = app.times.short(at(visit.start), at(visit.end), lock.time_zone);
    const labels = [
      ...(visit.code_at
        ? [
            tag(
              "",
              "clock",
              this.t("door.code_comes", {
                time: app.times.moment(at(visit.code_at), lock.time_zone),
              }),
            ),
          ]
        : []),
      ...(visit.problem ? [tag("bad", "warning", visit.problem)] : []),
    ];
    const key = order.kind === "bookings" ? "door.booking" : "door.visitor";
    return this.row("bed", visit.title, this.t(key, { window }), labels, nothing);
  }

  private invite(): TemplateResult | typeof nothing {
    const { app, lock } = this;
    if (lock.kind === "kitlock" || !app.store.mayIssue(lock)) return nothing;
    return html`<div class="foot">
      <button
        class="btn plain"
        ?disabled=${!app.store.connected}
        @click=${() => openInvite(app, "", [lock.device_id])}
      >
        ${icon("invite", "s")}${this.t("door.invite")}
      </button>
    </div>`;
  }

  private async show(code: CodeRow): Promise<void> {
    const netcode = await fetchCode(this.app, code.id);
    if (netcode !== null && this.isConnected) this.held.show({ id: code.id, netcode });
  }
}

define("codelocks-who", Who);
