import { expect, it } from "vitest";
import { sha256 } from "../../../engine/base/digest.ts";
import type { RunRecord } from "../../../engine/evidence/index.ts";
import type { Artefact } from "../../../engine/model/event.ts";
import { attemptOutput } from "../../../engine/report/attempt-output.ts";

const FILES: Readonly<Record<string, string>> = { a: '{"un":1}', b: '{"fini":true}', c: '{"deux":2}', d: "HTTP 200" };
// Only reading is asked of it.
const RECORD = { read: async (path: string) => Buffer.from(FILES[path] ?? "") } as unknown as RunRecord;

it("shows every answer of a block that asked several times, each before the log of its task", async () => {
  const artefact = (role: Artefact["role"], path: string): Artefact => {
    const bytes = Buffer.from(FILES[path] ?? "");
    return { role, path, sha256: sha256(bytes), bytes: bytes.length, mediaType: "application/json" };
  };
  const artefacts = [
    artefact("stdout", "d"),
    artefact("response", "a"),
    artefact("task-log", "b"),
    artefact("response", "c"),
  ];
  const shown = await attemptOutput(RECORD, artefacts, { fold: undefined, judgements: [] });
  expect(shown.map(({ evidence }) => evidence?.path)).toEqual(["a", "b", "c"]);
});
