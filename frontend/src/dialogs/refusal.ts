import type { TemplateResult } from "lit";
import { note } from "../components/note";
import type { App } from "../state/app";
import type { Refusal } from "../state/planner";

/** Why no code was made, and what is possible instead. */
export function refusalNote(
  app: App,
  { text, key, longest }: Refusal,
  run: { again: () => void; use: (hours: number) => void },
): TemplateResult {
  const { words, times } = app;
  if (key === "cannot_connect") {
    return note({
      tone: "bad",
      icon: "cloudOff",
      title: words.t("make.cloud_title"),
      text: words.t("make.cloud_text"),
      action: { label: words.t("make.try_again"), run: run.again },
    });
  }
  if (key === "unknown_outcome") {
    return note({ tone: "bad", icon: "alert", text: words.t("make.unknown") });
  }
  const length = longest === null ? "" : times.length(longest * 3_600_000);
  return note({
    tone: "bad",
    icon: "alert",
    text,
    ...(longest === null
      ? {}
      : { action: { label: words.t("make.use", { longest: length }), run: () => run.use(longest) } }),
  });
}
