import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { Ajv } from "ajv";
import addFormats from "ajv-formats";
import { convertFile } from "inspecjs";
import jsonld from "jsonld";
import remarkGfm from "remark-gfm";
import remarkParse from "remark-parse";
import { unified } from "unified";
import { visit } from "unist-util-visit";
import { beforeAll, describe, expect, it } from "vitest";
import { validateXML } from "xmllint-wasm";
import { auditRun } from "../../../engine/audit/index.ts";
import { openRun } from "../../../engine/evidence/index.ts";
import { type ExportInput, FORMATS, writeSarif } from "../../../engine/export/index.ts";
import { buildReport } from "../../../engine/report/index.ts";
import { keptFolder } from "../../support/kept-folder.ts";
import { oneChapter } from "../../support/read-report.ts";
import { sampleRun } from "../../support/report-run.ts";
import { writeRunFolder } from "../../support/run-folder.ts";

const SCHEMAS = join(import.meta.dirname, "../../fixtures/schemas");
const schema = (name: string) => JSON.parse(readFileSync(join(SCHEMAS, name), "utf8"));
const require = createRequire(import.meta.url);
const ctrf = JSON.parse(readFileSync(join(require.resolve("ctrf"), "../ctrf-schema-0.0.json"), "utf8"));

const SETTINGS = `titre: Essai « A & B » <x>
exigences: { NET-01: Les nœuds sont joignables, SEC-99: Rien ne la prouve }
derogations:
  - { id: DER-01, bloc: etat-web, motif: écran en panne | remplacé, auteur: A. Martin, echeance: 2027-03-31 }
  - { id: DER-02, bloc: absent, motif: rien, auteur: A. Martin, echeance: 2027-03-31 }
  - { id: DER-03, exigence: SEC-99, motif: plus tard, auteur: A. Martin, echeance: 2020-01-01 }
`;

async function inputOf(folder: string): Promise<ExportInput> {
  const { findings, waivers } = await auditRun(folder, {}, "2026-11-23");
  return { report: await buildReport(await openRun(folder)), findings, waivers, version: "0.1.0" };
}

const root = keptFolder();

/** A run with everything in it, one of nothing, and one whose words try to break out of their format. */
const runs: Record<string, ExportInput> = {};
beforeAll(async () => {
  const whole = await sampleRun(root());
  runs["a whole run"] = await inputOf(await writeRunFolder({ ...whole, run: "tout", settings: SETTINGS }));
  runs["a run of nothing"] = await inputOf(
    await writeRunFolder({ ...oneChapter(root(), "Rien.", []), run: "rien", unfinished: true }),
  );
  const nasty = "]]> & \u0007 \ufffe \"'<b>\n| `x` \\ {{ github.token }} ";
  runs["a run with odd words"] = await inputOf(
    await writeRunFolder({
      run: "mots",
      ...oneChapter(root(), "```bash {#a .check on=pve1 exigence=9é/b}\ntrue\n```", [
        {
          id: "a",
          requirements: ["9é/b"],
          tries: [
            {
              sent: "true",
              outcome: {
                status: "failed",
                reason: nasty,
                judgements: [{ ok: false, expected: nasty, obtained: nasty }],
              },
            },
            {
              sent: "true",
              outcome: {
                status: "failed",
                reason: nasty,
                judgements: [{ ok: false, expected: nasty, obtained: nasty }],
              },
            },
          ],
        },
      ]),
    }),
  );
});

function validator(document: object) {
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats.default(ajv);
  const validate = ajv.compile(document);
  return (value: unknown) => {
    validate(value);
    return (validate.errors ?? []).map(
      ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
    );
  };
}

const checks: Readonly<Record<keyof typeof FORMATS, (text: string) => Promise<readonly string[]> | readonly string[]>> =
  {
    junit: async (text) => {
      const { errors } = await validateXML({
        xml: [{ fileName: "junit.xml", contents: text }],
        schema: [{ fileName: "junit-10.xsd", contents: readFileSync(join(SCHEMAS, "junit-10.xsd"), "utf8") }],
      });
      return errors.map(({ message }) => message);
    },
    ctrf: (text) => validator(ctrf)(JSON.parse(text)),
    hdf: (text) => {
      const read = convertFile(text, true);
      return read["1_0_ExecJson"] === undefined ? [JSON.stringify(read.errors)] : [];
    },
    oscal: (text) => validator(schema("oscal-1.0.4-assessment-results-excerpt.json"))(JSON.parse(text)),
    "ro-crate": async (text) => {
      const context = schema("ro-crate-1.2-context.json");
      const documentLoader = async (url: string) => {
        if (url !== "https://w3id.org/ro/crate/1.2/context") throw new Error(`not to be loaded: ${url}`);
        return { contextUrl: undefined, documentUrl: url, document: context };
      };
      // Safe: a word that the context does not define, or an address that is none, is an error and not left out.
      await jsonld.expand(JSON.parse(text), { documentLoader, safe: true, base: "https://bag.example/" } as never);
      return danglingIn(JSON.parse(text)["@graph"]);
    },
    markdown: (text) => {
      const tree = unified().use(remarkParse).use(remarkGfm).parse(text);
      const wrong: string[] = [];
      visit(tree, (node) => {
        if (node.type === "html") wrong.push(`raw HTML: ${node.value}`);
        if (
          node.type === "table" &&
          node.children.some(({ children }) => children.length !== node.children[0]?.children.length)
        )
          wrong.push("a row with another number of cells");
      });
      return wrong;
    },
    sarif: (text) => validator(schema("sarif-2.1.0-excerpt.json"))(JSON.parse(text)),
  };

/** Local references of a crate that lead nowhere, and what is described twice. */
function danglingIn(graph: readonly { readonly "@id": string }[]): readonly string[] {
  const ids = graph.map((entity) => entity["@id"]);
  const used = [...JSON.stringify(graph).matchAll(/\{"@id":"([^"]+)"\}/g)].flatMap(([, id = ""]) => id);
  const twice = ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `twice: ${id}`);
  return [...twice, ...used.filter((id) => !/^https?:/.test(id) && !ids.includes(id)).map((id) => `nowhere: ${id}`)];
}

const RUNS = ["a whole run", "a run of nothing", "a run with odd words"];
const written = (format: keyof typeof FORMATS, run: string) => {
  const input = runs[run];
  if (input === undefined) throw new Error(`no ${run}`);
  return FORMATS[format].write(input);
};

describe.each(Object.keys(FORMATS) as (keyof typeof FORMATS)[])("%s", (format) => {
  it.each(RUNS)("is valid for %s, and the same each time", async (run) => {
    const text = written(format, run);
    expect(await checks[format](text)).toEqual([]);
    expect(written(format, run)).toBe(text);
    expect(text.endsWith("\n")).toBe(true);
  });
});

describe("what the checks refuse", () => {
  it.each<[keyof typeof FORMATS, (text: string) => string]>([
    ["junit", (text) => text.replace('<testcase name="', '<testcase nom="')],
    ["ctrf", (text) => text.replace('"status": "passed"', '"status": "ok"')],
    ["hdf", (text) => text.replace('"impact": 0.5', '"impact": "half"')],
    ["oscal", (text) => text.replace('"methods"', '"method"')],
    ["ro-crate", (text) => text.replace('"agent"', '"agnt"')],
    ["markdown", (text) => `${text}<b>x</b>\n`],
    ["sarif", (text) => text.replace('"level": "error"', '"level": "fatal"')],
  ])("%s with one word changed", async (format, change) => {
    const text = written(format, "a whole run");
    expect(change(text)).not.toBe(text);
    const refused = await Promise.resolve()
      .then(() => checks[format](change(text)))
      .catch((error: unknown) => [String(error)]);
    expect(refused).not.toEqual([]);
  });
});

describe("what the exports say", () => {
  it("counts the same everywhere: failures fail, what a waiver accepts does not", () => {
    const junit = written("junit", "a whole run");
    const { results } = JSON.parse(written("ctrf", "a whole run"));
    const failures = Number(/<testsuites [^>]*failures="(\d+)"/.exec(junit)?.[1]);
    expect(results.summary).toMatchObject({ failed: failures, other: 2 });
    expect(results.summary.tests).toBe(results.tests.length);
    expect(junit).toContain("dérogation DER-01");
    expect(results.tests.find(({ name }: { name: string }) => name === "etat-web")).toMatchObject({
      status: "other",
      rawStatus: "waived",
    });
  });

  it("carries requirements, waivers and verdict", () => {
    const hdf = JSON.parse(written("hdf", "a whole run")).profiles[0].controls;
    expect(hdf.map(({ id }: { id: string }) => id)).toEqual(["NET-01", "SEC-99"]);
    const { results } = JSON.parse(written("oscal", "a whole run"))["assessment-results"];
    expect(
      results[0].findings.map(({ target }: { target: { status: { state: string } } }) => target.status.state),
    ).toEqual(["satisfied", "not-satisfied"]);
    const markdown = written("markdown", "a whole run");
    expect(markdown).toContain("❌ Non conforme");
    expect(markdown).toContain("| `DER-03` | échue le 2020-01-01 |");
    expect(markdown).toContain("| `DER-02` | ne désigne rien |");
    expect(markdown).toContain("| `SEC-99` | Rien ne la prouve | **non couverte** |");
    const sarif = JSON.parse(written("sarif", "a whole run")).runs[0].results;
    const suppressed = sarif.filter((result: { suppressions?: unknown }) => result.suppressions !== undefined);
    expect(suppressed.map(({ ruleId }: { ruleId: string }) => ruleId).sort()).toEqual([
      "placeholder-empty",
      "step-not-passed",
    ]);
  });

  it("writes messages on documents in the same SARIF, with line and column", async () => {
    const text = writeSarif("0.1.0", [
      {
        rule: "unknown-key",
        severity: "error",
        text: "Clé inconnue.",
        remedy: "Retirez-la.",
        file: { path: "runbooks/03 é.md", line: 4, column: 2 },
      },
    ]);
    expect(await checks.sarif(text)).toEqual([]);
    expect(JSON.parse(text).runs[0].results[0].locations[0].physicalLocation).toEqual({
      artifactLocation: { uri: "runbooks/03%20%C3%A9.md" },
      region: { startLine: 4, startColumn: 2 },
    });
  });
});
