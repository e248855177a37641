import type { Locale } from "../api/ha";
import { capital, type Words } from "./words";

const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

/** What a clock on the wall shows at a moment in a zone. */
export interface Wall {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  /** 0 is Monday. */
  weekday: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Formatters take long to make, and lists need them by the thousand. */
function format(language: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${language}|${Object.entries(options).join("|")}`;
  let made = formats.get(key);
  if (!made) {
    made = new Intl.DateTimeFormat(language, options);
    formats.set(key, made);
  }
  return made;
}

const walls = new Map<string, Wall>();
const MOST_WALLS = 2_000;

/** Lists ask for the same few minutes again and again, and reading one takes long. */
export function wall(moment: number, zone: string): Wall {
  const key = `${Math.floor(moment / 60_000)}${zone}`;
  let read = walls.get(key);
  if (!read) {
    if (walls.size >= MOST_WALLS) walls.clear();
    read = readWall(moment, zone);
    walls.set(key, read);
  }
  return read;
}

function readWall(moment: number, zone: string): Wall {
  const parts = format("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
  }).formatToParts(moment);
  const get = (type: string): number => Number(parts.find((part) => part.type === type)?.value);
  const [year, month, day] = [get("year"), get("month"), get("day")];
  const weekday = (new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 6) % 7;
  return { year, month, day, hour: get("hour"), minute: get("minute"), weekday };
}

/** The number of a day in a zone: neighbours differ by one. */
export function dayNumber(moment: number, zone: string): number {
  const { year, month, day } = wall(moment, zone);
  return Date.UTC(year, month - 1, day) / DAY;
}

/** Return when a zone's clock shows this; of two such moments the first, in a gap the one after. */
export function fromWall(day: number, minutes: number, zone: string): number {
  const shown = day * DAY + minutes * 60_000;
  const offset = (moment: number): number => {
    const at = wall(moment, zone);
    return Date.UTC(at.year, at.month - 1, at.day, at.hour, at.minute) - moment;
  };
  const minute = Math.floor(shown / 60_000) * 60_000;
  const early = minute - offset(minute - DAY);
  const late = minute - offset(minute + DAY);
  const fits = [early, late].filter((moment) => moment + offset(moment) === minute);
  return fits.length ? Math.min(...fits) : Math.max(early, late);
}

function twelveHours(locale: Locale): boolean {
  if (locale.time_format === "12") return true;
  if (locale.time_format === "24") return false;
  const language = locale.time_format === "system" ? undefined : locale.language;
  return Boolean(new Intl.DateTimeFormat(language, { hour: "numeric" }).resolvedOptions().hour12);
}

/** Browsers know it as a method or as a value. */
interface WeekLocale {
  getWeekInfo?: () => { firstDay: number };
  weekInfo?: { firstDay: number };
}

/** Times in words: by the user's locale, in the zone of the lock, as seen from `now`. */
export class Times {
  private readonly language: string;
  private readonly hour12: boolean;

  constructor(
    private readonly words: Words,
    readonly locale: Locale,
    readonly homeZone: string,
    private readonly clock: () => number,
  ) {
    this.language = Intl.DateTimeFormat.supportedLocalesOf([locale.language])[0] ?? "en";
    this.hour12 = twelveHours(locale);
  }

  /** "9:02", "16:00", "4:00 PM". */
  time(moment: number, zone: string): string {
    if (this.hour12) {
      return format(this.language, {
        timeZone: zone,
        hourCycle: "h12",
        hour: "numeric",
        minute: "2-digit",
      }).format(moment);
    }
    const { hour, minute } = wall(moment, zone);
    return `${hour}:${String(minute).padStart(2, "0")}`;
  }

  /** "today", "tomorrow", "yesterday", "Wed" within 6 days, else "20 Nov" (with a year if another). */
  day(moment: number, zone: string): string {
    const near = this.near(moment, zone);
    if (near) return near;
    const away = dayNumber(moment, zone) - dayNumber(this.clock(), zone);
    if (Math.abs(away) <= 6) return this.weekday(moment, zone);
    return this.date(moment, zone, false);
  }

  /** The heading of a day: "Today", "Thursday 19 November". */
  heading(moment: number, zone: string): string {
    const near = this.near(moment, zone);
    if (near) return this.alone(near);
    return format(this.language, {
      timeZone: zone,
      weekday: "long",
      day: "numeric",
      month: "long",
    }).format(moment);
  }

  /** "today 15:00", "Sat 0:00", "20 Nov, 9:00". */
  moment(moment: number, zone: string): string {
    const away = dayNumber(moment, zone) - dayNumber(this.clock(), zone);
    const values = { day: this.day(moment, zone), time: this.time(moment, zone) };
    return this.words.t(Math.abs(away) <= 6 ? "time.day_time" : "time.date_time", values);
  }

  /** As `moment`, but of today the time alone: "15:00". */
  end(moment: number, zone: string): string {
    const today = dayNumber(moment, zone) === dayNumber(this.clock(), zone);
    return today ? this.time(moment, zone) : this.moment(moment, zone);
  }

  /** As `moment`, with the date where the day is not next to today: "Sat 21 Nov, 0:00". */
  full(moment: number, zone: string): string {
    const near = this.near(moment, zone);
    const time = this.time(moment, zone);
    if (near) return this.words.t("time.day_time", { day: near, time });
    return this.words.t("time.date_time", { day: this.date(moment, zone, true), time });
  }

  /** "today 14:00 to 16:00", "Fri 20 Nov, 0:00 to Mon 23 Nov, 0:00". */
  window(start: number, end: number, zone: string): string {
    return this.words.t("time.window", this.edges(start, end, zone, (at) => this.full(at, zone)));
  }

  /** "Fri 15:00 to Mon 11:00". */
  short(start: number, end: number, zone: string): string {
    const near = Math.abs(dayNumber(start, zone) - dayNumber(this.clock(), zone)) <= 6;
    const follows = dayNumber(end, zone) - dayNumber(start, zone) <= 6;
    // After "Fri 15:00", "Mon 11:00" is clear even a week from now.
    const say = (moment: number): string =>
      moment === end && near && follows ? this.weekdayTime(end, zone) : this.moment(moment, zone);
    return this.words.t("time.window", this.edges(start, end, zone, say));
  }

  /** "Tue 9:00", of tomorrow too. */
  weekdayTime(moment: number, zone: string): string {
    const day = this.near(moment, zone);
    const today = day === this.words.t("time.today");
    return this.words.t("time.day_time", {
      day: today && day ? day : this.weekday(moment, zone),
      time: this.time(moment, zone),
    });
  }

  /** A text that stands by itself. */
  alone(text: string): string {
    return capital(text, this.words.language);
  }

  weekday(moment: number, zone: string): string {
    return format(this.language, { timeZone: zone, weekday: "short" }).format(moment);
  }

  /** The name of a day of the week; 0 is Monday. */
  weekdayName(day: number): string {
    return this.weekday(Date.UTC(2024, 0, 1 + day, 12), "UTC");
  }

  /** "09:00" as people write it. */
  hours(text: string): string {
    const [hour = 0, minute = 0] = text.split(":").map(Number);
    return this.time(Date.UTC(2024, 0, 1, hour, minute), "UTC");
  }

  /** A minute of the day, as short as it can be said: "9", "9:30", "9:00 AM", "24". */
  hour(minute: number): string {
    if (this.hour12 || minute % 60) return this.hours(`0:${minute}`);
    return String(minute / 60);
  }

  /** A minute of the day; its end is "24:00", or "12:00 AM". */
  dayMinute(minute: number): string {
    return minute === 24 * 60 && !this.hour12 ? "24:00" : this.hours(`0:${minute}`);
  }

  /** The day that a week begins with; 0 is Monday. */
  firstDay(): number {
    const named = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    const chosen = named.indexOf(this.locale.first_weekday);
    if (chosen >= 0) return chosen;
    const locale = new Intl.Locale(this.language) as WeekLocale;
    const info = locale.getWeekInfo?.() ?? locale.weekInfo;
    return ((info?.firstDay ?? 1) + 6) % 7;
  }

  /** "7 days", "36 hours". */
  length(milliseconds: number): string {
    const days = milliseconds / DAY;
    if (days >= 2 && Number.isInteger(days)) return this.words.n("time.days", days);
    return this.words.n("time.hours", Math.round((milliseconds / HOUR) * 10) / 10);
  }

  isPastDay(moment: number, zone: string): boolean {
    return dayNumber(moment, zone) < dayNumber(this.clock(), zone);
  }

  /** The city of a zone, where it is another than at home. */
  zoneName(zone: string): string | null {
    if (zone === this.homeZone) return null;
    return zone.split("/").at(-1)?.replaceAll("_", " ") ?? null;
  }

  /** Times, with the lock's zone where it is another. */
  zoned(window: string, zone: string): string {
    const city = this.zoneName(zone);
    return city ? this.words.t("make.window_zone", { window, zone: city }) : window;
  }

  date(moment: number, zone: string, withWeekday: boolean): string {
    const sameYear = wall(moment, zone).year === wall(this.clock(), zone).year;
    return format(this.language, {
      timeZone: zone,
      day: "numeric",
      month: "short",
      ...(withWeekday ? { weekday: "short" as const } : {}),
      ...(sameYear ? {} : { year: "numeric" as const }),
    }).format(moment);
  }

  private near(moment: number, zone: string): string | null {
    const away = dayNumber(moment, zone) - dayNumber(this.clock(), zone);
    if (away === 0) return this.words.t("time.today");
    if (away === 1) return this.words.t("time.tomorrow");
    if (away === -1) return this.words.t("time.yesterday");
    return null;
  }

  private edges(start: number, end: number, zone: string, say: (moment: number) => string) {
    const sameDay = dayNumber(start, zone) === dayNumber(end, zone);
    return { start: say(start), end: sameDay ? this.time(end, zone) : say(end) };
  }
}

export function at(iso: string): number {
  return Date.parse(iso);
}
