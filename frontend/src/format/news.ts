/** What happened at a door, in words: pure. */
import type { ActivityType, LockRow } from "../api/types";
import type { IconName } from "../components/icons";
import type { Words } from "./words";

export interface News {
  type: ActivityType | null;
  /** In the cloud's words. */
  text: string | null;
  /** For whom the code was made. */
  name: string | null;
}

/** The cloud writes "by <who>" or "Client <who>"; an e-mail address is the only sure sign. */
const ADDRESS = /[^\s<>()"',;:]+@[^\s<>()"',;:]+\.[a-z]{2,}/i;

/** Say it in our words where they are sure, else in the cloud's. */
export function newsText(news: News, words: Words): string {
  if (news.type === "opened" && news.name) return words.t("doors.opened_code", { name: news.name });
  const text = news.text ?? "";
  const who = ADDRESS.exec(text)?.[0];
  if (news.type === "opened" && who) return words.t("doors.opened_phone", { name: who });
  if (news.type === "denied" && text) return words.t("doors.refused", { reason: text });
  return text || words.t("doors.no_news");
}

export function latestText(lock: LockRow, words: Words): string {
  if (lock.kind === "kitlock") return words.t("doors.no_news_lock");
  if (!lock.last_activity) return words.t("doors.no_news");
  return newsText({ type: lock.last_type, text: lock.last_text, name: lock.last_name }, words);
}

export function newsIcon(news: News): IconName {
  if (news.type === "opened") return news.name ? "keypad" : "phone";
  if (news.type === "denied") return "blocked";
  if (news.type === "client") return "invite";
  if (news.type === "battery") return "batteryLow";
  return "history";
}
