/** What a plan says, in sentences: pure. */
import type { PlanAnswer, PlannedCode } from "../api/types";
import { at, type Times } from "../format/times";
import type { Words } from "../format/words";

export interface Preview {
  /** The windows: one line where all are equal, else one for each door. */
  windows: string[];
  /** What differs from the wish, what it costs, who has the same code. */
  notes: string[];
}

const HOUR = 3_600_000;

interface Window {
  door: string;
  zone: string;
  start: number;
  end: number;
}

/** A chain is told as one window for each door. */
function windowsOf(codes: readonly PlannedCode[], zoneOf: (id: string) => string): Window[] {
  const doors = new Map<string, Window>();
  for (const code of codes) {
    const [start, end] = [at(code.start), at(code.end)];
    const known = doors.get(code.device_id);
    if (known) {
      known.start = Math.min(known.start, start);
      known.end = Math.max(known.end, end);
    } else {
      const zone = zoneOf(code.device_id);
      doors.set(code.device_id, { door: code.lock_name, zone, start, end });
    }
  }
  return [...doors.values()];
}

export function preview(
  plan: PlanAnswer,
  words: Words,
  times: Times,
  zoneOf: (id: string) => string,
): Preview {
  const windows = windowsOf(plan.codes, zoneOf);
  const said = windows.map(({ start, end, zone }) =>
    times.zoned(times.window(start, end, zone), zone),
  );
  const same = new Set(said).size === 1;
  return {
    windows: same
      ? [words.t("make.opens", { window: said[0] ?? "" })]
      : windows.map((one, index) =>
          words.t("make.opens_door", { door: one.door, window: said[index] ?? "" }),
        ),
    notes: [...differs(plan.codes, windows, words), ...costs(plan, words), ...shared(plan, words)],
  };
}

function differs(
  codes: readonly PlannedCode[],
  [window]: readonly Window[],
  words: Words,
): string[] {
  const [code] = codes;
  if (!code || !window) return [];
  const early = Math.floor((at(code.requested_start) - window.start) / HOUR);
  const late = code.requested_end ? Math.floor((window.end - at(code.requested_end)) / HOUR) : 0;
  const [x, y] = [words.n("time.hours_short", early), words.n("time.hours_short", late)];
  if (early > 0 && late > 0) return [words.t("make.early_late", { x, y })];
  if (early > 0) return [words.t("make.early", { x })];
  if (late > 0) return [words.t("make.late", { y })];
  return [];
}

function costs(plan: PlanAnswer, words: Words): string[] {
  const n = plan.codes.filter((code) => !code.cached).length;
  if (plan.codes.length && n === 0) return [words.t("make.free")];
  return [words.t("make.costs", { n, left: plan.netcode_calls_left })];
}

function shared(plan: PlanAnswer, words: Words): string[] {
  const names = [...new Set(plan.codes.flatMap((code) => code.shared_with))];
  return names.length ? [words.n("make.shared", names.length, { names: words.list(names) })] : [];
}
