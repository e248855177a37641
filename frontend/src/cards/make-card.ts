import { html, nothing, type CSSResultGroup, type TemplateResult } from "lit";
import type { LockRow, MakeAnswer, Wish } from "../api/types";
import { chip, doorChips } from "../components/chip";
import { define, icon } from "../components/element";
import { note, type NoteParts } from "../components/note";
import { MOST_DOORS, openMake, type Preset } from "../dialogs/make";
import { preview } from "../dialogs/preview";
import { refusalNote } from "../dialogs/refusal";
import { Result } from "../dialogs/result";
import { formTime, span, type When } from "../format/wish";
import { order } from "../state/order";
import { Planner, refusal, type Refusal } from "../state/planner";
import { tileCard } from "../styles/card";
import { chips, fields, form } from "../styles/form";
import { app, Card, choice, labels, lockSelector, words } from "./card";
import { type MakeCardConfig, readMakeCard, TIMES } from "./config";
import { MAKE_CARD } from "./registry";

/** After so long a result goes, with its names: others stand before a wall tablet, too. */
const GOES = 120_000;
const ROWS_TILE = { columns: 6, rows: 1, min_columns: 4, min_rows: 1, max_rows: 1 };
const ROWS_FULL = { columns: 12, rows: "auto", min_columns: 6 };

/** *Make a code*, small: for whom, doors, a time, one button. */
export class MakeCard extends Card {
  static override styles: CSSResultGroup = [Card.styles, chips, fields, form, tileCard];
  static override properties = {
    ...Card.properties,
    config: { state: true },
    name: { state: true },
    chosen: { state: true },
    when: { state: true },
    phase: { state: true },
    trouble: { state: true },
    wanted: { state: true },
  };

  declare config: MakeCardConfig | null;
  declare name: string;
  declare chosen: ReadonlySet<string>;
  declare when: When;
  declare phase: "form" | "making" | "looking" | "result";
  declare trouble: Refusal | null;
  declare wanted: string;
  private readonly planner = new Planner(app, () => this.requestUpdate());
  private result: Result | null = null;
  private touched = false;
  private going?: ReturnType<typeof setTimeout>;

  static async getConfigForm(): Promise<object> {
    const said = await words();
    const times = TIMES.map((value) => ({ value, label: said?.t(`make.quick_${value}`) || value }));
    return {
      schema: [
        { name: "title", selector: { text: {} } },
        { name: "locks", selector: lockSelector(true) },
        { name: "times", selector: { select: { multiple: true, mode: "list", options: times } } },
        { name: "name", selector: { text: {} } },
        { name: "size", default: "full", selector: choice(said, "cards.size", ["full", "tile"]) },
      ],
      computeLabel: labels(said),
    };
  }

  static getStubConfig(): object {
    return { size: "full" };
  }

  constructor() {
    super();
    this.config = null;
    this.name = "";
    this.chosen = new Set();
    this.when = { kind: "1h" };
    this.phase = "form";
    this.trouble = null;
    this.wanted = "";
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.planner.stop();
    this.clear();
  }

  setConfig(raw: Record<string, unknown>): void {
    const config = readMakeCard(raw);
    this.config = config;
    this.toggleAttribute("tile", config?.size === "tile");
    if (!config) return;
    this.name = config.name;
    this.when = { kind: config.times[0] ?? "1h" };
    this.chosen = new Set(config.locks.length === 1 ? config.locks : []);
  }

  getCardSize(): number {
    return this.config?.size === "tile" ? 1 : 5;
  }

  getGridOptions(): object {
    return this.config?.size === "tile" ? ROWS_TILE : ROWS_FULL;
  }

  protected override problem(): NoteParts | null {
    const { config } = this;
    const { store } = app;
    if (!config) return this.later();
    const issues = store.accounts.filter((account) => account.may_issue);
    if (!issues.length) return this.mayNot();
    const off = issues.find((account) => account.state !== "ok");
    if (config.locks.length && !config.locks.some((id) => store.lock(id))) return this.gone();
    if (this.locks.length) return null;
    if (!off) return this.mayNot();
    return {
      tone: "warn",
      icon: "cloudOff",
      title: this.t("account.off_title", { account: off.title }),
      text: this.t(off.state === "keys_refused" ? "account.refused_text" : "account.off_text"),
    };
  }

  /** Doors of the card for which this user may make codes, in the card's order. */
  private get locks(): LockRow[] {
    const { store } = app;
    const ids = this.config?.locks ?? [];
    const all = ids.length ? ids.flatMap((id) => store.lock(id) ?? []) : store.locks;
    return all.filter((lock) => store.mayIssue(lock));
  }

  private get heading(): string {
    return this.config?.title || this.t("make.make_one");
  }

  protected override card(): TemplateResult {
    if (this.config?.size === "tile") return this.tile(this.config);
    if (this.phase === "result" && this.result) return this.made(this.result);
    return html`<ha-card class="card">
      <header><h2>${this.heading}</h2></header>
      <div class="mini" @focusin=${this.onTouch}>${this.form()}</div>
    </ha-card>`;
  }

  /** One tap to the dialog, filled in: there is one question left, with the price. */
  private tile(config: MakeCardConfig): TemplateResult {
    const [time, other] = config.times;
    const doors = config.locks.length ? this.locks : [];
    const open = (): void => {
      this.host();
      const [first, ...others] = doors.map((lock) => lock.device_id);
      const preset = time && !other ? { when: { kind: time } } : {};
      openMake(app, first, config.name, first ? others : undefined, preset);
    };
    const said = [
      ...(time && !other ? [this.t(`make.quick_${time}`)] : []),
      ...doors.map((lock) => lock.name),
    ];
    return html`<ha-card class="card tile">
      <button class="main" ?disabled=${!app.store.connected} @click=${open}>
        <span class="pip">${icon("keyPlus")}</span
        ><span class="text"
          ><bdi class="b clip">${this.heading}</bdi
          >${said.length ? html`<small class="clip">${said.join(", ")}</small>` : nothing}</span
        >
      </button>
    </ha-card>`;
  }

  private form(): TemplateResult {
    const off = this.phase !== "form";
    const onName = (event: InputEvent): void => {
      this.name = (event.target as HTMLInputElement).value;
    };
    const count = Math.max(this.chosen.size, this.planner.answer?.codes.length ?? 0, 1);
    return html`<label class="field"
        ><span>${this.t("make.for_whom")}</span
        ><input
          maxlength="100"
          autocomplete="off"
          .value=${this.name}
          ?disabled=${off}
          @input=${onName}
      /></label>
      ${this.doors(off)} ${this.times(off)} ${this.state()}
      <button
        class="btn fill wide"
        ?disabled=${off || !this.wish() || !app.store.connected}
        @click=${() => void this.make()}
      >
        ${this.n("make.make", count)}
      </button>`;
  }

  private doors(off: boolean): TemplateResult | typeof nothing {
    const doors = this.locks.map((lock) => lock.device_id);
    if (doors.length === 1 && this.chosen.has(doors[0] ?? "")) return nothing;
    return doorChips(app, {
      doors,
      chosen: this.chosen,
      most: MOST_DOORS,
      wanted: this.wanted,
      off,
      hint: nothing,
      choose: (chosen) => this.set({ chosen }),
      find: (wanted) => {
        this.wanted = wanted;
      },
    });
  }

  private times(off: boolean): TemplateResult {
    const other = (): void => {
      this.host();
      this.more({ when: this.when, other: true });
    };
    return html`<fieldset ?disabled=${off}>
      <legend>${this.t("make.when")}</legend>
      <div class="chips">
        ${this.config?.times.map((kind) =>
          chip("radio", "when", this.t(`make.quick_${kind}`), this.when.kind === kind, () =>
            this.set({ when: { kind } }),
          ),
        )}
        <button class="chip" @click=${other}>${this.t("cards.other")}</button>
      </div>
    </fieldset>`;
  }

  private state(): TemplateResult {
    const refused = this.trouble ?? this.planner.refusal;
    if (this.phase === "making" || this.phase === "looking") {
      const looking = this.phase === "looking";
      const n = Math.max(this.chosen.size, 1);
      return note({
        icon: looking ? "cloudOff" : "hourglass",
        title: looking ? this.t("make.lost_title") : this.n("make.making", n),
        ...(looking ? { text: this.t("make.lost_text") } : {}),
      });
    }
    if (refused) {
      return refusalNote(app, refused, {
        again: () => void this.make(),
        use: (end) => this.use(end),
      });
    }
    const { answer } = this.planner;
    const said = answer?.codes.length
      ? preview(answer, app.words, app.times, (id) => this.zoneOf(id))
      : null;
    return html`<p class="small" role="status">
        ${said
          ? html`<span class="b">${said.windows.join(" ")}</span>
              <span class="sec">${said.notes.join(" ")}</span>`
          : html`<span class="sec"
              >${!this.chosen.size
                ? this.t("make.choose_door")
                : this.touched
                  ? this.t("make.planning")
                  : nothing}</span
            >`}
      </p>
      ${(answer?.failed ?? []).map((lock) =>
        note({ tone: "bad", icon: "alert", title: lock.lock_name, text: lock.error }),
      )}`;
  }

  private made(result: Result): TemplateResult {
    const title = result.name || this.n("result.ready", result.rows.length);
    return html`<ha-card class="card">
      <header>
        <h2 class="two"><bdi>${title}</bdi></h2>
        <button class="ib sec" aria-label=${this.t("cards.hide")} @click=${() => this.clear()}>
          ${icon("close")}
        </button>
      </header>
      <div class="mini">${result}</div>
    </ha-card>`;
  }

  private zoneOf(id: string): string {
    return app.store.lock(id)?.time_zone ?? app.hass.config.time_zone;
  }

  private wish(): Wish | null {
    const ids = this.locks.map((lock) => lock.device_id).filter((id) => this.chosen.has(id));
    const wanted = span(this.when, app.now(), this.zoneOf(ids[0] ?? ""));
    if (!wanted || !ids.length) return null;
    const iso = (moment: number): string => new Date(moment).toISOString();
    return { device_id: ids.slice(0, MOST_DOORS), start: iso(wanted.start), end: iso(wanted.end) };
  }

  /** Nothing is asked before somebody touches the card: it may stand on a wall for months. */
  private readonly onTouch = (): void => {
    if (!this.touched) this.set({});
  };

  private set(change: Partial<Pick<MakeCard, "chosen" | "when">>): void {
    Object.assign(this, change);
    this.trouble = null;
    this.touched = true;
    this.planner.ask(this.wish(), false, false);
  }

  private use(end: number): void {
    this.host();
    const now = app.now();
    const [first = ""] = this.chosen;
    const write = (moment: number): string => {
      const { date, time } = formTime(moment, this.zoneOf(first));
      return `${date}T${time}`;
    };
    this.more({ when: { kind: "other", from: write(now), to: write(end) } });
  }

  /** The dialog has more to choose; it begins with what is chosen here. */
  private more(preset: Preset): void {
    const [first, ...others] = this.chosen;
    openMake(app, first, this.name, first ? others : undefined, preset);
  }

  private async make(): Promise<void> {
    const wish = this.wish();
    if (!wish || this.phase !== "form") return;
    this.host();
    this.phase = "making";
    this.trouble = null;
    const name = this.name.trim();
    try {
      const made = await order(app, wish, name, () => {
        this.phase = "looking";
      });
      if (this.isConnected) this.show(made, wish, name);
    } catch (error) {
      this.trouble = refusal(error, this.app.words);
      this.phase = "form";
    }
  }

  private show(made: MakeAnswer, wish: Wish, name: string): void {
    const result = new Result();
    Object.assign(result, { app, wish, name, small: true, again: () => this.clear() });
    result.take(made);
    this.result = result;
    this.phase = "result";
    this.wait();
    void this.updateComplete.then(() => result.updateComplete).then(() => result.focusFirst());
  }

  private wait(): void {
    this.going = setTimeout(() => (this.result?.isHidden ? this.clear() : this.wait()), GOES);
  }

  /** Back to the form. */
  private clear(): void {
    clearTimeout(this.going);
    this.result = null;
    this.touched = false;
    this.phase = "form";
    this.planner.ask(null, false, false);
    this.name = this.config?.name ?? "";
    this.chosen = new Set(this.config?.locks.length === 1 ? this.config.locks : []);
  }
}

define(MAKE_CARD, MakeCard);
