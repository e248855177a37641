import { html, nothing, type CSSResultGroup, type TemplateResult } from "lit";
import type { Hass } from "../api/ha";
import type { LockRow } from "../api/types";
import { define, icon } from "../components/element";
import { note, type NoteParts } from "../components/note";
import { lockIcon } from "../components/tile";
import { openMake } from "../dialogs/make";
import { codesNow } from "../format/access";
import { latestText } from "../format/news";
import { at } from "../format/times";
import { address, navigate, ROOT } from "../state/router";
import { tileCard } from "../styles/card";
import { Card, choice, labels, lockSelector, words } from "./card";
import { type LockCardConfig, readLockCard } from "./config";
import { doorsOf, LOCK_CARD } from "./registry";

/** A door, for any dashboard: small or in full. */
export class LockCard extends Card {
  static override styles: CSSResultGroup = [Card.styles, tileCard];
  static override properties = { ...Card.properties, config: { state: true } };

  declare config: LockCardConfig | null;

  static async getConfigForm(): Promise<object> {
    const said = await words();
    return {
      schema: [
        { name: "device_id", required: true, selector: lockSelector(false) },
        { name: "size", default: "full", selector: choice(said, "cards.size", ["full", "tile"]) },
        { name: "show", default: "names", selector: choice(said, "cards.show", ["names", "counts"]) },
      ],
      computeLabel: labels(said),
    };
  }

  static getStubConfig(hass: Hass): object {
    return { device_id: doorsOf(hass)[0]?.deviceId ?? "", size: "full", show: "names" };
  }

  setConfig(config: Record<string, unknown>): void {
    this.config = readLockCard(config);
    this.toggleAttribute("tile", this.config?.size === "tile");
  }

  getCardSize(): number {
    return this.config?.size === "tile" ? 1 : 4;
  }

  getGridOptions(): object {
    return this.config?.size === "tile"
      ? { columns: 6, rows: 1, min_columns: 4, min_rows: 1, max_rows: 1 }
      : { columns: 12, rows: "auto", min_columns: 6 };
  }

  protected override problem(): NoteParts | null {
    const { config } = this;
    if (!config) return this.later();
    const { store } = this.app;
    if (store.lock(config.device_id)) return null;
    if (store.accounts.length) return this.gone();
    return { ...this.mayNot(), title: this.t("cards.may_not_see") };
  }

  protected override card(): TemplateResult {
    const lock = this.app.store.lock(this.config?.device_id ?? "");
    if (!lock || !this.config) return html``;
    if (this.config.size === "tile") return this.tile(lock);
    return html`<codelocks-door-tile
      .app=${this.app}
      .lock=${lock}
      .counts=${this.config.show === "counts"}
      .linked=${this.hasPage}
      .trouble=${this.trouble(lock)}
      @click=${() => this.host()}
    ></codelocks-door-tile>`;
  }

  private get hasPage(): boolean {
    return ROOT.slice(1) in (this.app.hass.panels ?? {});
  }

  private trouble(lock: LockRow): TemplateResult | null {
    const account = this.app.store.account(lock.entry_id);
    if (!account || account.state === "ok") return null;
    return note({
      tone: "warn",
      icon: "cloudOff",
      title: this.t("account.off_title", { account: account.title }),
      text: this.t(account.state === "keys_refused" ? "account.refused_text" : "account.off_text"),
    });
  }

  private tile(lock: LockRow): TemplateResult {
    const { store } = this.app;
    const may = store.connected && store.mayIssue(lock);
    const make = (): void => {
      this.host();
      openMake(this.app, lock.device_id);
    };
    const open = (): void => navigate(address("door", lock.device_id));
    const body = html`<span class="pip">${icon(lockIcon(lock))}</span
      ><span class="text"
        ><bdi class="b clip">${lock.name}</bdi><small class="clip">${this.second(lock)}</small></span
      >`;
    return html`<ha-card class="card tile">
      ${this.hasPage
        ? html`<button class="main" @click=${open}>${body}</button>`
        : html`<div class="main">${body}</div>`}
      ${may
        ? html`<button
            class="ib sec make"
            aria-label=${`${this.t("make.make_one")}: ${lock.name}`}
            @click=${make}
          >
            ${icon("keyPlus")}
          </button>`
        : nothing}
    </ha-card>`;
  }

  /** What matters most, in one line. */
  private second(lock: LockRow): string {
    const { app } = this;
    const account = app.store.account(lock.entry_id);
    if (account && account.state !== "ok") return this.t("cards.off");
    if (lock.clock_problem === "lost") return this.t("doors.clock_title");
    if (lock.battery_low) {
      return lock.battery === null
        ? this.t("doors.battery_low")
        : this.t("doors.battery", { n: lock.battery });
    }
    const codes = codesNow(app.store.codesOf(lock.device_id), app.now()).length;
    if (codes) return this.n("cards.codes_open", codes);
    if (!lock.last_activity) return latestText(lock, app.words);
    const { last_type: type } = lock;
    const short = type === "opened" || type === "denied";
    const news = short ? this.t(`cards.${type}`) : latestText(lock, app.words);
    const time = app.times.moment(at(lock.last_activity), lock.time_zone);
    return this.t("cards.news", { news, time });
  }
}

define(LOCK_CARD, LockCard);
