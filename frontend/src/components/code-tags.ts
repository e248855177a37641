/** What is said of a code beside its name: shared by a door and *Codes*. */
import type { TemplateResult } from "lit";
import type { CodeRow } from "../api/types";
import { isOver } from "../format/codes";
import { at } from "../format/times";
import type { App } from "../state/app";
import type { IconName } from "./icons";
import { tag } from "./note";

/** Warnings that the page says in words of its own. */
const OWN = new Set(["clock_is_lost", "shared_code", "spare_given"]);

export function otherWarnings(row: Pick<CodeRow, "warnings" | "warning_keys">): string[] {
  return row.warnings.filter((_, index) => !OWN.has(row.warning_keys[index] ?? ""));
}

export function zoneOf(app: App, code: CodeRow): string {
  return app.store.lock(code.device_id)?.time_zone ?? app.hass.config.time_zone;
}

/** `withEnd`: a withdrawn code's tag says until when it opens. */
export function codeTags(app: App, code: CodeRow, withEnd: boolean): TemplateResult[] {
  const { words, times, store } = app;
  const over = isOver(code, app.now());
  const found: TemplateResult[] = [];
  if (code.state === "withdrawn") {
    const end = times.end(at(code.end), zoneOf(app, code));
    const text =
      withEnd && !over ? words.t("codes.tag_opens", { end }) : words.t("codes.tag_withdrawn");
    found.push(tag("warn", "blocked", text));
  }
  if (code.spare) found.push(tag("warn", "spare", words.t("codes.tag_spare")));
  if (code.shared_with.length) {
    const name = words.list(code.shared_with);
    found.push(tag("", "people", words.t("codes.tag_shared", { name })));
  }
  if (over) return found;
  if (store.lock(code.device_id)?.clock_problem === "lost") {
    found.push(tag("bad", "clockAlert", words.t("codes.tag_clock")));
  }
  return [...found, ...otherWarnings(code).map((text) => tag("warn", "warning", text))];
}

/** "today 12:00 to 15:00"; of a code that opens since an earlier day the end alone. */
export function windowText(app: App, code: CodeRow): string {
  const { words, times } = app;
  const zone = zoneOf(app, code);
  const [start, end] = [at(code.start), at(code.end)];
  const window =
    times.isPastDay(start, zone) && !isOver(code, app.now())
      ? words.t("doors.until", { end: times.full(end, zone) })
      : times.short(start, end, zone);
  return times.zoned(window, zone);
}

/** How a code was made: "Anna, here", "booking". */
export function wayText(app: App, code: CodeRow): string {
  if (code.issued_by !== "action") return app.words.t(`codes.way_${code.issued_by}`);
  if (code.issued_user) return app.words.t("codes.way_here", { user: code.issued_user });
  return app.words.t("codes.way_automation");
}

export function wayIcon(code: CodeRow): IconName {
  const icons: Record<CodeRow["issued_by"], IconName> = {
    action: code.issued_user ? "person" : "cog",
    booking: "bed",
    visitor: "invited",
    text: "message",
    calendar: "calendar",
    voice: "microphone",
  };
  return icons[code.issued_by];
}
