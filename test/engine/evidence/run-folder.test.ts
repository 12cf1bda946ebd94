import { appendFile, readdir, readFile, readlink, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson, sha256 } from "../../../engine/base/digest.ts";
import type { Json } from "../../../engine/base/json.ts";
import { createRunFolder, GENESIS, latestRun, openRun } from "../../../engine/evidence/index.ts";
import { writeSampleRun } from "../../support/sample-run.ts";
import { tempFolder } from "../../support/temp-folder.ts";

const AT = new Date("2026-11-23T10:00:00.000Z");

describe("createRunFolder()", () => {
  it("chains every line to the one before, whatever the events hold and however they are interleaved", async () => {
    const root = await tempFolder();
    let round = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string({ unit: "binary" }), { maxLength: 12 }), async (steps) => {
        round += 1;
        const folder = await createRunFolder(root, `r${round}`);
        await Promise.all(steps.map((step) => folder.append({ type: "step-started", step }, AT)));
        await folder.abandon();
        const { events, journal } = await openRun(folder.folder);
        expect(events.map((event) => (event.type === "step-started" ? event.step : ""))).toEqual(steps);
        let prev = GENESIS;
        for (const line of journal.lines) {
          expect(line.event?.prev).toBe(prev);
          expect(canonicalJson(line.event as unknown as Json)).toBe(line.text);
          prev = sha256(line.text);
        }
      }),
      { numRuns: 25 },
    );
  });

  it("refuses a second writer while the first lives, and any run that exists", async () => {
    const root = await tempFolder();
    const folder = await createRunFolder(root, "un");
    await expect(createRunFolder(root, "un")).rejects.toMatchObject({ code: "RUN_LOCKED" });
    await folder.abandon();
    await expect(createRunFolder(root, "un")).rejects.toMatchObject({ code: "RUN_EXISTS" });
  });

  it("takes over the lock of a process that is gone", async () => {
    const root = await tempFolder();
    await writeFile(join(root, "un.lock"), JSON.stringify({ pid: process.pid, started: "another life" }));
    const folder = await createRunFolder(root, "un");
    await folder.abandon();
    expect(folder.run).toBe("un");
  });

  it("keeps the bytes of both streams apart, with their order and time", async () => {
    const root = await tempFolder();
    const folder = await createRunFolder(root, "un");
    const terminal = await folder.terminal(7);
    terminal.write("stdout", Buffer.from([0, 255, 10]), 0.1);
    terminal.write("stderr", Buffer.from("é"), 0.2);
    terminal.write("stdout", Buffer.from("fin"), 1.5);
    const artefacts = await terminal.close();
    await folder.abandon();
    const record = await openRun(folder.folder);
    expect(await record.read("terminal/bloc-007.out")).toEqual(Buffer.from([0, 255, 10, 102, 105, 110]));
    expect((await record.read("terminal/bloc-007.timing")).toString()).toBe('[0.1,"o",3]\n[0.2,"e",2]\n[1.5,"o",3]\n');
    for (const { path, sha256: digest } of artefacts) expect(sha256(await record.read(path))).toBe(digest);
  });

  it("points latest at the run that finished", async () => {
    const root = await tempFolder();
    await writeSampleRun(root, "un");
    await writeSampleRun(root, "deux");
    expect(await readlink(join(root, "latest"))).toBe("deux");
    expect(await latestRun(root)).toBe(join(root, "deux"));
  });
});

describe("openRun()", () => {
  it("leaves out a line that a crash cut short and says so", async () => {
    const folder = await writeSampleRun(await tempFolder());
    const before = (await openRun(folder)).events.length;
    await appendFile(join(folder, "data/journal.jsonl"), '{"v":1,"seq":99');
    const record = await openRun(folder);
    expect(record.events).toHaveLength(before);
    expect(record.journal.torn).toBe('{"v":1,"seq":99');
  });

  it("never reads outside the run folder, neither by path nor by link", async () => {
    const folder = await writeSampleRun(await tempFolder());
    const record = await openRun(folder);
    await symlink("/etc/hostname", join(folder, "data/blobs/lien"));
    for (const path of ["../manifest-sha256.txt", "/etc/hostname", "blobs/lien"]) {
      await expect(record.read(path)).rejects.toMatchObject({ code: "EVIDENCE_FILE_MISSING" });
    }
  });

  it("says that a folder is no run", async () => {
    await expect(openRun(await tempFolder())).rejects.toMatchObject({ code: "EVIDENCE_NOT_FOUND" });
  });

  it("keeps equal contents once, under their digest", async () => {
    const root = await tempFolder();
    const folder = await createRunFolder(root, "un");
    const [a, b] = await Promise.all(["x", "x"].map((text) => folder.keep("api", text, "application/json")));
    await folder.abandon();
    expect(a).toEqual(b);
    expect((await readFile(join(folder.folder, "data", a?.path ?? ""))).toString()).toBe("x");
  });
});

describe("a run folder", () => {
  it("can be let go twice, so that no clean-up hides an error", async () => {
    const folder = await createRunFolder(await tempFolder(), "un");
    await folder.finish({});
    await folder.abandon();
    await folder.abandon();
  });

  it("is what latest points at from its first moment, however many open at once", async () => {
    const root = await tempFolder();
    const folders = await Promise.all(["un", "deux", "trois"].map((name) => createRunFolder(root, name)));
    expect(folders.map(({ latestFailure }) => latestFailure)).toEqual([undefined, undefined, undefined]);
    expect(["un", "deux", "trois"]).toContain(await readlink(join(root, "latest")));
    expect((await readdir(root)).filter((name) => name.includes(".part"))).toEqual([]);
    await Promise.all(folders.map((folder) => folder.abandon()));
  });

  it("has one holder, however many ask at once", async () => {
    const root = await tempFolder();
    const asked = await Promise.allSettled(Array.from({ length: 8 }, () => createRunFolder(root, "un")));
    const held = asked.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
    expect(held).toHaveLength(1);
    await Promise.all(held.map((folder) => folder.abandon()));
  });

  it("says what the disk refuses as the environment's fault", async () => {
    const root = await tempFolder();
    const folder = await createRunFolder(root, "un");
    await rm(join(folder.folder, "data/terminal"), { recursive: true });
    const refused = { code: "EVIDENCE_WRITE_FAILED", scope: "environment" };
    await expect(folder.terminal(1)).rejects.toMatchObject(refused);
    await rm(join(folder.folder, "data/blobs"), { recursive: true });
    await writeFile(join(folder.folder, "data/blobs"), "");
    await expect(folder.keep("api", "x", "text/plain")).rejects.toMatchObject(refused);
    await folder.abandon();
  });
});
