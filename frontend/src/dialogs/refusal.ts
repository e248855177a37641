import type { TemplateResult } from "lit";
import { note } from "../components/note";
import type { App } from "../state/app";
import type { Refusal } from "../state/planner";

/** Why no code was made, and what is possible instead. */
export function refusalNote(
  app: App,
  { text, key, longest }: Refusal,
  run: { again: () => void; use: (end: number) => void },
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
  return note({
    tone: "bad",
    icon: "alert",
    text,
    ...(longest
      ? {
          action: {
            label: words.t("make.use", { longest: times.length(longest.hours * 3_600_000) }),
            run: () => run.use(longest.end),
          },
        }
      : {}),
  });
}
