import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import type { App } from "../state/app";
import { icon } from "./element";

/** So many doors are shown at once; beyond that there is a field to find one. */
const DOORS = 12;

/** A real checkbox or radio; a tick and a colour when chosen. */
export function chip(
  type: "radio" | "checkbox",
  name: string,
  label: string,
  checked: boolean,
  choose: (checked: boolean) => void,
  extra: TemplateResult | typeof nothing = nothing,
): TemplateResult {
  return html`<label class="chip"
    ><input
      type=${type}
      name=${name}
      .checked=${live(checked)}
      @change=${(event: Event) => choose((event.target as HTMLInputElement).checked)}
    />${icon("check", "s")}${extra}<span class="clip"><bdi>${label}</bdi></span></label
  >`;
}

export interface DoorChoice {
  /** In the order of the form: it does not change under the finger. */
  doors: readonly string[];
  chosen: ReadonlySet<string>;
  /** How many may be chosen. */
  most: number;
  wanted: string;
  off: boolean;
  hint: TemplateResult | typeof nothing;
  choose: (chosen: ReadonlySet<string>) => void;
  find: (wanted: string) => void;
}

/** Doors to choose from. */
export function doorChips(app: App, choice: DoorChoice): TemplateResult {
  const { words, hass, store } = app;
  const { chosen, doors } = choice;
  const find = choice.wanted.trim().toLocaleLowerCase(hass.language);
  const shown = doors
    .filter((id, index) => {
      if (chosen.has(id)) return true;
      const name = store.lock(id)?.name.toLocaleLowerCase(hass.language) ?? "";
      return find ? name.includes(find) : index < DOORS;
    })
    .slice(0, DOORS + choice.most);
  return html`<fieldset ?disabled=${choice.off}>
    <legend>${words.t("make.doors")}${choice.hint}</legend>
    ${doors.length > DOORS
      ? html`<label class="find"
          >${icon("find")}<input
            type="search"
            placeholder=${words.t("doors.find")}
            aria-label=${words.t("doors.find")}
            .value=${choice.wanted}
            @input=${(event: InputEvent) => choice.find((event.target as HTMLInputElement).value)}
        /></label>`
      : nothing}
    <div class="chips">${shown.map((id) => doorChip(app, choice, id))}</div>
  </fieldset>`;
}

function doorChip(app: App, choice: DoorChoice, id: string): TemplateResult | typeof nothing {
  const lock = app.store.lock(id);
  if (!lock) return nothing;
  const choose = (checked: boolean): void => {
    const chosen = new Set(choice.chosen);
    if (checked && chosen.size < choice.most) chosen.add(id);
    else chosen.delete(id);
    choice.choose(chosen);
  };
  const clock =
    lock.clock_problem === "lost"
      ? html`${icon("clockAlert", "s stay")}<span class="vh"
            >${app.words.t("doors.clock_title")}</span
          >`
      : nothing;
  return chip("checkbox", "door", lock.name, choice.chosen.has(id), choose, clock);
}
