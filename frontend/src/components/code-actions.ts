/** What can be done with a code of the list: shared by a door and *Codes*. */
import { reason, reveal, withdraw } from "../api/actions";
import type { CodeRow } from "../api/types";
import { openMake } from "../dialogs/make";
import { at } from "../format/times";
import type { App } from "../state/app";
import { copyLater, copyText } from "./clipboard";
import type { MenuItem } from "./menu";
import { openSend } from "../dialogs/send";
import { openSheet, type Ask } from "./sheet";

export interface ShownCode {
  id: string;
  netcode: string;
}

/** Ask the server for a code; a refusal is told. */
export async function fetchCode(app: App, id: string): Promise<string | null> {
  try {
    return (await reveal(app.hass, id)).netcode;
  } catch (error) {
    app.tell({ tone: "bad", text: reason(error) || app.words.t("codes.not_shown") });
    return null;
  }
}

async function copy(app: App, code: CodeRow): Promise<void> {
  const asked = fetchCode(app, code.id);
  const copied = await copyLater(asked.then((text) => text ?? Promise.reject(new Error("none"))));
  const text = copied ? null : await asked;
  if (copied || (text && (await copyText(text)))) {
    app.tell({ tone: "ok", text: app.words.t("result.copied") });
  } else if (text) {
    app.tell({ tone: "bad", text: app.words.t("codes.not_copied") });
  }
}

function askWithdraw(app: App, code: CodeRow): void {
  const { words, times, store } = app;
  const zone = store.lock(code.device_id)?.time_zone ?? app.hass.config.time_zone;
  const name = code.name ?? words.t("codes.nameless");
  const run = (): void => {
    withdraw(app.hass, [code.id]).catch((error: unknown) =>
      app.tell({ tone: "bad", text: reason(error) }),
    );
  };
  openSheet<Ask>("codelocks-ask", app, {
    asked: {
      title: words.t("codes.withdraw_title", { name }),
      text: words.t("codes.withdraw_text", {
        door: code.lock_name,
        end: times.moment(at(code.end), zone),
      }),
      confirm: words.t("codes.withdraw_button"),
      run,
    },
  });
}

export function codeMenu(app: App, code: CodeRow, show: () => void): MenuItem[] {
  const { words, store } = app;
  const lock = store.lock(code.device_id);
  const may = lock !== undefined && store.mayIssue(lock);
  const items: MenuItem[] = [
    { icon: "eye", label: words.t("codes.show"), run: show },
    { icon: "copy", label: words.t("codes.copy"), run: () => void copy(app, code) },
    { icon: "send", label: words.t("send.button"), run: () => openSend(app, [code.id]) },
  ];
  if (may) {
    const again = (): void => openMake(app, code.device_id, code.name ?? "");
    items.push({ icon: "keyPlus", label: words.t("codes.again"), run: again });
  }
  if (may && code.state !== "withdrawn") {
    const ask = (): void => askWithdraw(app, code);
    items.push({ icon: "blocked", label: words.t("codes.withdraw"), run: ask, bad: true });
  }
  return items;
}
