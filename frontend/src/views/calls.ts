import { html, nothing, type CSSResultGroup, type TemplateResult } from "lit";
import { refresh } from "../api/actions";
import type { AccountRow, LockRow, PoolRow } from "../api/types";
import { AppElement, define, icon } from "../components/element";
import { Growing } from "../components/growing";
import { refused } from "../components/note";
import { FRESH, reading, useOf } from "../format/calls";
import { at, dayNumber } from "../format/times";
import { highestPrice } from "../format/people";
import { navigate, settingsOf } from "../state/router";
import { base, states } from "../styles/base";
import { layout } from "../styles/layout";
import { pools } from "../styles/pools";

/** What the month's calls are used for, and when the next ones come. */
export class CallsView extends AppElement {
  static override styles: CSSResultGroup = [base, layout, states, pools];
  static override properties = {
    ...AppElement.properties,
    busy: { state: true },
    told: { state: true },
  };

  declare busy: boolean;
  declare told: string;
  private readonly growing = new Growing(this);

  constructor() {
    super();
    this.busy = false;
    this.told = "";
  }

  override render(): TemplateResult {
    const { accounts } = this.app.store;
    if (!accounts.length) return refused(this.app);
    return html`<h2 class="vh">${this.t("tabs.calls")}</h2>
      <div class="stack wide">
        ${accounts.map((account) => this.account(account, accounts.length > 1))}
        <div class="cards">${this.looks()} ${this.costs()}</div>
      </div>`;
  }

  private account(account: AccountRow, named: boolean): TemplateResult {
    return html`${named ? html`<h3><bdi>${account.title}</bdi></h3>` : nothing}
      <div class="cards">
        ${this.pool(account, account.netcode, "codes", this.spares(account))}
        ${this.pool(
          account,
          account.utility,
          "reading",
          this.n("calls.reserve", account.utility.reserve, {
            n: this.number(account.utility.reserve),
          }),
        )}
      </div>`;
  }

  private spares(account: AccountRow): string {
    const names = account.spare_locks.map((id) => this.app.store.lock(id)?.name ?? "");
    const doors = this.app.words.list(names.filter(Boolean));
    return doors ? this.t("calls.spares", { doors }) : "";
  }

  private pool(
    account: AccountRow,
    pool: PoolRow,
    what: "codes" | "reading",
    text: string,
  ): TemplateResult {
    const { times, hass } = this.app;
    const zone = hass.config.time_zone;
    const { used, more, usedShare, moreShare } = useOf(pool);
    const resets = at(account.resets_at);
    const day = times.day(resets, zone);
    const [left, quota] = [this.number(pool.left), this.number(pool.quota)];
    const all = this.number(used + more);
    const meter = this.t("calls.meter", { n: this.number(used), all });
    return html`<ha-card class="card"
      ><div class="pool">
        <div>
          <h2>${this.t(`calls.${what}`)}</h2>
          <span class="sec">${this.t(`calls.${what}_text`)}</span>
        </div>
        <div class="left">${left} <small>${this.t("calls.of_left", { quota })}</small></div>
        <div class="meter" role="img" aria-label=${meter}>
          <i style=${`width:${usedShare}%`}></i><i class="soft" style=${`width:${moreShare}%`}></i>
        </div>
        <div class="key-of">
          <span><b></b>${this.t("calls.used", { n: this.number(used) })}</span>
          <span
            ><b class="soft"></b>${this.t("calls.expected", { day, n: this.number(more) })}</span
          >
          <span><b class="none"></b>${this.t("calls.over")}</span>
        </div>
        <p class="sec">
          ${this.t("calls.starts_again", { day, time: times.time(resets, zone) })} ${text}
        </p>
      </div></ha-card
    >`;
  }

  private looks(): TemplateResult {
    const { store } = this.app;
    const home = this.app.hass.config.time_zone;
    const when = (lock: LockRow): number => at(lock.next_read_at ?? "");
    const locks = store.locks
      .filter((lock) => lock.next_read_at !== null)
      .sort((a, b) => when(a) - when(b));
    return html`<ha-card class="card">
      <header><h2>${this.t("calls.looks")}</h2></header>
      ${locks.length || store.accounts.some((account) => account.next_list_at)
        ? html`<dl class="pairs">
              ${this.growing
                .first(locks)
                .map((lock) => this.pair(html`<bdi>${lock.name}</bdi>`, this.about(when(lock), home)))}
              ${store.accounts.map((account) =>
                account.next_list_at
                  ? this.pair(
                      html`<span class="sec">${this.t("calls.list")}</span>`,
                      this.about(at(account.next_list_at), home),
                    )
                  : nothing,
              )}
            </dl>
            ${this.growing.end(locks.length)}`
        : html`<p class="none sec">${this.t("calls.no_looks")}</p>`}
      ${this.foot()}
    </ha-card>`;
  }

  private pair(what: TemplateResult | string, value: string): TemplateResult {
    return html`<div>
      <dt>${what}</dt>
      <dd class="num">${value}</dd>
    </div>`;
  }

  private about(moment: number, zone: string): string {
    const { times } = this.app;
    const time = times.time(moment, zone);
    const today = dayNumber(moment, zone) === dayNumber(this.app.now(), zone);
    if (today) return this.t("calls.about", { time });
    return this.t("calls.about_day", { day: times.alone(times.day(moment, zone)), time });
  }

  /** *Read all now* is for administrators, as the action is. */
  private foot(): TemplateResult | typeof nothing {
    const { store, times, hass } = this.app;
    const read = store.locks.filter((lock) => lock.read_calls > 0);
    if (!hass.user?.is_admin || !read.length) return nothing;
    const found = store.accounts
      .filter((account) => account.state === "ok")
      .map(({ entry_id }) => reading(read.filter((lock) => lock.entry_id === entry_id), this.app.now()));
    const calls = found.reduce((sum, one) => sum + one.calls, 0);
    const waits = found.flatMap((one) => one.again ?? []);
    const again = Math.min(...waits);
    const minutes = Math.max(1, Math.floor((this.app.now() - again + FRESH) / 60_000));
    const said = calls
      ? this.n("calls.takes", calls)
      : waits.length
        ? this.n("door.fresh", minutes, { time: times.time(again, hass.config.time_zone) })
        : "";
    return html`<div class="foot">
      <button
        class="btn fill"
        ?disabled=${!calls || this.busy || !store.connected}
        @click=${() => void this.read()}
      >
        ${icon("refresh", "s")}${this.t("calls.read_all")}
      </button>
      <span class="sec small price" role="status">${this.told} ${said}</span>
    </div>`;
  }

  private costs(): TemplateResult {
    const { store, hass } = this.app;
    const nothingAtAll = this.t("calls.nothing");
    const most = Math.max(0, ...store.locks.map((lock) => lock.read_calls));
    const changing = highestPrice(store.locks);
    const settings = (): void => navigate(settingsOf(store.accounts[0]?.entry_id));
    return html`<ha-card class="card">
      <header><h2>${this.t("calls.costs")}</h2></header>
      <dl class="pairs">
        ${this.pair(this.t("calls.cost_make"), this.n("calls.n_codes", 1))}
        ${this.pair(this.t("calls.cost_plan"), nothingAtAll)}
        ${this.pair(this.t("calls.cost_use"), nothingAtAll)}
        ${most
          ? html`${this.pair(this.t("calls.cost_phone"), this.n("calls.up_to", changing))}
            ${this.pair(this.t("calls.cost_read"), this.n("calls.up_to", most))}`
          : nothing}
      </dl>
      ${hass.user?.is_admin
        ? html`<div class="foot">
            <button class="btn plain" @click=${settings}>
              ${icon("cog", "s")}${this.t("account.plan_button")}
            </button>
          </div>`
        : nothing}
    </ha-card>`;
  }

  private number(value: number): string {
    return value.toLocaleString(this.app.hass.locale.language);
  }

  private latest(): string {
    return this.app.store.locks.map((lock) => lock.last_activity).join();
  }

  private async read(): Promise<void> {
    const before = this.latest();
    this.busy = true;
    this.told = "";
    try {
      await refresh(this.app.hass);
      // The news comes by the subscription, at most a second later.
      await new Promise((done) => setTimeout(done, 1_200));
      this.told = this.t(this.latest() === before ? "door.nothing_new" : "door.news_came");
    } catch (error) {
      this.app.fail(error);
    } finally {
      this.busy = false;
    }
  }
}

define("codelocks-calls", CallsView);
