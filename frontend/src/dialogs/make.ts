import { html, type CSSResultGroup, type TemplateResult } from "lit";
import type { LockRow, MakeAnswer, Wish } from "../api/types";
import { copyLater } from "../components/clipboard";
import { define, icon } from "../components/element";
import { note } from "../components/note";
import { openSheet, Sheet } from "../components/sheet";
import { defaultMessage } from "../format/message";
import { at } from "../format/times";
import { formTime, fullHour, span, untilHours, type When } from "../format/wish";
import type { App } from "../state/app";
import { order } from "../state/order";
import { doorsOfLastOrder } from "../state/orders";
import { once, Planner, refusal, type Refusal } from "../state/planner";
import { chips, fields, form } from "../styles/form";
import { doorFields, moreChoices, whenChips } from "./make-form";
import { preview } from "./preview";
import { refusalNote } from "./refusal";
import { Result } from "./result";

type Phase = "form" | "making" | "looking" | "result";

export const MOST_DOORS = 20;

/** For whom, which doors, when: then the codes. */
export class Make extends Sheet {
  static override styles: CSSResultGroup = [Sheet.styles, chips, fields, form];
  static override properties = {
    ...Sheet.properties,
    phase: { state: true },
    name: { state: true },
    chosen: { state: true },
    when: { state: true },
    once: { state: true },
    tight: { state: true },
    trouble: { state: true },
    wanted: { state: true },
  };

  declare phase: Phase;
  declare name: string;
  declare chosen: ReadonlySet<string>;
  declare when: When;
  declare once: boolean;
  declare tight: boolean;
  declare trouble: Refusal | null;
  declare wanted: string;

  /** Doors in the order of the form: it does not change under the finger. */
  doors: string[] = [];
  lastTime: string[] = [];
  moreOpen = false;
  planner!: Planner;

  /** The name that it was opened with. */
  private given = "";
  private knownIds: ReadonlySet<string> = new Set();
  private result: Result | null = null;

  constructor() {
    super();
    this.phase = "form";
    this.name = "";
    this.chosen = new Set();
    this.when = { kind: "1h" };
    this.once = false;
    this.tight = false;
    this.trouble = null;
    this.wanted = "";
  }

  /** Tick the door it was opened for, and those that it had a code with (the last time). */
  begin(app: App, deviceId?: string, others?: readonly string[]): void {
    const may = app.store.locks.filter((lock) => app.store.mayIssue(lock));
    const ids = may.map((lock) => lock.device_id);
    const only = deviceId ?? (ids.length === 1 ? ids[0] : undefined);
    this.lastTime = only
      ? (others ?? doorsOfLastOrder(app.store.codes, only)).filter(
          (id) => id !== only && ids.includes(id),
        )
      : [];
    const first = [...(only && ids.includes(only) ? [only] : []), ...this.lastTime];
    this.chosen = new Set(first);
    this.doors = [...first, ...ids.filter((id) => !first.includes(id))];
    this.when = this.soonest;
    this.given = this.name;
    this.planner = new Planner(app, () => this.requestUpdate());
    this.replan();
  }

  /** Begin with what was chosen on a card or in its settings: not as the last time. */
  preset({ when, other }: Preset): void {
    this.lastTime = [];
    if (when) this.set({ when });
    if (other) this.chooseOther();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.planner.stop();
    this.result = null;
  }

  override render(): TemplateResult {
    if (this.phase === "result" && this.result) {
      const title = this.heading();
      return this.frameAround(title, html`${this.result}`);
    }
    return this.frame(this.t("make.make_one"), this.fields(), this.foot());
  }

  get zone(): string {
    const [first] = this.chosen;
    return this.app.store.lock(first ?? "")?.time_zone ?? this.app.hass.config.time_zone;
  }

  lockOf(id: string): LockRow | undefined {
    return this.app.store.lock(id);
  }

  /** The next full hour at the lock; late in the evening an hour. */
  private get soonest(): When {
    const [hour] = untilHours(this.app.now(), this.zone);
    return hour === undefined ? { kind: "1h" } : { kind: "until", hour };
  }

  /** Take a change of the form, and ask what it would give. */
  set(change: Partial<Pick<Make, "chosen" | "when" | "once" | "tight">>): void {
    Object.assign(this, change);
    this.trouble = null;
    // The hour may be over at a lock in another zone.
    if (change.chosen?.size && this.when.kind === "until" && !this.wish()) this.when = this.soonest;
    this.replan();
  }

  /** *Other times* begins with what was chosen before. */
  chooseOther(): void {
    const now = span(this.when, this.app.now(), this.zone);
    const write = (moment: number): string => {
      const { date, time } = formTime(moment, this.zone);
      return `${date}T${time}`;
    };
    const start = fullHour(now?.start ?? this.app.now(), this.zone);
    const end = now?.end ?? start + 3_600_000;
    this.set({ when: { kind: "other", from: write(start), to: write(end) } });
  }

  replan(): void {
    const wish = this.wish();
    this.planner.ask(wish, this.moreOpen || this.when.kind === "other", this.once);
  }

  protected override get dirty(): boolean {
    if (this.phase === "result") return false;
    return this.phase !== "form" || this.name.trim() !== this.given;
  }

  protected override firstFocus(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>("input");
  }

  protected override onKey(event: KeyboardEvent): void {
    super.onKey(event);
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    if (this.mayMake) void this.make(false);
  }

  private heading(): string {
    if (this.name.trim()) return this.t("result.title", { name: this.name.trim() });
    return this.n("result.ready", this.count);
  }

  private fields(): TemplateResult {
    const onName = (event: InputEvent): void => {
      this.name = (event.target as HTMLInputElement).value;
    };
    return html`<label class="field"
        ><span>${this.t("make.for_whom")}</span
        ><input
          .value=${this.name}
          maxlength="100"
          autocomplete="off"
          enterkeyhint="next"
          ?disabled=${this.phase !== "form"}
          @input=${onName}
      /></label>
      ${doorFields(this)} ${whenChips(this)} ${moreChoices(this)}`;
  }

  private foot(): TemplateResult {
    const busy = this.phase !== "form";
    return html`${this.state()}
      <div class="btns">
        <button
          class="btn tonal"
          ?disabled=${busy || !this.mayMake}
          @click=${() => void this.make(true)}
        >
          ${icon("copy", "s")}${this.t("make.make_copy")}
        </button>
        <button
          class="btn fill"
          ?disabled=${busy || !this.mayMake}
          @click=${() => void this.make(false)}
        >
          ${this.n("make.make", this.count)}
        </button>
      </div>`;
  }

  private get count(): number {
    return Math.max(this.chosen.size, this.planner.answer?.codes.length ?? 0, 1);
  }

  private get mayMake(): boolean {
    return this.phase === "form" && this.app.store.connected && this.wish() !== null;
  }

  /** The foot's line: what would be made, is being made, or why not. */
  private state(): TemplateResult {
    if (this.phase === "looking") {
      return note({
        icon: "cloudOff",
        title: this.t("make.lost_title"),
        text: this.t("make.lost_text"),
      });
    }
    if (this.phase === "making") return this.making();
    if (this.trouble) return this.refused(this.trouble);
    if (this.planner.refusal) return this.refused(this.planner.refusal);
    return this.preview();
  }

  private preview(): TemplateResult {
    const { answer } = this.planner;
    const { words, times } = this.app;
    const zoneOf = (id: string): string => this.lockOf(id)?.time_zone ?? this.zone;
    const said = answer && answer.codes.length ? preview(answer, words, times, zoneOf) : null;
    const asked = this.wish() ? "make.planning" : "make.no_time";
    const ask = this.t(this.chosen.size ? asked : "make.choose_door");
    return html`<div class="preview" role="status" aria-live="polite">
        ${icon("clock")}
        <div>
          ${said
            ? html`${said.windows.map(
                  (line) => html`<span class="b">${line}</span><br />`,
                )}<span class="sec">${said.notes.join(" ")}</span>`
            : html`<span class="sec">${ask}</span>`}
        </div>
      </div>
      ${(answer?.failed ?? []).map((lock) =>
        note({ tone: "bad", icon: "alert", title: lock.lock_name, text: lock.error }),
      )}`;
  }

  private making(): TemplateResult {
    const rows = this.app.store.codes.filter(
      (row) => !this.knownIds.has(row.id) && (row.name ?? "") === this.name.trim(),
    );
    const ready = [...this.chosen].filter((id) => rows.some((row) => row.device_id === id));
    const waiting = [...this.chosen].filter((id) => !ready.includes(id));
    const name = (id: string): string => this.lockOf(id)?.name ?? "";
    const door = this.app.words.list(ready.map(name));
    const next = name(waiting[0] ?? "");
    const key = ready.length ? (next ? "make.ready_next" : "make.is_ready") : "make.is_asked";
    return html`<div class="preview" role="status">
      ${icon("hourglass")}<span
        ><span class="b">${this.n("make.making", this.count)}</span><br /><span class="sec"
          >${this.n(key, Math.max(1, ready.length), { door, next })}</span
        ></span
      >
    </div>`;
  }

  private refused(refused: Refusal): TemplateResult {
    return refusalNote(this.app, refused, {
      again: () => void this.make(false),
      use: (end) => this.use(end),
    });
  }

  private use(end: number): void {
    const wish = this.wish();
    if (!wish) return;
    const write = (moment: number): string => {
      const { date, time } = formTime(moment, this.zone);
      return `${date}T${time}`;
    };
    this.set({ when: { kind: "other", from: write(at(wish.start)), to: write(end) } });
  }

  private wish(): Wish | null {
    const wanted = span(this.when, this.app.now(), this.zone);
    if (!wanted || wanted.end <= this.app.now() || !this.chosen.size) return null;
    return {
      device_id: this.doors.filter((id) => this.chosen.has(id)).slice(0, MOST_DOORS),
      start: new Date(wanted.start).toISOString(),
      end: new Date(wanted.end).toISOString(),
      ...(this.tight ? { fit: "tight" as const } : {}),
    };
  }

  private async make(copy: boolean): Promise<void> {
    const wish = this.wish();
    if (!wish || this.phase !== "form") return;
    this.phase = "making";
    this.trouble = null;
    this.knownIds = new Set(this.app.store.codes.map((code) => code.id));
    const looking = (): void => {
      this.phase = "looking";
    };
    const asked = this.once ? once(this.app, wish) : Promise.resolve(wish);
    const answer = asked.then((all) => order(this.app, all, this.name.trim(), looking));
    // Begun on the tap itself: later the browser would refuse it.
    const copied = copy ? copyLater(answer.then((made) => this.text(made))) : null;
    try {
      this.show(await answer, wish, copied);
    } catch (error) {
      if (!this.isConnected) return;
      this.trouble = refusal(error, this.app.words);
      this.phase = "form";
    }
  }

  private text(made: MakeAnswer): string {
    if (!made.codes.length) throw new Error("no codes");
    const { words, times } = this.app;
    const zoneOf = (id: string): string => this.lockOf(id)?.time_zone ?? this.zone;
    return defaultMessage(made.codes, words, times, zoneOf);
  }

  private show(made: MakeAnswer, wish: Wish, copied: Promise<boolean> | null): void {
    // Closed while it was made: the codes are in the list, and nobody looks.
    if (!this.isConnected) return;
    const result = new Result();
    result.app = this.app;
    result.wish = wish;
    result.name = this.name.trim();
    result.again = () => this.another();
    result.done = () => this.app.dialogs.close(this);
    result.take(made);
    this.result = result;
    this.phase = "result";
    this.asking = false;
    void this.updateComplete.then(() => result.updateComplete).then(() => result.focusFirst());
    void copied?.then((ok) => ok && result.markCopied());
  }

  private another(): void {
    this.result = null;
    this.name = "";
    this.phase = "form";
    this.replan();
    void this.updateComplete.then(() => this.firstFocus()?.focus());
  }
}

define("codelocks-make", Make);

export interface Preset {
  when?: When;
  /** Begin with *Other times*. */
  other?: boolean;
}

/** Open *Make a code*, for a door where one is given. */
export function openMake(
  app: App,
  deviceId?: string,
  name = "",
  others?: readonly string[],
  preset?: Preset,
): void {
  const may = app.store.locks.some((lock) => app.store.mayIssue(lock));
  if (!may || !app.store.connected) return;
  openSheet<Make>("codelocks-make", app, { name }, (dialog) => {
    dialog.begin(app, deviceId, others);
    if (preset) dialog.preset(preset);
  });
}
