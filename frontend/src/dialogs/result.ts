import { html, nothing, type CSSResultGroup, type TemplateResult } from "lit";
import { reveal } from "../api/actions";
import type { FailedLock, MadeCode, MakeAnswer, Wish } from "../api/types";
import { canShare, copyText, shareText } from "../components/clipboard";
import { codeCard } from "../components/code";
import { otherWarnings } from "../components/code-tags";
import { AppElement, define, icon } from "../components/element";
import { note } from "../components/note";
import { Held, SHOWN_SECONDS } from "../components/reveal";
import { sendList, type Sending } from "../components/send";
import { defaultMessage, messageParts, restore, withhold } from "../format/message";
import { at } from "../format/times";
import { codesLeft, order } from "../state/order";
import { base, tags } from "../styles/base";
import { codeStyle, sheet } from "../styles/dialog";
import { fields, form } from "../styles/form";
import { rows } from "../styles/lists";
import { openCoach } from "./coach";

const COPIED = 3_000;

type Row = Omit<MadeCode, "netcode">;

function withoutCode(code: MadeCode): Row {
  const row: Row & { netcode?: string } = { ...code };
  delete row.netcode;
  return row;
}

interface Shown {
  codes: string[];
  message: string;
}

/** What was made: each code, large, and the message about all of them. */
export class Result extends AppElement {
  static override styles: CSSResultGroup = [base, tags, rows, sheet, codeStyle, fields, form];
  static override properties = {
    ...AppElement.properties,
    rows: { state: true },
    failed: { state: true },
    copied: { state: true },
    refused: { state: true },
    sending: { state: true },
    trying: { state: true },
  };

  declare rows: Row[];
  declare failed: FailedLock[];
  declare copied: string;
  declare refused: boolean;
  declare sending: boolean;
  declare trying: string;

  wish!: Wish;
  name = "";
  /** On a card: no message to edit, no buttons at its foot. */
  small = false;
  /** Make another; none where the codes are shown once more. */
  again: (() => void) | null = null;
  done: () => void = () => undefined;

  /** The message with places instead of codes, while these are hidden. */
  private kept: string | null = null;
  /** The message as the page wrote it, without the codes. */
  private standard = "";
  private left = 0;
  private said = "";
  private readonly held = new Held<Shown>(this, ({ codes, message }) => {
    this.kept = withhold(message, codes);
  });

  constructor() {
    super();
    this.rows = [];
    this.failed = [];
    this.copied = "";
    this.refused = false;
    this.sending = false;
    this.trying = "";
  }

  /** Take an answer; the codes themselves are held only while they are shown. */
  take(answer: MakeAnswer): void {
    const codes = answer.codes.map((code) => code.netcode);
    const { words, times } = this.app;
    const message = defaultMessage(answer.codes, words, times, (id) => this.zone(id));
    this.rows = answer.codes.map(withoutCode);
    this.failed = answer.failed;
    this.left = answer.netcode_calls_left;
    this.standard = withhold(message, codes);
    if (codes.length) this.held.show({ codes, message });
  }

  markCopied(): void {
    this.setCopied("message");
  }

  focusFirst(): void {
    this.renderRoot.querySelector<HTMLElement>(".acts .btn, .code .btn")?.focus();
  }

  get isHidden(): boolean {
    return this.held.value === null;
  }

  override render(): TemplateResult {
    const { again } = this;
    const codes = html`<div class="codes">
      ${this.rows.map((row, index) => this.code(row, index))}
      ${this.failed.map((lock) => this.missing(lock))}
    </div>`;
    if (this.small) {
      return html`<div class="small-result">
        ${this.failed.length ? this.heading() : nothing} ${this.notes()} ${codes}
        ${this.rows.length ? html`${this.actions()} ${this.timer()}` : nothing}
      </div>`;
    }
    return html`<div class="main">
        ${this.heading()} ${this.notes()} ${codes}
        ${this.rows.length ? html`${this.actions()} ${this.timer()} ${this.hint()}` : nothing}
        ${this.held.value ? this.message(this.held.value) : nothing}
      </div>
      <div class="foot">
        <div class="btns">
          ${again
            ? html`<button class="btn" @click=${again}>${this.t("result.another")}</button>`
            : nothing}
          <button class="btn tonal" @click=${() => this.done()}>${this.t("dialog.done")}</button>
        </div>
      </div>`;
  }

  private zone(deviceId: string): string {
    return this.app.store.lock(deviceId)?.time_zone ?? this.app.hass.config.time_zone;
  }

  private heading(): TemplateResult {
    if (!this.again) return html``;
    const [made, all] = [this.rows.length, this.rows.length + this.failed.length];
    const [first] = this.failed;
    if (!first) {
      if (this.rows.some((row) => row.spare)) return html``;
      return html`<p class="ok-line" role="status">
        ${icon("ok", "s")}${this.n("result.made", made)} ${this.n("result.left", this.left)}
      </p>`;
    }
    const said = (lock: FailedLock): string =>
      lock.error_key === "cannot_connect"
        ? this.t("result.no_answer", { door: lock.lock_name })
        : lock.error || this.t("result.not_made", { door: lock.lock_name });
    return note({
      tone: "bad",
      icon: "alert",
      title: this.n("result.partial", made, { k: made, n: all }),
      text: this.failed.map(said).join(" "),
    });
  }

  private notes(): TemplateResult {
    return html`${this.rows.map((row) => {
      const lock = this.app.store.lock(row.device_id);
      const set = { label: this.t("coach.set_clock_button"), run: () => this.setClock(row) };
      return html`${row.spare && this.again
        ? note({
            tone: "warn",
            icon: "spare",
            title: this.t("result.spare_title", { door: row.lock_name }),
            text: this.t("result.spare_text"),
          })
        : nothing}
      ${lock?.clock_problem === "lost"
        ? note({
            tone: "bad",
            icon: "clockAlert",
            title: this.t("result.clock_title"),
            text: this.t("result.clock_text", { lock: row.lock_name }),
            ...(lock.keypad.set_clock.length ? { action: set } : {}),
          })
        : nothing}
      ${otherWarnings(row).map((text) => note({ tone: "warn", icon: "warning", text }))}`;
    })}
    ${this.refused
      ? note({
          icon: "copy",
          title: this.t("result.no_copy_title"),
          text: this.t("result.no_copy_text"),
        })
      : nothing}`;
  }

  private code(row: Row, index: number): TemplateResult {
    const code = this.held.value?.codes[index] ?? null;
    const door = row.lock_name;
    const length = this.app.store.lock(row.device_id)?.digits ?? 6;
    return codeCard({
      door,
      code,
      length,
      window: this.window(row),
      copyLabel: this.t("result.copy_code", { door }),
      showLabel: this.t("result.show_code", { door }),
      hiddenLabel: this.t("result.hidden"),
      copied: this.copied === `code-${index}`,
      copiedLabel: this.t("result.copied"),
      copy: () => void this.copy(code ?? "", `code-${index}`),
      show: () => void this.show(),
    });
  }

  private window(row: Row): TemplateResult {
    const { times } = this.app;
    const zone = this.zone(row.device_id);
    const [start, end] = [at(row.start), at(row.end)];
    if (!row.spare) {
      const window = times.zoned(times.window(start, end, zone), zone);
      return html`${this.t("result.opens", { window })}`;
    }
    const opens = html`<span class="b"
      >${this.t("result.opens_now", { end: times.zoned(times.full(end, zone), zone) })}</span
    >`;
    if (!this.again) return opens;
    const from = Math.max(at(row.requested_start), this.app.now());
    const wished = at(row.requested_end ?? row.end);
    const wish =
      from - this.app.now() < 60_000
        ? this.t("doors.until", { end: times.full(wished, zone) })
        : times.window(from, wished, zone);
    return html`${opens}<br /><span class="sec">${this.t("result.wished", { wish })}</span>`;
  }

  private missing(lock: FailedLock): TemplateResult {
    const left = codesLeft(this.app, [lock.device_id]);
    const busy = this.trying !== "";
    return html`<section class="code none">
      <span class="of"><bdi>${lock.lock_name}</bdi></span>
      <span class="sec">${this.n("result.none", left)}</span>
      <span
        ><button
          class="btn tonal"
          ?disabled=${busy || !this.app.store.connected}
          @click=${() => void this.tryAgain(lock)}
        >
          ${icon("refresh", "s")}${this.t("result.try_again", { door: lock.lock_name })}
        </button></span
      >
    </section>`;
  }

  private actions(): TemplateResult {
    const shown = this.held.value;
    const copied = this.copied === "message";
    const share = canShare();
    return html`<div class="acts ${share && !this.small ? "" : "two-acts"}">
        <button
          class="btn fill ${this.small ? "" : "big"}"
          ?disabled=${!shown}
          aria-live="polite"
          @click=${() => void this.copy(shown?.message ?? "", "message")}
        >
          ${icon(copied ? "checkBold" : "copy")}${this.t(
            copied ? "result.copied" : this.small ? "codes.copy" : "result.copy",
          )}
        </button>
        ${share
          ? html`<button
              class="btn tonal"
              ?disabled=${!shown}
              @click=${() => void shareText(shown?.message ?? "")}
            >
              ${icon("share", "flip")}${this.t("result.share")}
            </button>`
          : nothing}
        ${this.small
          ? nothing
          : html`<button
              class="btn tonal"
              aria-expanded=${this.sending}
              @click=${() => (this.sending = !this.sending)}
            >
              ${icon("cellphone")}${this.t("send.button")}
            </button>`}
      </div>
      ${this.sending ? sendList(this.app, () => this.sendings(), this) : nothing}`;
  }

  private timer(): TemplateResult {
    const { left, value } = this.held;
    if (!value) return html``;
    // Read out at the start and near the end only.
    const spoken = left === SHOWN_SECONDS || left === 10 ? this.n("result.hidden_in", left) : "";
    if (spoken) this.said = spoken;
    return html`<div class="timer small">
      <span aria-hidden="true" class="num">${this.n("result.hidden_in", left)}</span>
      <progress .value=${left} max=${SHOWN_SECONDS} aria-hidden="true"></progress>
      <span class="vh" role="status">${this.said}</span>
    </div>`;
  }

  private hint(): TemplateResult {
    const [row] = this.rows;
    const lock = row && this.app.store.lock(row.device_id);
    if (this.again && this.rows.some((one) => one.spare)) {
      const block = (): void => openCoach(this.app, row?.device_id ?? "", "block");
      return html`<div class="preview">
        ${icon("renew")}<span
          >${this.t("result.spare_next")}
          ${lock?.keypad.block.length
            ? html`<button class="link" @click=${block}>${this.t("result.block_link")}</button>`
            : nothing}</span
        >
      </div>`;
    }
    if (!lock?.digits || this.failed.length) return html``;
    return html`<div class="preview">
      ${icon("help")}<span
        ><span class="b">${this.t("enter.title")}</span> ${this.n(
          `enter.${lock.keypad.enter}`,
          lock.digits,
        )}</span
      >
    </div>`;
  }

  private message(shown: Shown): TemplateResult {
    const onInput = (event: InputEvent): void => {
      shown.message = (event.target as HTMLTextAreaElement).value;
      this.held.again();
    };
    const lines = Math.min(8, shown.message.split("\n").length + 1);
    return html`<label class="field"
      ><span>${this.t("result.message")}</span
      ><textarea
        rows=${lines}
        autocomplete="off"
        spellcheck="false"
        .value=${shown.message}
        @input=${onInput}
      ></textarea>
    </label>`;
  }

  /** The message as the action takes it: with places instead of codes. */
  private sendings(): Sending[] {
    const shown = this.held.value;
    const held = shown ? withhold(shown.message, shown.codes) : (this.kept ?? "");
    const all = this.rows.map((row) => row.id);
    return messageParts(held, this.standard).map(({ codes, template }) => ({
      ids: codes.length ? codes.flatMap((index) => all[index] ?? []) : all,
      ...(template ? { message: template } : {}),
    }));
  }

  private async copy(text: string, what: string): Promise<void> {
    if (!text) return;
    this.refused = !(await copyText(text));
    if (!this.refused) this.setCopied(what);
    else this.renderRoot.querySelector("textarea")?.select();
  }

  private setCopied(what: string): void {
    this.copied = what;
    setTimeout(() => (this.copied = ""), COPIED);
  }

  private async show(): Promise<void> {
    try {
      const answers = await Promise.all(this.rows.map((row) => reveal(this.app.hass, row.id)));
      if (!this.isConnected) return;
      const codes = answers.map((answer) => answer.netcode);
      this.held.show({ codes, message: restore(this.kept ?? "", codes) });
    } catch (error) {
      this.app.fail(error);
    }
  }

  private async tryAgain(lock: FailedLock): Promise<void> {
    this.trying = lock.device_id;
    const wish = { ...this.wish, device_id: [lock.device_id] };
    try {
      const answer = await order(this.app, wish, this.name, () => undefined);
      await this.merge(answer, lock);
    } catch (error) {
      this.failed = this.failed.map((one) =>
        one === lock ? { ...lock, error: this.app.words.reason(error), error_key: "" } : one,
      );
    } finally {
      this.trying = "";
    }
  }

  private async merge(answer: MakeAnswer, lock: FailedLock): Promise<void> {
    const failed = [...this.failed.filter((one) => one !== lock), ...answer.failed];
    const before = this.rows.length
      ? await Promise.all(this.rows.map((row) => reveal(this.app.hass, row.id)))
      : [];
    const codes = this.rows.map((row, index) => ({ ...row, netcode: before[index]?.netcode ?? "" }));
    if (this.isConnected) this.take({ ...answer, codes: [...codes, ...answer.codes], failed });
  }

  private setClock(row: Row): void {
    openCoach(this.app, row.device_id, "set_clock");
  }
}

define("codelocks-result", Result);
