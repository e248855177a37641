/** What is typed at a keypad: pure. */

/** What the lock's clock should show, in two digits each. */
export interface Clock extends Record<string, string> {
  yy: string;
  yyyy: string;
  mm: string;
  dd: string;
  hh: string;
  mi: string;
}

const two = (value: number): string => String(value).padStart(2, "0");

export function clockAt(moment: number, offsetMinutes: number): Clock {
  const shown = new Date(moment + offsetMinutes * 60_000);
  return {
    yy: two(shown.getUTCFullYear() % 100),
    yyyy: String(shown.getUTCFullYear()),
    mm: two(shown.getUTCMonth() + 1),
    dd: two(shown.getUTCDate()),
    hh: two(shown.getUTCHours()),
    mi: two(shown.getUTCMinutes()),
  };
}

export function filledIn(keys: string, clock: Clock): string {
  return keys.replace(/\{(\w+)\}/g, (_, part: string) => clock[part] ?? "");
}

export function keysOf(text: string): string[] {
  return [...text].filter((key) => key.trim() !== "");
}
