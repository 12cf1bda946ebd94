import { execFile } from "node:child_process";
import { appendFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { evidenceRoot } from "../../../engine/evidence/seal/index.ts";
import { readTemplates, renderHtml } from "../../../engine/report/index.ts";
import { wordsOf } from "../../../engine/report/words.ts";
import { faceOf, oneChapter, reportOf, TEMPLATES } from "../../support/read-report.ts";
import { sampleRun } from "../../support/report-run.ts";
import { writeRunFolder } from "../../support/run-folder.ts";
import { tempFolder } from "../../support/temp-folder.ts";

const run = promisify(execFile);

describe("renderHtml()", () => {
  it.each(["html", "print"] as const)("gives the same bytes each time: %s", async (face) => {
    const report = await reportOf(await sampleRun(await tempFolder()));
    expect(await faceOf(report, face)).toBe(await faceOf(report, face));
  });

  it("allows no script, no network and only its own style sheet", async () => {
    const html = await faceOf(await reportOf(await sampleRun(await tempFolder())), "html");
    const [, policy = ""] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html) ?? [];
    expect(policy.replaceAll("&#x27;", "'").replaceAll("&#x3D;", "=")).toMatch(
      /^default-src 'none'; style-src 'sha256-[A-Za-z0-9+/]{43}='; img-src data:; base-uri 'none'; form-action 'none'$/,
    );
    expect(html).not.toMatch(/<script|<link|<iframe|\son[a-z]+=|\sstyle=/i);
  });

  it("shows the verdict, the lab and the confidentiality where a reader looks first", async () => {
    const html = await faceOf(await reportOf(await sampleRun(await tempFolder())), "print");
    const cover = html.slice(html.indexOf('class="cover"'), html.indexOf('class="contents"'));
    for (const text of [
      "Non conforme",
      "laboratoire simulé",
      "Diffusion restreinte",
      "CST-PVE-001",
      "22\u00a0novembre\u00a02026",
    ])
      expect(cover).toContain(text);
  });

  it("says nothing of a lab on real machines", async () => {
    const spec = await sampleRun(await tempFolder());
    const html = await faceOf(await reportOf({ ...spec, inventory: { simulated: null } }), "print");
    expect(html).not.toContain("simulé");
  });

  it("says beside each measured duration that a lab's clock runs faster", async () => {
    const text = "```bash {#a .check on=pve1}\ntrue\n```";
    const spec = oneChapter(await tempFolder(), text, [{ id: "a", tries: [{ sent: "true" }] }]);
    const fast = await faceOf(await reportOf({ ...spec, inventory: { timeScale: 5 } }), "print");
    expect(plain(fast)).toContain("1 s (temps du laboratoire × 5) · exit 0");
    expect(await faceOf(await reportOf({ ...spec, run: "real" }), "print")).not.toContain("temps du laboratoire");
  });

  it("writes an English report from the same run", async () => {
    const spec = await sampleRun(await tempFolder());
    const settings = "titre: A three-node cluster\nlangue: en\n";
    const html = await faceOf(await reportOf({ ...spec, settings }), "html");
    expect(html).toContain('<html lang="en"');
    for (const text of ["Contents", "Executed blocks", "PASSED", "SKIPPED: already satisfied", "Capture not produced"])
      expect(html).toContain(text);
    expect(html).not.toMatch(/Table des matières|ÉCHEC|Synthèse/);
  });

  it("folds a hidden part with all its lines on screen, and announces it in print", async () => {
    const report = await reportOf(await sampleRun(await tempFolder()));
    const [screen, print] = [await faceOf(report, "html"), await faceOf(report, "print")];
    const bar = "… 659 lignes masquées (lignes 41 à 699) — intégrale\u00a0: terminal/bloc-008.out, SHA-256";
    expect(plain(screen)).toContain(bar.replace("\u00a0", " "));
    expect(plain(print)).toContain(bar.replace("\u00a0", " "));
    expect(screen).toContain("Unpacking package-300 ");
    expect(print).not.toContain("Unpacking package-300 ");
  });
});

describe("renderHtml() of hostile evidence", () => {
  const HOSTILE = "<img src=x onerror=alert(1)>\"'</style></script><script>alert(2)</script>{{constructor}}";

  it("keeps it inert in captions, outputs, settings, reasons and addresses", async () => {
    const text = "```bash {#a .check on=pve1}\ntrue\n```\n\n[ Capture : <b onmouseover=x>{{x}}</b> ]";
    const steps = [
      {
        id: "a",
        tries: [
          {
            sent: HOSTILE,
            answer: HOSTILE,
            output: [["stdout", `${HOSTILE}\n`] as const],
            outcome: {
              status: "failed" as const,
              reason: HOSTILE,
              judgements: [{ ok: false, expected: HOSTILE, obtained: HOSTILE }],
            },
            redactions: { [HOSTILE]: 1 },
          },
        ],
      },
    ];
    const settings = `titre: ${JSON.stringify(HOSTILE)}\nconfidentialite: ${JSON.stringify(HOSTILE)}\ncouleur: "red;}</style>"\n`;
    const spec = { ...oneChapter(await tempFolder(), text, steps), settings, inventory: { simulated: HOSTILE } };
    for (const face of ["html", "print"] as const) {
      const html = await faceOf(await reportOf(spec).catch(() => reportOf({ ...spec, run: `again-${face}` })), face);
      expect(html.match(/<\/style>/g)).toHaveLength(1);
      expect(html).not.toMatch(/<script|<b |<img src=x|\sonerror=[^&]*>(?!&)/i);
      expect(html).toContain("{{constructor}}");
    }
  });
});

describe("the templates", () => {
  it.each([
    ["a field that does not exist", "{{nothing}}"],
    ["one in a partial", "{{> part}}"],
    ["a helper that does not exist", "{{nothing identity.title}}"],
    ["a partial that does not exist", "{{> missing}}"],
  ])("fail aloud on %s", async (_name, page) => {
    const report = await reportOf(oneChapter(await tempFolder(), "texte", []));
    const templates = { pages: { report: page, part: "{{identity.nothing}}" }, styles: {} };
    expect(() => renderHtml(report, "html", { templates, source: (path) => path })).toThrow();
  });

  it("print without escaping only what the report escaped itself", async () => {
    const { pages } = await readTemplates(TEMPLATES);
    const raw = Object.values(pages).flatMap((page) =>
      [...page.matchAll(/\{\{\{\s*([^}]*?)\s*\}\}\}|\{\{&/g)].map(([, path]) => path),
    );
    expect(raw.length).toBeGreaterThan(0);
    expect(
      raw.filter(
        (path) =>
          !/^(?:code|heading|body|purpose\.object|purpose\.scope|notes\.text|style|timeline\.chart|course\.timeline|course\.longest|script|data)\.html$/.test(
            path ?? "",
          ),
      ),
    ).toEqual([]);
  });

  it("use every word, and only words that exist", async () => {
    const { pages } = await readTemplates(TEMPLATES);
    const used = Object.values(pages).flatMap((page) =>
      [...page.matchAll(/[{(]t "([^"]+)"/g)].map(([, key]) => key ?? ""),
    );
    const words = Object.keys(wordsOf("fr"));
    expect(used.filter((key) => !words.includes(key))).toEqual([]);
    expect(Object.keys(wordsOf("en"))).toEqual(words);
  });
});

describe("the commands of the integrity annex", () => {
  const text = "```bash {#a .check on=pve1}\ntrue\n```";
  const steps = [
    { id: "a", tries: [{ sent: "true", output: [["stdout", "ok\n"] as const, ["stderr", "warn\n"] as const] }] },
  ];

  async function verify(touch: (data: string) => Promise<void> = async () => {}) {
    const spec = oneChapter(await tempFolder(), text, steps);
    const folder = await writeRunFolder(spec);
    const report = await reportOf({ ...spec, run: "copy" });
    const html = await faceOf(report, "html");
    const annex = html.slice(html.indexOf('id="integrite"'));
    const commands = [...annex.matchAll(/<pre class="sent"><code>([\s\S]*?)<\/code><\/pre>/g)].map(([, code]) =>
      decode(code ?? ""),
    );
    await touch(join(folder, "data"));
    const outputs: string[] = [];
    for (const command of commands) {
      const done = await run("bash", ["-c", command], { cwd: join(folder, "data") }).catch(
        (error: { stdout: string }) => error,
      );
      outputs.push(done.stdout.trim());
    }
    return [...outputs, await evidenceRoot(folder)];
  }

  it("find the printed head, an unbroken chain and every file unchanged", async () => {
    const [head = "", chain, files, root, ours] = await verify();
    expect(head).toMatch(/^[0-9a-f]{64} +-$/);
    expect(chain).toBe(head.slice(0, 64));
    expect(files).toBe("conforme");
    expect(root).toBe(`${ours}  -`);
  });

  it("find a changed file", async () => {
    const [, , files] = await verify((data) => appendFile(join(data, "terminal/bloc-001.out"), "x"));
    expect(files).toContain("terminal/bloc-001.out: FAILED");
  });

  it("find a changed line of the journal", async () => {
    const { readFile, writeFile } = await import("node:fs/promises");
    const [, chain] = await verify(async (data) => {
      const path = join(data, "journal.jsonl");
      await writeFile(path, (await readFile(path, "utf8")).replace('"user":"cleo"', '"user":"alex"'));
    });
    expect(chain).toMatch(/^rupture/);
  });
});

function decode(html: string): string {
  const entities: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', "#x27": "'", "#39": "'" };
  return html.replace(/&(#?\w+);/g, (whole, name: string) => entities[name] ?? whole);
}

function plain(html: string): string {
  return decode(html).replace(/&nbsp;|[\u00a0\u202f]/g, " ");
}
