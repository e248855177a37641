import { html, nothing, type CSSResultGroup, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";
import { repeat } from "lit/directives/repeat.js";
import type { ClientRow, LockRow } from "../api/types";
import { openInvite } from "../dialogs/invite";
import { isSuspended, type Person, shortHours } from "../format/people";
import { base } from "../styles/base";
import { details, pop } from "../styles/lists";
import { matrixStyle } from "../styles/people";
import { clientMenu, mayChange, personMenu } from "./client-actions";
import { AppElement, breakable, define, icon } from "./element";
import type { IconName } from "./icons";
import { menu, type MenuItem } from "./menu";

/** From so many doors on they scroll beneath the names. */
const MANY = 9;

const ICONS: Record<ClientRow["state"], IconName> = {
  on: "ok",
  suspended: "pause",
  invited: "invited",
  unknown: "help",
};

/** A row for each person, a column for each door: a real table. */
export class Matrix extends AppElement {
  static override styles: CSSResultGroup = [base, pop, details, matrixStyle];
  static override properties = {
    ...AppElement.properties,
    people: { attribute: false },
    doors: { attribute: false },
  };

  declare people: readonly Person[];
  declare doors: readonly LockRow[];

  override updated(): void {
    // One cell is in the order of the Tab key; the arrows lead to the others.
    const table = this.renderRoot.querySelector(".matrix");
    if (table && !table.querySelector("[tabindex='0']")) {
      table.querySelector("tbody [tabindex]")?.setAttribute("tabindex", "0");
    }
  }

  override render(): TemplateResult {
    const { people, doors } = this;
    const many = doors.length >= MANY ? "many" : "";
    // News of a door draws no row anew where nothing changed for its person.
    const shared = [
      this.app.words,
      this.app.times,
      JSON.stringify(doors.map((door) => [door.name, !door.clients, mayChange(this.app, door)])),
    ];
    return html`<div class="scroll">
      <table class="matrix" @keydown=${this.onArrow} @focusin=${this.onFocus}>
        <thead>
          <tr>
            <th scope="col">${this.t("people.phones")}</th>
            ${doors.map((door) => html`<th scope="col" class=${many}><bdi class="two">${door.name}</bdi></th>`)}
            <th scope="col"><span class="vh">${this.t("people.actions")}</span></th>
          </tr>
        </thead>
        <tbody>
          ${repeat(
            people,
            (person) => person.email,
            (person) =>
              html`<tr>
                ${guard([...shared, JSON.stringify([...person.at])], () => this.row(person))}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }

  private row(person: Person): TemplateResult {
    return html`<th scope="row">${breakable(person.email)}${this.everywhere(person)}</th>
      ${this.doors.map((door) => html`<td>${this.cell(person, door)}</td>`)}
      <td>${this.more(person)}</td>`;
  }

  private everywhere(person: Person): TemplateResult | typeof nothing {
    return isSuspended(person)
      ? html`<br /><span class="sec">${this.t("people.everywhere")}</span>`
      : nothing;
  }

  private cell(person: Person, door: LockRow): TemplateResult {
    const { email } = person;
    const client = person.at.get(door.device_id);
    if (!client) return this.noCell(person, door);
    const { state } = client;
    const { words, times } = this.app;
    const small =
      state === "on"
        ? shortHours(client, words, times)
        : state === "invited"
          ? this.t("people.not_accepted")
          : "";
    const word = this.t(state === "invited" ? "people.invited_short" : `people.${state}`);
    const content = html`${icon(ICONS[state], "s")}${word} ${small ? html`<small>${small}</small>` : nothing}`;
    const classes = `cell ${state}`;
    if (!mayChange(this.app, door)) return html`<span class=${classes}>${content}</span>`;
    // Said as it is written, so that somebody who speaks to the page can name what they see.
    const label = this.t("people.cell", { email, door: door.name, state: `${word} ${small}`.trim() });
    const items = (): MenuItem[] => clientMenu(this.app, door, client);
    return menu(label, items, { class: classes, content, inTable: true });
  }

  /** Not here yet: invite; or not known, where the door's phones are not read. */
  private noCell(person: Person, door: LockRow): TemplateResult {
    const { email } = person;
    if (!door.clients || !mayChange(this.app, door)) {
      return html`<span class="cell unknown">${door.clients ? "" : this.t("people.unknown")}</span>`;
    }
    return html`<button
      class="cell no"
      tabindex="-1"
      aria-label=${this.t("people.invite_to", { email, door: door.name })}
      @click=${() => openInvite(this.app, email, [door.device_id])}
    >
      ${icon("plus", "s")}
    </button>`;
  }

  private more(person: Person): TemplateResult | typeof nothing {
    const may = this.doors.some((door) => mayChange(this.app, door));
    if (!may) return nothing;
    const items = (): MenuItem[] => personMenu(this.app, person);
    return menu(this.t("codes.more", { name: person.email }), items, {
      class: "ib sec",
      content: icon("more"),
      inTable: true,
    });
  }

  private readonly onFocus = (event: FocusEvent): void => {
    const cell = event.target as Element;
    if (!cell.matches("td [tabindex]")) return;
    const table = event.currentTarget as Element;
    table.querySelector("[tabindex='0']")?.setAttribute("tabindex", "-1");
    cell.setAttribute("tabindex", "0");
  };

  private readonly onArrow = (event: KeyboardEvent): void => {
    const from = (event.target as Element).closest("td");
    const row = from?.parentElement as HTMLTableRowElement | undefined;
    const along = getComputedStyle(this).direction === "rtl" ? -1 : 1;
    const moves: Record<string, [number, number]> = {
      ArrowUp: [-1, 0],
      ArrowDown: [1, 0],
      ArrowLeft: [0, -along],
      ArrowRight: [0, along],
    };
    const move = moves[event.key];
    const body = row?.parentElement as HTMLTableSectionElement | undefined;
    if (!from || !row || !body || !move) return;
    event.preventDefault();
    const cells = body.rows[row.sectionRowIndex + move[0]]?.cells;
    cells?.[from.cellIndex + move[1]]?.querySelector<HTMLElement>("[tabindex]")?.focus();
  };
}

define("codelocks-matrix", Matrix);
