import { describe, expect, it } from "vitest";
import type { ActivePeriod, ClientRow, LockRow } from "../src/api/types";
import {
  commonHours,
  isSuspended,
  matching,
  peopleOf,
  price,
  shortHours,
  stateText,
  usualHours,
} from "../src/format/people";
import {
  asked,
  blocksOf,
  counted,
  periodsOf,
  type Row,
  rowsOf,
  rowsOfSchedule,
  WEEK,
  weekKey,
} from "../src/format/week";
import { ALWAYS, LOCKS } from "../dev/fixtures";
import { times, words } from "./words";

const weekend: Row = { days: ["fri", "sun"], from: 22 * 60, to: 6 * 60 };
const period = (starts: string, ends: string, days: ActivePeriod["days"]): ActivePeriod => ({
  starts,
  ends,
  days,
  enabled: true,
});

describe("hours of a week", () => {
  it("splits what passes midnight, Sunday into Monday", () => {
    expect(periodsOf([weekend])).toEqual([
      period("22:00", "24:00", ["fri", "sun"]),
      period("00:00", "06:00", ["mon", "sat"]),
    ]);
    expect(counted({ rows: [weekend], schedule: null })).toBe(2);
  });

  it("joins rows with the same times, and drops what is off", () => {
    const rows = rowsOf([
      period("08:00", "18:00", ["mon"]),
      period("08:00", "18:00", ["tue"]),
      { ...period("06:00", "07:00", ["sun"]), enabled: false },
    ]);
    expect(rows).toEqual([{ days: ["mon", "tue"], from: 480, to: 1080 }]);
  });

  it("knows the end of a day however it is written", () => {
    const ends = ["23:59", "24:00", "00:00"].map((end) => rowsOf([period("09:00", end, ["mon"])]));
    expect(ends.map(([row]) => row?.to)).toEqual([1440, 1440, 1440]);
  });

  it("draws blocks that meet as one", () => {
    const [monday] = blocksOf([
      { days: ["mon"], from: 480, to: 720 },
      { days: ["mon"], from: 720, to: 1080 },
      { days: ["mon"], from: 500, to: 600 },
    ]);
    expect(monday).toEqual([[480, 1080]]);
    expect(weekKey([period("08:00", "12:00", ["mon"]), period("12:00", "18:00", ["mon"])])).toBe(
      weekKey([period("08:00", "18:00", ["mon"])]),
    );
  });

  it("reads a schedule helper, seconds rounded inwards", () => {
    const block = (from: string, to: string) => [{ from, to }];
    const rows = rowsOfSchedule({
      monday: block("08:00:30", "17:00:30"),
      tuesday: block("08:01:00", "17:00:00"),
      friday: block("20:00:00", "24:00:00"),
      sunday: block("09:00:10", "09:00:50"),
    });
    expect(rows).toEqual([
      { days: ["mon", "tue"], from: 481, to: 1020 },
      { days: ["fri"], from: 1200, to: 1440 },
    ]);
  });

  it("asks for nothing that a lock cannot hold", () => {
    const ask = (rows: Row[]) => asked({ rows, schedule: null });
    const hours = Array.from({ length: 11 }, (_, n): Row => ({ days: ["mon"], from: n * 60, to: n * 60 + 30 }));
    expect(ask([])).toBeNull();
    expect(ask([{ days: [], from: 0, to: 60 }])).toBeNull();
    expect(ask([{ days: ["mon"], from: 60, to: 60 }])).toBeNull();
    expect(ask(hours)).toBeNull();
    expect(ask(hours.slice(1))).toHaveProperty("active_periods.length", 10);
    expect(asked({ rows: hours, schedule: "schedule.office" })).toEqual({
      schedule_entity_id: "schedule.office",
    });
  });

  it("begins with the user's day, and says times as short as they are", () => {
    expect(times().firstDay()).toBe(0);
    expect([times().hour(540), times().hour(570), times().hour(1440)]).toEqual(["9", "9:30", "24"]);
    expect(times("12").hour(540)).toMatch(/^9:00.[ap]\.?m/i);
    expect([times().dayMinute(1440), times().dayMinute(0)]).toEqual(["24:00", "0:00"]);
  });
});

const people = peopleOf(LOCKS);
const find = (email: string) => {
  const person = people.find((one) => one.email.startsWith(email));
  if (!person) throw new Error(email);
  return person;
};
const lockOf = (id: string) => LOCKS.find((lock) => lock.device_id === id) as LockRow;
const clientOf = (email: string, id: string) => find(email).at.get(id) as ClientRow;

describe("people", () => {
  it("are rows by address, with their doors", () => {
    expect(people.map((person) => person.email.split(".")[0])).toEqual([
      "anna",
      "jonas",
      "lena",
      "marek",
      "priya",
      "tom",
    ]);
    expect([...find("tom").at.keys()]).toEqual(["gate", "office"]);
    expect(isSuspended(find("lena"))).toBe(true);
    expect(isSuspended(find("marek"))).toBe(false);
  });

  it("say their hours short in a cell, else in full", () => {
    const short = (email: string, id: string) => shortHours(clientOf(email, id), words, times());
    expect(short("anna", "gate")).toBe("always");
    expect(short("marek", "gate")).toBe("Mon to Fri 9–13");
    expect(short("tom", "gate")).toBe("own hours");
    const said = (email: string) => commonHours([...find(email).at.values()], words, times());
    expect(said("marek")).toBe("Mon to Fri 9:00 to 13:00");
    expect(said("tom")).toBe("own hours");
    expect(stateText(clientOf("marek", "gate"), words, times())).toBe(
      "On · Mon to Fri 9:00 to 13:00",
    );
    expect(stateText(clientOf("lena", "gate"), words, times())).toBe("Suspended");
  });

  it("are found by address, and by the door that they open", () => {
    const doors = LOCKS.filter((lock) => lock.kind === "k3");
    expect(matching(people, doors, " MAREK ").people).toEqual([find("marek")]);
    expect(matching(people, doors, "marek").doors).toHaveLength(doors.length);
    const office = matching(people, doors, "office");
    expect(office.doors).toEqual([lockOf("office")]);
    expect(office.people).toHaveLength(4);
    expect(matching(people, doors, "nobody").people).toEqual([]);
  });

  it("cost the change, and reading what came of it", () => {
    const gate = lockOf("gate");
    const full = { ...gate, clients: Array.from({ length: 51 }, () => clientOf("anna", "gate")) };
    expect(price([gate])).toBe(2);
    expect(price([gate, lockOf("office")], true)).toBe(6);
    expect(price([full])).toBe(3);
    expect(price([{ ...gate, clients: null }], true)).toBe(1);
  });

  it("lend their hours, the usual ones first, without always", () => {
    const emails = usualHours(people).map((client) => client.email.split(".")[0]);
    expect(emails).toEqual(["marek", "priya", "tom"]);
    expect(rowsOf(ALWAYS)).toEqual([{ days: WEEK, from: 0, to: 1440 }]);
  });
});
