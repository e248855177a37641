import { html, nothing, type CSSResultGroup, type PropertyValues, type TemplateResult } from "lit";
import { refresh } from "../api/actions";
import { type Entry, timeline } from "../api/timeline";
import type { LockRow } from "../api/types";
import { newsIcon, newsText } from "../format/news";
import { at, dayNumber, fromWall } from "../format/times";
import { FRESH } from "../format/calls";
import { formTime } from "../format/wish";
import { base, tags } from "../styles/base";
import { layout } from "../styles/layout";
import { chips, fields } from "../styles/form";
import { timelineStyle } from "../styles/lists";
import { AppElement, breakable, define, icon } from "./element";
import { note } from "./note";

type Day = "today" | "yesterday" | "other";

/** What happened at a door, day by day, from Home Assistant's recorder. */
export class Timeline extends AppElement {
  static override styles: CSSResultGroup = [base, layout, tags, chips, fields, timelineStyle];
  static override properties = {
    ...AppElement.properties,
    lock: { attribute: false },
    day: { state: true },
    date: { state: true },
    entries: { state: true },
    failed: { state: true },
    reading: { state: true },
    told: { state: true },
  };

  declare lock: LockRow;
  declare day: Day;
  declare date: string;
  declare entries: readonly Entry[] | null;
  declare failed: boolean;
  declare reading: boolean;
  declare told: string;

  private loaded = "";

  constructor() {
    super();
    this.day = "today";
    this.date = "";
    this.entries = null;
    this.failed = false;
    this.reading = false;
    this.told = "";
  }

  override willUpdate(changed: PropertyValues): void {
    if (changed.has("lock")) {
      const before = changed.get("lock") as LockRow | undefined;
      if (before && before.device_id !== this.lock.device_id) this.told = "";
    }
    // News of the subscription is in the recorder a moment later; ask when it changes.
    const wanted = [
      this.lock.device_id,
      this.dayAt,
      this.lock.last_activity,
      this.app.store.connected,
    ].join("|");
    if (wanted === this.loaded || !this.app.store.connected) return;
    this.loaded = wanted;
    void this.load(wanted);
  }

  override render(): TemplateResult {
    return html`<ha-card class="card">
      <header><h2>${this.t("door.happened")}</h2></header>
      <div class="days-of">${this.days()}</div>
      ${this.list()} ${this.explain()} ${this.foot()}
    </ha-card>`;
  }

  private get dayAt(): number {
    const { now, zone } = { now: this.app.now(), zone: this.lock.time_zone };
    const today = dayNumber(now, zone);
    if (this.day === "other" && this.date) return Date.parse(`${this.date}T00:00Z`) / 86_400_000;
    return this.day === "yesterday" ? today - 1 : today;
  }

  private days(): TemplateResult {
    const radio = (day: Day): TemplateResult =>
      html`<label
        ><input
          type="radio"
          name="day"
          .checked=${this.day === day}
          @change=${() => this.choose(day)}
        />${this.t(`door.day_${day}`)}</label
      >`;
    const today = formTime(this.app.now(), this.lock.time_zone).date;
    return html`<div class="seg" role="radiogroup" aria-label=${this.t("door.day")}>
        ${radio("today")}${radio("yesterday")}${radio("other")}
      </div>
      ${this.day === "other"
        ? html`<label class="field"
            ><span>${this.t("door.day")}</span
            ><input
              type="date"
              max=${today}
              .value=${this.date}
              @change=${(event: Event) => (this.date = (event.target as HTMLInputElement).value)}
          /></label>`
        : nothing}`;
  }

  private list(): TemplateResult {
    const { words, times } = this.app;
    if (this.failed) {
      const again = { label: this.t("make.try_again"), run: () => void this.load(this.loaded) };
      return html`<div class="pad">
        ${note({ tone: "bad", icon: "alert", text: this.t("door.no_history"), action: again })}
      </div>`;
    }
    if (!this.entries) return html`<div class="pad" aria-busy="true"></div>`;
    if (!this.entries.length) return html`<p class="none sec">${this.t("door.nothing")}</p>`;
    return html`<ol class="time">
      ${this.entries.map(
        (entry) =>
          html`<li>
            <span class="num">${times.time(entry.time, this.lock.time_zone)}</span>${icon(
              newsIcon(entry),
              entry.type === "denied" ? "bad" : "",
            )}
            <div>${breakable(newsText(entry, words))}</div>
          </li>`,
      )}
    </ol>`;
  }

  private explain(): TemplateResult {
    const { times } = this.app;
    const { lock } = this;
    const zone = lock.time_zone;
    const city = times.zoneName(zone);
    return html`<p class="sec small explain">
      ${city ? this.t("door.times_zone", { zone: city }) : this.t("door.times")}
      ${lock.read_at ? this.t("door.read_at", { time: times.end(at(lock.read_at), zone) }) : nothing}
      ${lock.next_read_at
        ? this.t("door.next_read", { time: times.end(at(lock.next_read_at), zone) })
        : this.t("door.how_news")}
    </p>`;
  }

  private foot(): TemplateResult | typeof nothing {
    const { lock, app } = this;
    const account = app.store.account(lock.entry_id);
    if (!lock.read_calls || !account || !app.hass.user?.is_admin) return nothing;
    const again = lock.read_at ? at(lock.read_at) + FRESH : 0;
    const fresh = again > app.now();
    const said = fresh
      ? this.n("door.fresh", Math.max(1, Math.floor((app.now() - again + FRESH) / 60_000)), {
          time: app.times.time(again, lock.time_zone),
        })
      : this.t("door.read_price", { n: lock.read_calls, left: account.utility.left });
    return html`<div class="foot">
      <button
        class="btn plain"
        ?disabled=${fresh || this.reading || !app.store.connected || account.state !== "ok"}
        @click=${() => void this.read()}
      >
        ${icon("refresh", "s")}${this.t("door.read_now")}
      </button>
      <span class="sec small price" role="status">${this.told} ${said}</span>
    </div>`;
  }

  private choose(day: Day): void {
    this.day = day;
    if (day === "other" && !this.date) {
      this.date = formTime(this.app.now() - 2 * 86_400_000, this.lock.time_zone).date;
    }
  }

  private async load(wanted: string): Promise<void> {
    const { entity, zone } = { entity: this.lock.entities.activity, zone: this.lock.time_zone };
    if (!entity) return;
    const [start, end] = [fromWall(this.dayAt, 0, zone), fromWall(this.dayAt + 1, 0, zone)];
    try {
      const found = await timeline(this.app.hass, entity, start, end);
      if (wanted !== this.loaded) return;
      this.entries = found;
      this.failed = false;
    } catch {
      if (wanted === this.loaded) this.failed = true;
    }
  }

  private async read(): Promise<void> {
    const before = this.lock.last_activity;
    this.reading = true;
    this.told = "";
    try {
      await refresh(this.app.hass, [this.lock.device_id]);
      // The news comes by the subscription, at most a second later.
      await new Promise((done) => setTimeout(done, 1_200));
      const now = this.app.store.lock(this.lock.device_id)?.last_activity ?? null;
      this.told = now === before ? this.t("door.nothing_new") : this.t("door.news_came");
    } catch (error) {
      this.app.fail(error);
    } finally {
      this.reading = false;
    }
  }
}

define("codelocks-timeline", Timeline);
