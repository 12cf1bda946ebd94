import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { decodeText } from "../../../engine/import/index.ts";
import { cliProject } from "../../support/cli-project.ts";
import { proseReport } from "../../support/prose-report.ts";

const utf16 = (text: string, mark = true) => Buffer.from(`${mark ? "\uFEFF" : ""}${text}`, "utf16le");

describe("constat import", () => {
  it("writes seven runbooks that lint and plan without an error, and never a secret", async () => {
    const { here, path } = await cliProject({ "mon rapport.txt": proseReport().text });
    const made = await here("import", path("mon rapport.txt"), "--out", path("rb"));
    expect([made.code, made.stderr]).toEqual([0, ""]);
    expect(made.stdout).toContain("7 runbooks, 49 emplacements de capture.");
    expect(made.stdout).toMatch(/ligne \d+ : Un mot de passe est écrit en clair/);
    const files = readdirSync(path("rb"), { recursive: true, encoding: "utf8" }).filter((name) => /\.\w+$/.test(name));
    expect(files.filter((name) => name.endsWith(".md"))).toHaveLength(7);
    const all = files.map((name) => readFileSync(join(path("rb"), name), "utf8")).join("\n") + made.stdout;
    expect(all).not.toContain("ZebreVert42");
    const lint = await here("lint", path("rb"));
    expect([lint.code, lint.stderr, lint.stdout]).toEqual([0, "", "7 runbooks, 49 blocs : rien à signaler.\n"]);
    const images = path("images");
    mkdirSync(images);
    const plan = await here("plan", path("rb"), "--pictures", images);
    expect([plan.code, plan.stderr]).toEqual([0, ""]);
    expect(plan.stdout).toContain("/49 figures prévues");

    const again = await here("import", path("mon rapport.txt"), "--out", path("rb"));
    expect([again.code, again.stderr]).toEqual([2, expect.stringContaining("IMPORT_EXISTS")]);
  });

  it("keeps the settings and the inventory that are there", async () => {
    const { here, path } = await cliProject({ "r.md": "# 1. Un\n\nTexte.\n", "rb/rapport.yaml": "titre: Le mien\n" });
    const made = await here("import", path("r.md"), "--out", path("rb"), "--json");
    expect(made.code).toBe(0);
    expect(JSON.parse(made.stdout)).toMatchObject({ placeholders: { written: 0, kept: 0 }, secrets: [] });
    expect(readFileSync(path("rb/rapport.yaml"), "utf8")).toBe("titre: Le mien\n");
  });

  it.each([
    ["that is not there", undefined, "IMPORT_SOURCE"],
    ["that is empty", "", "IMPORT_EMPTY"],
    ["that is no text", Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 8, 0, 0x99, 1, 0, 7]), "IMPORT_NOT_TEXT"],
  ])("refuses a file %s", async (_, content, code) => {
    const { here, path } = await cliProject({});
    if (content !== undefined) writeFileSync(path("r.txt"), content);
    const ended = await here("import", path("r.txt"), "--out", path("rb"));
    expect([ended.code, ended.stderr]).toEqual([2, expect.stringContaining(code)]);
  });

  it("takes three thousand placeholders, most of them alike", async () => {
    const text = Array.from({ length: 3_000 }, (_, at) => `    [ Capture : vue ${at % 500} ]\n`).join("\n");
    const { here, path } = await cliProject({ "r.txt": `1. Un\n1.1. Début\n\n${text}` });
    const made = await here("import", path("r.txt"), "--out", path("rb"), "--json");
    expect(made.code, made.stderr).toBe(0);
    expect(JSON.parse(made.stdout)).toMatchObject({ placeholders: { written: 3_000, kept: 3_000 } });
  });
});

describe("decodeText()", () => {
  const text = "1. Mise en œuvre\r\n\r\nÉtat « prêt » du nœud.\r\n";
  it.each([
    ["UTF-8", Buffer.from(text), text],
    ["UTF-8 with a mark", Buffer.from(`\uFEFF${text}`), text],
    ["UTF-16 with a mark", utf16(text), text],
    ["UTF-16 without one", utf16(text, false), text],
    ["UTF-16, big end first", utf16(text).swap16(), text],
    ["the Latin of Windows", Buffer.from("c\x9cur \xe9tat\n", "latin1"), "cœur état\n"],
    ["nothing", Buffer.alloc(0), ""],
  ])("reads %s", (_, bytes, expected) => {
    expect(decodeText(bytes, "r.txt").replace(/^\uFEFF/, "")).toBe(expected);
  });
});
