import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { SCHEMAS, schemaText } from "../../../engine/cli/schemas/index.ts";
import { chapter, cliProject } from "../../support/cli-project.ts";
import { writeSampleRun } from "../../support/sample-run.ts";

const ROOT = join(import.meta.dirname, "../../..");
const F = "```";

describe("constat list", () => {
  it("says of each run its date, scope, verdict, figures and size", async () => {
    const { here, folder, path } = await cliProject({ "vide/note.txt": "" });
    await writeSampleRun(path("sorties"), "essai");
    const text = await here("list", path("sorties"));
    expect([text.code, text.stderr]).toEqual([0, ""]);
    expect(text.stdout.replace(/\d+ Kio/, "N Kio")).toMatchInlineSnapshot(`
      "exécution  début (UTC)       inventaire  portée   bilan     figures  taille
      essai      2026-11-23 10:00  essai       chap. 3  conforme  2/2      N Kio
      1 exécution. Le bilan est celui du journal ; « constat audit » dit s’il tient.
      "
    `);
    const [run] = JSON.parse((await here("list", path("sorties"), "--json")).stdout);
    expect(run).toMatchObject({
      run: "essai",
      verdict: "conforme",
      figures: { filled: 2, expected: 2 },
      chapters: [3],
    });
    const journal = join(path("sorties"), "essai/data/journal.jsonl");
    const lines = readFileSync(journal, "utf8").trimEnd().split("\n");
    writeFileSync(journal, `${lines.slice(0, -1).join("\n")}\n`);
    const [cut] = JSON.parse((await here("list", path("sorties"), "--json")).stdout);
    expect(cut).toMatchObject({ verdict: "inachevée", figures: { filled: 2, expected: 2 } });
    writeFileSync(journal, "n’importe quoi\n");
    const [broken] = JSON.parse((await here("list", path("sorties"), "--json")).stdout);
    expect(broken).toMatchObject({ verdict: "illisible", figures: null });
    expect((await here("list", join(folder, "vide"))).stdout).toContain("Aucune exécution");
    expect((await here("list", join(folder, "absent"))).stdout).toContain("Aucune exécution");
  });
});

describe("constat completion", () => {
  const complete = async (...words: readonly string[]): Promise<readonly string[]> => {
    const { here, folder } = await cliProject({});
    const { stdout } = await here("completion", "bash");
    writeFileSync(join(folder, "c.bash"), stdout);
    const script = `source ./c.bash; COMP_WORDS=(constat ${words.map((word) => `'${word}'`).join(" ")}); COMP_CWORD=${words.length}; _constat; printf '%s\\n' "\${COMPREPLY[@]}"`;
    return execFileSync("bash", ["-u", "-c", script], { cwd: folder, encoding: "utf8" }).trim().split("\n");
  };

  it.each([
    ["commands", ["pl"], ["plan"]],
    ["a command's options", ["plan", "--gr"], ["--graph"]],
    ["the choices of an option", ["run", "--reporter", ""], ["ligne", "detail", "json", "github"]],
    ["commands of a command", ["inventory", ""], ["import", "schema"]],
    ["options behind arguments", ["lint", "runbooks", "--wa"], ["--watch"]],
    ["nothing where a file is wanted", ["lint", ""], [""]],
  ])("in a real bash, completes %s", async (_, words, expected) => {
    expect(await complete(...words)).toEqual(expected);
  });

  it("knows every command, in each shell's script", async () => {
    const { here } = await cliProject({});
    const help = (await here("--help")).stdout;
    const commands = [...help.matchAll(/^ {2}([a-z]+)(?= )/gm)].map(([, name = ""]) => name);
    expect(commands.length).toBeGreaterThan(12);
    for (const shell of ["bash", "zsh", "fish"]) {
      const { stdout, code } = await here("completion", shell);
      expect(code).toBe(0);
      for (const command of commands.filter((name) => name !== "help"))
        expect(stdout).toMatch(new RegExp(`\\b${command}\\b`));
    }
    const refused = await here("completion", "csh");
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining("SHELL_UNKNOWN")]);
  });
});

describe("constat plan --graph", () => {
  it("draws chapters, steps and what ties them as a Mermaid flowchart", async () => {
    const blocks = [
      `${F}bash {#a .check on=local timeout=5s}\necho bonjour\n${F}`,
      `${F}bash {#b .action on=local unless=#a verify=#a}\necho "x"\n${F}`,
    ].join("\n\n");
    const { here, path } = await cliProject({ "03.md": chapter(blocks) });
    const { code, stdout } = await here("plan", path("03.md"), "-i", path("inventaire.yaml"), "--graph");
    expect(code).toBe(0);
    expect(stdout).toMatchInlineSnapshot(`
      "flowchart TD
        subgraph c3["3. Essai"]
          s1(["1. #35;a · local"])
          s2["2. #35;b · local"]:::action
          s1 --> s2
        end
        s2 -. vérifiée par .-> s1
        s1 -. dispense de .-> s2
        classDef action stroke-width:3px
        classDef absente stroke-dasharray:4 4,opacity:0.6
      "
    `);
  });
});

describe("constat lint --watch", () => {
  it("looks again after a change, and ends with 130 when it is interrupted", async () => {
    const project = await cliProject({ "rb/03.md": chapter(`${F}bash {#a .check on=local timeout=5s}\ntrue\n${F}`) });
    const child = project.start("lint", "rb", "--watch");
    let said = "";
    const until = async (text: string) => {
      while (!said.includes(text)) await once(child, "said");
    };
    for (const stream of [child.stdout, child.stderr])
      stream?.on("data", (chunk: Buffer) => {
        said += chunk.toString("utf8");
        child.emit("said");
      });
    await until("En attente");
    expect(said).toContain("rien à signaler");
    said = "";
    writeFileSync(project.path("rb/03.md"), chapter(`${F}bash {#a .chek on=local timeout=5s}\ntrue\n${F}`));
    await until("unknown-class");
    await until("En attente");
    child.kill("SIGINT");
    const [code] = await once(child, "exit");
    expect(code).toBe(130);
  });
});

describe("constat fmt", () => {
  it("says with --check and --diff what it then writes, and nothing else changes", async () => {
    const text = `# 3. Essai\r\n\r\n${F}sh {"name":"noyau"}\r\nuname\r\n${F}\r\n\r\n* étoile\t \r\n`;
    const { here, path } = await cliProject({ "03.md": text });
    const checked = await here("fmt", path("03.md"), "--check");
    expect([checked.code, readFileSync(path("03.md"), "utf8")]).toEqual([1, text]);
    const shown = await here("fmt", path("03.md"), "--diff");
    expect([shown.code, shown.stdout]).toEqual([
      0,
      expect.stringContaining(`-${F}sh {"name":"noyau"}\n+${F}sh {#noyau}`),
    ]);
    expect((await here("fmt", path("03.md"))).code).toBe(0);
    expect(readFileSync(path("03.md"), "utf8")).toBe(text.replace('{"name":"noyau"}', "{#noyau}"));
    expect(await here("fmt", path("03.md"), "--check")).toMatchObject({ code: 0, stdout: "Rien à changer.\n" });
  });
});

describe("constat schema", () => {
  it.each(Object.keys(SCHEMAS).filter((name) => name !== "inventory"))(
    "%s is published as the code says",
    async (name) => {
      const file = name === "rapport" ? "runbooks/rapport.schema.json" : `docs/schemas/${name}.schema.json`;
      await expect(schemaText(name)).toMatchFileSnapshot(join(ROOT, file));
    },
  );

  it("names them all, prints one, and refuses another name", async () => {
    const { here } = await cliProject({});
    const all = (await here("schema")).stdout;
    for (const name of Object.keys(SCHEMAS)) expect(all).toContain(name);
    expect((await here("schema", "reglages")).stdout).toBe(schemaText("reglages"));
    expect(await here("schema", "x")).toMatchObject({ code: 2, stderr: expect.stringContaining("SCHEMA_UNKNOWN") });
  });

  it.each([
    [
      "en-tete",
      { constat: 1, chapitre: 3, variables: { a: 1, b: { default: "x" } }, defaults: { timeout: "30s" } },
      true,
    ],
    ["en-tete", { chapitr: 3 }, false],
    ["reglages", { on: ["pve1"], expect: "ok", until: { within: "2m" } }, true],
    ["reglages", { unles: "#a" }, false],
    ["rapport", { titre: "x", chapitres: [1] }, true],
    ["rapport", { titre: "x", langue: "de" }, false],
    ["browser", { view: "datacenter/cluster" }, true],
    ["browser", { vew: "x" }, false],
  ])("%s judges %j: %s", (name, value, valid) => {
    const schema = z.fromJSONSchema(JSON.parse(schemaText(name)));
    expect(schema.safeParse(value).success).toBe(valid);
  });
});

describe("docs/editeur.md", () => {
  it("has a problem matcher that reads what lint writes", async () => {
    const page = readFileSync(join(ROOT, "docs/editeur.md"), "utf8");
    const [, task = ""] = /```json\n([\s\S]*?)```/.exec(page) ?? [];
    const { pattern, background } = JSON.parse(task).tasks[0].problemMatcher;
    const { here, path } = await cliProject({ "03.md": chapter(`${F}bash {#a .chek on=local}\ntrue\n${F}`) });
    const { stderr } = await here("lint", path("03.md"));
    const found = stderr.split("\n").flatMap((line) => (new RegExp(pattern.regexp).exec(line) === null ? [] : [line]));
    expect(found).toHaveLength(1);
    const source = readFileSync(join(ROOT, "engine/cli/lint-watch.ts"), "utf8");
    for (const [framed, line] of [
      [background.beginsPattern, "Vérification…"],
      [background.endsPattern, "En attente d’un changement"],
    ]) {
      expect(source).toContain(line);
      expect(line).toMatch(new RegExp(framed));
    }
  });
});
