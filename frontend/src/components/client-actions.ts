/** What can be done with somebody's phone: shared by a door and *People*. */
import { type ClientAction, isLost, setClient } from "../api/actions";
import type { ClientRow, LockRow } from "../api/types";
import { openHours } from "../dialogs/hours";
import { openInvite } from "../dialogs/invite";
import { type Person, price } from "../format/people";
import type { App } from "../state/app";
import type { MenuItem } from "./menu";
import { openSheet, type Ask } from "./sheet";

export interface Outcome {
  done: string[];
  failed: { id: string; error: string }[];
  /** What somebody else changed meanwhile. */
  notes: string[];
}

/** Change somebody at doors; tells what came of it at each. */
export async function changeClient(
  app: App,
  action: ClientAction,
  ids: readonly string[],
  email: string,
  data: object = {},
): Promise<Outcome> {
  try {
    const { results } = await setClient(app.hass, action, ids, email, data);
    return {
      done: results.filter((row) => row.ok).map((row) => row.device_id),
      failed: results
        .filter((row) => !row.ok)
        .map((row) => ({ id: row.device_id, error: row.result })),
      notes: results.flatMap((row) => row.note ?? []),
    };
  } catch (error) {
    const said = isLost(error) ? app.words.t("people.lost") : app.words.reason(error);
    return { done: [], failed: ids.map((id) => ({ id, error: said })), notes: [] };
  }
}

export const locksOf = (app: App, ids: readonly string[]): LockRow[] =>
  ids.flatMap((id) => app.store.lock(id) ?? []);

export const namesOf = (app: App, ids: readonly string[]): string =>
  app.words.list(locksOf(app, ids).map((lock) => lock.name));

/** "Changed at Gate; not at Office: the lock is busy." Empty where all went well. */
export function failureText(app: App, { done, failed }: Outcome): string {
  const reasons = [...new Set(failed.map((row) => row.error))];
  return reasons
    .map((error, index) => {
      const door = namesOf(app, failed.filter((row) => row.error === error).map((row) => row.id));
      return done.length && index === 0
        ? app.words.t("people.partly", { doors: namesOf(app, done), door, error })
        : app.words.t("people.not_changed", { door, error });
    })
    .join(" ");
}

/** Reading calls left in the accounts of these doors. */
export function readingLeft(app: App, ids: readonly string[]): number {
  const entries = new Set(locksOf(app, ids).map((lock) => lock.entry_id));
  return app.store.accounts
    .filter((account) => entries.has(account.entry_id))
    .reduce((sum, account) => sum + account.utility.left, 0);
}

/** Tell what came of a change; `again` undoes it, or tries once more where it failed. */
export function tellOutcome(
  app: App,
  outcome: Outcome,
  said: string,
  undo?: () => void,
): void {
  const failure = failureText(app, outcome);
  const text = [failure || said, ...outcome.notes].join(" ");
  const action = undo && outcome.done.length ? { label: app.words.t("people.restore"), run: undo } : null;
  if (text) app.tell({ text, ...(failure ? { tone: "bad" } : {}), ...(action ? { action } : {}) });
}

export async function suspend(app: App, ids: readonly string[], email: string): Promise<Outcome> {
  const outcome = await changeClient(app, "suspend_client", ids, email);
  const { done } = outcome;
  const said = app.words.n("people.suspended_at", done.length, { email });
  tellOutcome(app, outcome, said, () => void restore(app, done, email));
  return outcome;
}

export async function restore(app: App, ids: readonly string[], email: string): Promise<Outcome> {
  const outcome = await changeClient(app, "restore_client", ids, email);
  tellOutcome(app, outcome, app.words.n("people.restored_at", outcome.done.length, { email }));
  return outcome;
}

/** It cannot be undone, so it is asked first. */
export function askDelete(app: App, ids: readonly string[], email: string): void {
  const { words } = app;
  const run = async (): Promise<void> => {
    const outcome = await changeClient(app, "delete_client", ids, email);
    tellOutcome(app, outcome, words.n("people.deleted_at", outcome.done.length, { email }));
  };
  openSheet<Ask>("codelocks-ask", app, {
    asked: {
      title: words.n("people.delete_title", ids.length, { email }),
      text: words.t("people.delete_text", {
        doors: namesOf(app, ids),
        n: price(locksOf(app, ids)),
      }),
      confirm: words.t("people.delete_button"),
      run: () => void run(),
    },
  });
}

const maySuspend = (client: ClientRow): boolean => client.state !== "suspended";
const mayRestore = (client: ClientRow): boolean =>
  client.state === "suspended" || client.state === "unknown";

export const mayChange = (app: App, lock: LockRow): boolean =>
  app.store.connected && app.store.mayIssue(lock);

/** What can be done with somebody at one door. */
export function clientMenu(app: App, lock: LockRow, client: ClientRow): MenuItem[] {
  const { words } = app;
  if (!mayChange(app, lock)) return [];
  const { email } = client;
  const ids = [lock.device_id];
  return [
    { icon: "hours", label: words.t("people.hours"), run: () => openHours(app, email, ids) },
    ...(maySuspend(client)
      ? [
          {
            icon: "pause" as const,
            label: words.t("people.suspend"),
            run: () => void suspend(app, ids, email),
          },
        ]
      : []),
    ...(mayRestore(client)
      ? [
          {
            icon: "phone" as const,
            label: words.t("people.restore"),
            run: () => void restore(app, ids, email),
          },
        ]
      : []),
    {
      icon: "delete",
      label: words.t("people.delete"),
      run: () => askDelete(app, ids, email),
      bad: true,
    },
  ];
}

/** What can be done with somebody at all doors together. */
export function personMenu(app: App, person: Person): MenuItem[] {
  const { words } = app;
  const { email } = person;
  const may = [...person.at].filter(([id]) => {
    const lock = app.store.lock(id);
    return lock && mayChange(app, lock);
  });
  if (!may.length) return [];
  const ids = may.map(([id]) => id);
  const active = may.filter(([, client]) => maySuspend(client)).map(([id]) => id);
  const paused = may.filter(([, client]) => mayRestore(client)).map(([id]) => id);
  return [
    { icon: "hours", label: words.t("people.hours"), run: () => openHours(app, email, ids) },
    { icon: "invite", label: words.t("people.invite_other"), run: () => openInvite(app, email) },
    active.length
      ? {
          icon: "pause",
          label: words.t("people.suspend_all"),
          run: () => void suspend(app, active, email),
        }
      : {
          icon: "phone",
          label: words.t("people.restore_all"),
          run: () => void restore(app, paused, email),
        },
    {
      icon: "delete",
      label: words.t("people.delete"),
      run: () => askDelete(app, ids, email),
      bad: true,
    },
  ];
}
