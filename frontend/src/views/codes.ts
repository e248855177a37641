import { html, nothing, type CSSResultGroup, type PropertyValues, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { CodeRow } from "../api/types";
import { digits, spelt } from "../components/code";
import { codeMenu, fetchCode, type ShownCode } from "../components/code-actions";
import { codeTags, wayIcon, wayText, windowText } from "../components/code-tags";
import { copyText } from "../components/clipboard";
import { AppElement, breakable, define, icon } from "../components/element";
import { menu } from "../components/menu";
import { empty, refused } from "../components/note";
import { Pages, type Page } from "../components/pages";
import { Held } from "../components/reveal";
import { openCoach } from "../dialogs/coach";
import { openMake } from "../dialogs/make";
import { openSend } from "../dialogs/send";
import {
  type Entry,
  entriesOf,
  findEntries,
  isKept,
  isOver,
  type Part,
  PARTS,
  sortEntries,
  type Sorted,
} from "../format/codes";
import { base, states, tags } from "../styles/base";
import { chips, fields } from "../styles/form";
import { layout } from "../styles/layout";
import { pop, rows } from "../styles/lists";
import { codesTable, table } from "../styles/table";

/** A table from here on, rows below. */
const WIDE = matchMedia("(min-width: 1000px)");
const TABLE_ROW = 65;
const LIST_ROW = 72;
const MINUTE = 60_000;

/** All codes: now, later and over. */
export class CodesView extends AppElement {
  static override styles: CSSResultGroup = [
    base,
    layout,
    tags,
    states,
    chips,
    fields,
    rows,
    pop,
    table,
    codesTable,
  ];
  static override properties = {
    ...AppElement.properties,
    codeId: { attribute: false },
    which: { state: true },
    wanted: { state: true },
  };

  /** The order of this code is what is looked for; "" is all. */
  declare codeId: string;
  declare which: Part;
  declare wanted: string;

  private readonly held = new Held<ShownCode>(this);
  private readonly pages = new Pages(this);
  private source: readonly CodeRow[] = [];
  private entries: readonly Entry[] = [];
  private sortedAt = 0;
  private sorted: Sorted = { now: [], later: [], over: [] };

  constructor() {
    super();
    this.codeId = "";
    this.which = "now";
    this.wanted = "";
  }

  override connectedCallback(): void {
    super.connectedCallback();
    WIDE.addEventListener("change", this.onWidth);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    WIDE.removeEventListener("change", this.onWidth);
  }

  override willUpdate(changed: PropertyValues): void {
    const { store, hass } = this.app;
    const now = this.app.now();
    const isNew = store.codes !== this.source;
    if (isNew) {
      this.source = store.codes;
      this.entries = entriesOf(store.codes, this.t("codes.nameless"), hass.language);
    }
    if (isNew || Math.floor(now / MINUTE) !== this.sortedAt) {
      this.sortedAt = Math.floor(now / MINUTE);
      this.sorted = sortEntries(this.entries, now);
    }
    if (changed.has("codeId")) this.findCode();
    if (changed.has("which") || changed.has("wanted")) this.pages.reset();
  }

  override render(): TemplateResult {
    if (!this.app.store.accounts.length) return refused(this.app);
    const language = this.app.hass.language;
    const found = Object.fromEntries(
      PARTS.map((part) => [part, findEntries(this.sorted[part], this.wanted, language)]),
    ) as Sorted;
    const shown = found[this.which];
    return html`<h2 class="vh">${this.t("tabs.codes")}</h2>
      <div class="stack wide">
        <div class="lead">${this.choice(found)} ${this.find()}</div>
        <ha-card class="card"
          >${shown.length === 0 ? this.none(found) : WIDE.matches ? this.table(shown) : this.list(shown)}</ha-card
        >
        <p class="sec small">${this.t("codes.explain")}</p>
      </div>
      ${this.mayMake
        ? html`<button
            class="btn fill big fab"
            ?disabled=${!this.app.store.connected}
            @click=${this.make}
          >
            ${icon("keyPlus")}${this.t("make.make_one")}
          </button>`
        : nothing}`;
  }

  private get mayMake(): boolean {
    const { store } = this.app;
    return store.locks.some((lock) => store.mayIssue(lock));
  }

  /** Opened for a code: look for its name, where it is. */
  private findCode(): void {
    const entry = this.entries.find(({ code }) => code.id === this.codeId);
    this.wanted = entry ? (entry.code.name ?? entry.code.lock_name) : "";
    this.which = PARTS.find((part) => entry && this.sorted[part].includes(entry)) ?? this.which;
  }

  private choice(found: Sorted): TemplateResult {
    return html`<div class="seg" role="radiogroup" aria-label=${this.t("codes.which")}>
      ${PARTS.map(
        (part) =>
          html`<label
            ><input
              type="radio"
              name="which"
              .checked=${this.which === part}
              @change=${() => (this.which = part)}
            />${this.t(`codes.part_${part}`)}${part === "over" && !this.wanted
              ? nothing
              : html` <span class="num"
                  >${found[part].length.toLocaleString(this.app.hass.locale.language)}</span
                >`}</label
          >`,
      )}
    </div>`;
  }

  private find(): TemplateResult {
    const onInput = (event: InputEvent): void => {
      this.wanted = (event.target as HTMLInputElement).value;
    };
    return html`<label class="find"
      >${icon("find")}<input
        type="search"
        autocomplete="off"
        .value=${this.wanted}
        placeholder=${this.t("codes.find")}
        aria-label=${this.t("codes.find")}
        @input=${onInput}
    /></label>`;
  }

  private none(found: Sorted): TemplateResult {
    if (this.wanted.trim()) {
      const clear = (): void => {
        this.wanted = "";
      };
      const text = this.which === "over" ? "" : this.t("codes.find_over");
      const button = html`<button class="btn" @click=${clear}>${this.t("find.clear")}</button>`;
      return empty("find", this.t("find.nothing", { text: this.wanted.trim() }), text, button);
    }
    const later = found.later.length;
    const text = this.which === "now" && later ? this.n("codes.open_later", later) : "";
    const button = this.mayMake
      ? html`<button
          class="btn tonal"
          ?disabled=${!this.app.store.connected}
          @click=${this.make}
        >
          ${icon("keyPlus")}${this.t("make.make_one")}
        </button>`
      : undefined;
    return empty("keypad", this.t(`codes.none_${this.which}`), text, button);
  }

  private table(shown: readonly Entry[]): TemplateResult {
    const head = (key: string): TemplateResult => html`<th scope="col">${this.t(key)}</th>`;
    return html`<table aria-rowcount=${shown.length + 1}>
      <thead>
        <tr aria-rowindex="1">
          ${head("make.for_whom")}${head("codes.door")}${head("codes.opens")}${head("codes.made")}
          <th scope="col"><span class="vh">${this.t("codes.actions")}</span></th>
        </tr>
      </thead>
      ${this.pages.of(shown, TABLE_ROW).map(
        (page) =>
          html`<tbody data-page=${page.number}>
            ${page.rows
              ? this.rowsOf(page, (code, index) => this.tableRow(code, index))
              : html`<tr class="gap" aria-hidden="true">
                  <td colspan="5" style=${`height:${page.height}px`}></td>
                </tr>`}
          </tbody>`,
      )}
    </table>`;
  }

  private list(shown: readonly Entry[]): TemplateResult {
    return html`${this.pages.of(shown, LIST_ROW).map(
      (page) =>
        html`<div
          class="list page"
          data-page=${page.number}
          style=${page.rows ? "" : `height:${page.height}px`}
        >
          ${page.rows ? this.rowsOf(page, (code) => this.listRow(code)) : nothing}
        </div>`,
    )}`;
  }

  private rowsOf(
    page: Page<Entry>,
    draw: (code: CodeRow, index: number) => TemplateResult,
  ): unknown {
    return repeat(
      page.rows ?? [],
      ({ code }) => code.id,
      ({ code }, index) => draw(code, page.from + index),
    );
  }

  private tableRow(code: CodeRow, index: number): TemplateResult {
    const labels = codeTags(this.app, code, true);
    const shown = this.shownOf(code);
    return html`<tr aria-rowindex=${index + 2} class=${this.app.isFresh(code.id) ? "fresh" : ""}>
      <td class="b"><span class="two">${breakable(this.nameOf(code))}</span></td>
      <td><span class="two"><bdi>${code.lock_name}</bdi></span></td>
      <td>
        ${windowText(this.app, code)}${labels.length
          ? html`<span class="tags">${labels}</span>`
          : nothing}
      </td>
      <td class="sec"><span class="two">${wayText(this.app, code)}</span></td>
      <td>
        <span class="ends"
          >${shown !== null ? this.digits(shown) : html`${this.show(code)}${this.again(code)}`}${this.more(
            code,
          )}</span
        >
      </td>
    </tr>`;
  }

  private listRow(code: CodeRow): TemplateResult {
    const labels = codeTags(this.app, code, true);
    const shown = this.shownOf(code);
    return html`<div class="row ${this.app.isFresh(code.id) ? "fresh" : ""}">
      ${icon(wayIcon(code))}
      <div class="body">
        <span class="two b">${breakable(this.nameOf(code))}</span>
        <span class="sec"
          ><bdi>${code.lock_name}</bdi> · ${windowText(this.app, code)}<span class="vh"
            >, ${wayText(this.app, code)}</span
          ></span
        >
        ${shown !== null
          ? html`${this.digits(shown)}<span class="sec small"
                >${this.n("result.hidden_in", this.held.left)}</span
              >`
          : nothing}
        ${labels.length ? html`<span class="tags">${labels}</span>` : nothing}
      </div>
      <div class="end ${shown !== null ? "top" : ""}">
        ${shown !== null || code.state === "withdrawn" ? nothing : this.show(code)}${this.more(code)}
      </div>
    </div>`;
  }

  private nameOf(code: CodeRow): string {
    return code.name ?? this.t("codes.nameless");
  }

  private shownOf(code: CodeRow): string | null {
    return this.held.value?.id === code.id ? this.held.value.netcode : null;
  }

  private digits(shown: string): TemplateResult {
    const copy = async (): Promise<void> => {
      const copied = await copyText(shown);
      this.app.tell({
        tone: copied ? "ok" : "bad",
        text: this.t(copied ? "result.copied" : "codes.not_copied"),
      });
    };
    return html`<span class="shown"
      ><output aria-label=${spelt(shown)}>${digits(shown)}</output
      ><button
        class="ib sec ${WIDE.matches ? "copy" : ""}"
        aria-label=${this.t("codes.copy")}
        @click=${() => void copy()}
      >
        ${icon("copy")}</button
      ><button class="ib sec" aria-label=${this.t("codes.hide")} @click=${this.held.drop}>
        ${icon("eyeOff")}
      </button></span
    >`;
  }

  private show(code: CodeRow): TemplateResult | typeof nothing {
    const { app } = this;
    if (code.state === "withdrawn" && !isOver(code, app.now())) {
      if (!app.store.lock(code.device_id)?.keypad.block.length) return nothing;
      const block = (): void => openCoach(app, code.device_id, "block");
      return html`<button class="btn plain" @click=${block}>${this.t("codes.how_to_block")}</button>`;
    }
    if (!isKept(code, app.now())) return nothing;
    return html`<button
      class="ib sec"
      ?disabled=${!app.store.connected}
      aria-label=${this.t("codes.show_of", { name: this.nameOf(code) })}
      @click=${() => void this.reveal(code)}
    >
      ${icon("eye")}
    </button>`;
  }

  private again(code: CodeRow): TemplateResult | typeof nothing {
    if (code.state === "withdrawn" || isOver(code, this.app.now())) return nothing;
    return html`<button
      class="ib sec"
      ?disabled=${!this.app.store.connected}
      aria-label=${this.t("codes.send_again", { name: this.nameOf(code) })}
      @click=${() => openSend(this.app, [code.id])}
    >
      ${icon("send", "flip")}
    </button>`;
  }

  private more(code: CodeRow): TemplateResult {
    return menu(this.t("codes.more", { name: this.nameOf(code) }), () =>
      codeMenu(this.app, code, this.shownOf(code) === null ? () => void this.reveal(code) : null),
    );
  }

  private async reveal(code: CodeRow): Promise<void> {
    const netcode = await fetchCode(this.app, code.id);
    if (netcode !== null && this.isConnected) this.held.show({ id: code.id, netcode });
  }

  private readonly make = (): void => openMake(this.app);

  private readonly onWidth = (): void => {
    this.pages.reset();
    this.requestUpdate();
  };
}

define("codelocks-codes", CodesView);
