/** What can be done with a code of the list: shared by a door and *Codes*. */
import { reveal, withdraw } from "../api/actions";
import type { CodeRow } from "../api/types";
import { openCoach } from "../dialogs/coach";
import { openMake } from "../dialogs/make";
import { openOrder } from "../dialogs/order";
import { isKept, isOver, orderOf } from "../format/codes";
import { at } from "../format/times";
import type { App } from "../state/app";
import type { Notice } from "../state/notices";
import { copyLater, copyText } from "./clipboard";
import { zoneOf } from "./code-tags";
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
    app.tell({ tone: "bad", text: app.words.reason(error) || app.words.t("codes.not_shown") });
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
  const { words, times } = app;
  const name = code.name ?? words.t("codes.nameless");
  const end = times.moment(at(code.end), zoneOf(app, code));
  const run = (): void => {
    withdraw(app.hass, [code.id]).then(
      () => app.tell({ text: words.t("codes.tag_opens", { end }), ...blockAction(app, code) }),
      (error: unknown) => app.fail(error),
    );
  };
  openSheet<Ask>("codelocks-ask", app, {
    asked: {
      title: words.t("codes.withdraw_title", { name }),
      text: words.t("codes.withdraw_text", {
        door: code.lock_name,
        end,
      }),
      confirm: words.t("codes.withdraw_button"),
      run,
    },
  });
}

/** How to block it at the keypad, where its lock can. */
function blockAction(app: App, code: CodeRow): Pick<Notice, "action"> {
  if (!app.store.lock(code.device_id)?.keypad.block.length) return {};
  const run = (): void => openCoach(app, code.device_id, "block");
  return { action: { label: app.words.t("codes.how_to_block"), run } };
}

/** What can be done with a code; `show` is null while it is shown. */
export function codeMenu(app: App, code: CodeRow, show: (() => void) | null): MenuItem[] {
  const { words, store } = app;
  const lock = store.lock(code.device_id);
  const may = lock !== undefined && store.mayIssue(lock);
  const now = app.now();
  const items: MenuItem[] = [];
  if (isKept(code, now)) {
    if (show) items.push({ icon: "eye", label: words.t("codes.show"), run: show });
    const all = orderOf(store.codes, code, now);
    if (all.length > 1) {
      const label = words.n("codes.show_all", all.length);
      items.push({ icon: "eye", label, run: () => void openOrder(app, all) });
    }
    items.push({ icon: "copy", label: words.t("codes.copy"), run: () => void copy(app, code) });
  }
  if (!isOver(code, now)) {
    const send = (): void => openSend(app, [code.id]);
    items.push({ icon: "send", label: words.t("send.button"), run: send });
  }
  if (may) {
    const doors = store.codes.filter((other) => code.order && other.order === code.order);
    const again = (): void =>
      openMake(app, code.device_id, code.name ?? "", [
        ...new Set(doors.map((other) => other.device_id)),
      ]);
    items.push({ icon: "keyPlus", label: words.t("codes.again"), run: again });
  }
  const { action } = blockAction(app, code);
  if (action && code.state === "withdrawn" && !isOver(code, now)) {
    items.push({ icon: "blocked", ...action });
  }
  if (may && code.state !== "withdrawn" && !isOver(code, now)) {
    const ask = (): void => askWithdraw(app, code);
    items.push({ icon: "blocked", label: words.t("codes.withdraw"), run: ask, bad: true });
  }
  return items;
}
