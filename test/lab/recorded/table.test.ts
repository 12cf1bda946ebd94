import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readRecording } from "../api/recording.ts";
import { readCommands } from "../ssh/recorded-commands.ts";
import { recordedCommands } from "./commands.ts";
import type { Row } from "./row.ts";
import { TABLE } from "./table.ts";

const ROOT = join(import.meta.dirname, "..", "..", "..");
const FIXTURES = join(ROOT, "test", "fixtures", "pve-outputs");

const reasons = TABLE.flatMap(({ id, how }) => (typeof how === "string" ? [] : [{ id, reason: how.not }]));

describe("the table of recorded commands", () => {
  test("has a row for everything that was recorded, and one only", () => {
    expect(TABLE.map(({ id }) => id).toSorted()).toEqual(
      recordedCommands()
        .map(({ id }) => id)
        .toSorted(),
    );
  });

  test.each([
    ["9", { commands: 192, calls: 167, samples: 5 }, { compared: 315, reasons: 49 }],
    ["8.4", { commands: 147, calls: 81, samples: 9 }, { compared: 187, reasons: 50 }],
  ] as const)("counts what was recorded on Proxmox VE %s, and what is compared of it", (dialect, recorded, judged) => {
    const known = recordedCommands().filter((command) => command.dialect === dialect);
    const typed = known.filter(({ command }) => command !== "");
    const calls = typed.filter(({ file }) => file.includes("/api/"));
    expect({
      commands: typed.length - calls.length,
      calls: calls.length,
      samples: known.length - typed.length,
    }).toEqual(recorded);
    const rows = TABLE.filter(({ id }) => id.startsWith(`${dialect}/`));
    const compared = rows.filter(({ how }) => typeof how === "string").length;
    expect({ compared, reasons: rows.length - compared }).toEqual(judged);
  });

  test.each([...new Set(TABLE.flatMap((row) => (isCompared(row) ? [row.test] : [])))])(
    "%s keeps a ledger of what it compares, and closes it",
    (file) => {
      const text = readFileSync(join(ROOT, file), "utf8");
      expect(text).toContain("openLedger(import.meta.filename)");
      expect(text).toContain("ledger.played(");
      expect(text).toContain("expect(ledger.missing()).toEqual([])");
    },
  );

  test("names tests that are there, also where one only says why", () => {
    expect(TABLE.filter((row) => !existsSync(join(ROOT, row.test)))).toEqual([]);
  });

  test.each(reasons)("$id: $reason", ({ reason }) => {
    // A sentence: a capital or a command first, a point last, and enough words to say why.
    expect(reason).toMatch(/^[A-Z`].*\.$/);
    expect(reason.split(" ").length).toBeGreaterThan(4);
  });
});

describe("the list of recorded commands", () => {
  const files = [...new Set(recordedCommands().map(({ file }) => file))];

  test.each(files.filter((file) => existsSync(join(FIXTURES, file))))("agrees with the copy of %s", (file) => {
    const listed = recordedCommands().filter((command) => command.file === file && command.command !== "");
    if (file.includes("/api/")) {
      const copied = new Map(
        readRecording(file).map(({ id, method, path, query }) => [id, `${method} ${path}${query && `?${query}`}`]),
      );
      const answered = listed.filter(({ id }) => copied.has(id));
      expect(answered.map(({ command }) => command)).toEqual([...copied.values()]);
    } else {
      const copied = listed.length === 0 ? [] : readCommands(file, { right: "", wrong: "" });
      expect(listed.map(({ id, command }) => [id, command])).toEqual(copied.map(({ id, command }) => [id, command]));
    }
  });

  test("has a copy in the fixtures of every file that is compared", () => {
    const compared = new Set(TABLE.filter(isCompared).map(({ id }) => id.split(" ")[0] ?? ""));
    expect([...compared].filter((file) => !existsSync(join(FIXTURES, file)))).toEqual([]);
  });
});

function isCompared({ how }: Row): boolean {
  return typeof how === "string";
}
