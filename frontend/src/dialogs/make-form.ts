import { html, nothing, type TemplateResult } from "lit";
import { chip, doorChips } from "../components/chip";
import { icon } from "../components/element";
import { untilHours, type When } from "../format/wish";
import { type Make, MOST_DOORS } from "./make";

export function doorFields(make: Make): TemplateResult {
  const { words, store } = make.app;
  const lastTime = make.lastTime
    .filter((id) => make.chosen.has(id))
    .map((id) => store.lock(id)?.name ?? "");
  return doorChips(make.app, {
    doors: make.doors,
    chosen: make.chosen,
    most: MOST_DOORS,
    wanted: make.wanted,
    off: make.phase !== "form",
    hint: lastTime.length
      ? html`<small>${words.t("make.last_time", { door: words.list(lastTime) })}</small>`
      : nothing,
    choose: (chosen) => make.set({ chosen }),
    find: (wanted) => {
      make.wanted = wanted;
    },
  });
}

const QUICK = ["1h", "2h", "today", "tomorrow", "weekend"] as const;

export function whenChips(make: Make): TemplateResult {
  const { words, times } = make.app;
  const { when } = make;
  const radio = (label: string, chosen: boolean, next: When): TemplateResult =>
    chip("radio", "when", label, chosen, () => make.set({ when: next }));
  const hour = (value: number): string => times.hours(`${value}:00`);
  return html`<fieldset ?disabled=${make.phase !== "form"}>
      <legend>${words.t("make.when")}</legend>
      <div class="chips hours" role="presentation">
        <span class="sec until">${words.t("make.until")}</span>
        ${untilHours(make.app.now(), make.zone).map((value) =>
          chip(
            "radio",
            "when",
            hour(value),
            when.kind === "until" && when.hour === value,
            () => make.set({ when: { kind: "until", hour: value } }),
            html`<span class="vh">${words.t("make.until")} </span>`,
          ),
        )}
      </div>
      <div class="chips">
        ${QUICK.map((kind) => radio(words.t(`make.quick_${kind}`), when.kind === kind, { kind }))}
        ${chip("radio", "when", words.t("make.other"), when.kind === "other", () =>
          make.chooseOther(),
        )}
      </div>
    </fieldset>
    ${when.kind === "other" ? otherTimes(make, when) : nothing}`;
}

/** Codes begin and end with the hour; a time between, once chosen, stays. */
function hoursWith(time: string): string[] {
  const hours = Array.from({ length: 24 }, (_, hour) => `${String(hour).padStart(2, "0")}:00`);
  return hours.includes(time) ? hours : [...hours, time].sort();
}

function otherTimes(make: Make, when: When & { kind: "other" }): TemplateResult {
  const { words, times } = make.app;
  const part = (which: "from" | "to", index: 0 | 1): TemplateResult => {
    const [date = "", time = ""] = when[which].split("T");
    const label = index === 0 ? words.t(`make.${which}`) : words.t("make.time");
    const onInput = (event: Event): void => {
      const { value } = event.target as HTMLInputElement;
      const text = index === 0 ? `${value}T${time}` : `${date}T${value}`;
      make.set({ when: { ...when, [which]: text } });
    };
    if (index === 1) {
      return html`<label class="field"
        ><span>${label}</span
        ><select
          aria-label=${`${words.t(`make.${which}`)}, ${label}`}
          ?disabled=${make.phase !== "form"}
          @change=${onInput}
        >
          ${hoursWith(time).map(
            (hour) =>
              html`<option value=${hour} .selected=${hour === time}>${times.hours(hour)}</option>`,
          )}
        </select></label
      >`;
    }
    return html`<label class="field"
      ><span>${label}</span
      ><input
        type="date"
        .value=${date}
        ?disabled=${make.phase !== "form"}
        @change=${onInput}
    /></label>`;
  };
  return html`<div class="from-to">
    ${part("from", 0)}${part("from", 1)}${part("to", 0)}${part("to", 1)}
  </div>`;
}

/** Open with *Other times*, else folded away. */
export function moreChoices(make: Make): TemplateResult {
  const { words } = make.app;
  const choices = html`${opens(make)}${oneCode(make)}`;
  if (make.when.kind === "other") return choices;
  const onToggle = (event: Event): void => {
    const { open } = event.target as HTMLDetailsElement;
    if (open === make.moreOpen) return;
    make.moreOpen = open;
    if (open) make.replan();
  };
  return html`<details @toggle=${onToggle}>
    <summary class="btn plain more">
      ${words.t("make.more")}${icon("down", "s turn")}
    </summary>
    <div class="stack">${choices}</div>
  </details>`;
}

function opens(make: Make): TemplateResult {
  const { words } = make.app;
  return html`<fieldset ?disabled=${make.phase !== "form"}>
    <legend>${words.t("make.opens_how")}</legend>
    <div class="chips">
      ${chip("radio", "often", words.t("make.often"), !make.once, () => make.set({ once: false }))}
      ${chip("radio", "often", words.t("make.once"), make.once, () =>
        make.set({ once: true, tight: false }),
      )}
    </div>
  </fieldset>`;
}

function oneCode(make: Make): TemplateResult | typeof nothing {
  const { words } = make.app;
  if (make.once) return nothing;
  const { chain } = make.planner;
  const costs = chain === null ? "" : words.t("make.chain_costs", { n: chain });
  return html`<label class="check"
    ><input
      type="checkbox"
      .checked=${!make.tight}
      ?disabled=${make.phase !== "form"}
      @change=${(event: Event) => make.set({ tight: !(event.target as HTMLInputElement).checked })}
    /><span
      >${words.t("make.one_code")}<br /><span class="sec small"
        >${words.t("make.chain")} ${costs}</span
      ></span
    ></label
  >`;
}
