import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Echo, PingLines } from "../../../engine/kinds/watch/ping-lines.ts";

const EPOCH = 1_763_874_282;
const stamp = (seconds: number) => `[${(EPOCH + seconds).toFixed(6)}]`;
const answer = (sequence: number, seconds: number, ms = 0.4) =>
  `${stamp(seconds)} 64 bytes from 10.0.0.9: icmp_seq=${sequence} ttl=64 time=${ms} ms`;
const silence = (sequence: number, seconds: number) => `${stamp(seconds)} no answer yet for icmp_seq=${sequence}`;
const refusal = (sequence: number, seconds: number) =>
  `${stamp(seconds)} From 10.0.0.1 icmp_seq=${sequence} Destination Host Unreachable`;

/** State, sending time in milliseconds from the epoch of these tests, and reason. */
const brief = ({ state, sent, reason }: Echo) => [state, Math.round(sent - EPOCH * 1_000) + 0, reason];

function read(everyMs: number, ...lines: readonly string[]) {
  const reader = new PingLines(everyMs);
  return reader.read(lines.map((line) => `${line}\n`).join("")).map(brief);
}

describe("PingLines", () => {
  it.each<[string, number, readonly string[], readonly unknown[]]>([
    [
      "answers",
      1_000,
      [answer(1, 0.0004), answer(2, 1.0004)],
      [
        ["ok", 0, undefined],
        ["ok", 1_000, undefined],
      ],
    ],
    [
      "an echo that stays out",
      1_000,
      [answer(1, 0), silence(2, 2), answer(3, 2)],
      [
        ["ok", 0, undefined],
        ["failed", 1_000, "aucune réponse"],
        ["ok", 2_000, undefined],
      ],
    ],
    [
      "a late answer that comes in time",
      500,
      [silence(1, 0.5), answer(2, 0.5), answer(1, 0.8, 800)],
      [
        ["ok", 0, undefined],
        ["ok", 500, undefined],
      ],
    ],
    [
      "an answer that comes too late",
      1_000,
      [silence(1, 1), answer(1, 1.2, 1_200), silence(2, 2)],
      [
        ["failed", 0, "aucune réponse"],
        ["failed", 1_000, "aucune réponse"],
      ],
    ],
    ["an echo not given up yet", 500, [silence(1, 0.5), answer(2, 0.5)], []],
    [
      "a refusal, with its words",
      500,
      [silence(1, 0.5), refusal(1, 0.6), silence(2, 1)],
      [["failed", 0, "Destination Host Unreachable"]],
    ],
    [
      "an echo of which ping says nothing",
      1_000,
      [answer(1, 0), answer(3, 2), answer(4, 3), answer(5, 4.1)],
      [
        ["ok", 0, undefined],
        ["ok", 2_000, undefined],
        ["ok", 3_000, undefined],
        ["ok", 4_100, undefined],
      ],
    ],
    [
      "words that tell of no echo",
      1_000,
      ["PING 10.0.0.9 (10.0.0.9) 56(84) bytes of data.", "", "ping: sendmsg: Network is unreachable"],
      [],
    ],
    [
      "a doubled answer",
      1_000,
      [answer(1, 0), `${answer(1, 0.1)} (DUP!)`, answer(2, 1)],
      [
        ["ok", 0, undefined],
        ["ok", 1_000, undefined],
      ],
    ],
  ])("reads %s", (_, every, lines, echoes) => {
    expect(read(every, ...lines)).toEqual(echoes);
  });

  it("counts on when ping's numbers begin again", () => {
    const lines = Array.from({ length: 65_540 }, (_, index) => answer((index + 1) % 65_536, index));
    expect(read(1_000, ...lines)).toHaveLength(65_540);
  });

  it("notices a clock that was put back, not its small corrections", () => {
    const reader = new PingLines(1_000);
    expect(reader.read(`${answer(1, 10)}\n${answer(2, 9.5)}\n`)).toHaveLength(2);
    expect(reader.putBack).toBe(false);
    expect(reader.read(`${answer(3, 5)}\n${answer(4, 6)}\n`)).toEqual([]);
    expect(reader.putBack).toBe(true);
  });

  it("reads the same in pieces of any size, each echo once and in order", () => {
    const line = fc.boolean();
    fc.assert(
      fc.property(fc.array(line, { maxLength: 30 }), fc.array(fc.nat(40)), (answered, cuts) => {
        const lines = answered.flatMap((ok, index) =>
          ok ? [answer(index + 1, index)] : [silence(index + 1, index + 1)],
        );
        const text = lines.map((each) => `${each}\n`).join("");
        const reader = new PingLines(1_000);
        const told: Echo[] = [];
        let rest = text;
        for (const cut of cuts) {
          told.push(...reader.read(rest.slice(0, cut)));
          rest = rest.slice(cut);
        }
        told.push(...reader.read(rest));
        expect(told).toEqual(new PingLines(1_000).read(text));
        expect(told.map(({ state }) => state === "ok")).toEqual(answered);
        expect(told.map(({ sent }) => sent)).toEqual(told.map(({ sent }) => sent).toSorted((a, b) => a - b));
      }),
    );
  });
});
