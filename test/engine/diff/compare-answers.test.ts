import { describe, expect, it } from "vitest";
import type { RunDifference } from "../../../engine/diff/index.ts";
import { diffOf, printed } from "../../support/diff-runs.ts";
import { passed } from "../../support/run-folder.ts";
import type { StepSpec } from "../../support/run-folder-spec.ts";

const failed = (reason: string) => ({ status: "failed", reason, judgements: [] }) as const;

/** What a terminal answer of the first differing step says, as `-old` and `+new`. */
function linesOf({ answers }: RunDifference): readonly string[] {
  return answers.flatMap(({ compared }) =>
    compared.type === "text"
      ? compared.difference.lines.filter(({ mark }) => mark !== " ").map(({ mark, text }) => `${mark}${text}`)
      : [],
  );
}

describe("answers of a step", () => {
  it("compares the attempt that counts, not those before it", async () => {
    const polled = (...outputs: readonly string[]): StepSpec => ({
      id: "a",
      chapter: 3,
      tries: outputs.map((text, index) => ({
        sent: "x",
        output: [["stdout", text] as const],
        outcome: index === outputs.length - 1 ? passed() : failed("pas encore"),
      })),
    });
    const difference = await diffOf(
      { steps: [polled("non\n", "oui\n")] },
      { steps: [polled("peut-être\n", "non\n", "oui\n")] },
    );
    expect(difference.different).toBe(false);
  });

  it("compares outputs line by line, a progress bar by its end, what is no UTF-8 byte by byte", async () => {
    const before = [printed("a", "10 %\r50 %\r100 %\nfin\n"), printed("b", "x\n")];
    const raw = (byte: number): StepSpec => ({
      id: "b",
      chapter: 3,
      tries: [{ sent: "cat b", output: [["stdout", Uint8Array.of(byte, 10)]] }],
    });
    const same = await diffOf({ steps: before }, { steps: [printed("a", "100 %\nfin\n"), printed("b", "x\n")] });
    expect(same.different).toBe(false);
    const bytes = await diffOf(
      { steps: [before[0] ?? raw(1), raw(0xe9)] },
      { steps: [before[0] ?? raw(1), raw(0xe8)] },
    );
    expect(linesOf(bytes)).toEqual(["-\\xe9", "+\\xe8"]);
  });

  it("leaves out volatile parts, and takes them up again when a rule is taken away", async () => {
    const [before, after] = [
      { steps: [printed("a", "Date: 12:00:01\n")] },
      { steps: [printed("a", "Date: 13:30:59\n")] },
    ];
    const usual = await diffOf(before, after);
    expect([usual.different, usual.compared.ignored]).toEqual([false, 1]);
    const strict = await diffOf(before, after, { rules: new Set() });
    expect(linesOf(strict)).toEqual(["-Date: 12:00:01", "+Date: 13:30:59"]);
  });

  it("leaves out what a pattern or a path of the command line names", async () => {
    const [before, after] = [
      { steps: [printed("a", "jeton=abc fin\n"), printed("b", '{"v": 1, "w": [{"x": 1}]}')] },
      { steps: [printed("a", "jeton=xyz fin\n"), printed("b", '{"v": 1, "w": [{"x": 2}]}')] },
    ];
    expect((await diffOf(before, after)).different).toBe(true);
    const patterns = [{ name: "jeton", pattern: /jeton=\w+/ }];
    expect((await diffOf(before, after, { patterns, paths: ["$.w[*].x"] })).different).toBe(false);
  });

  it("leaves out what the runbook masks, and lines that its expected output leaves open", async () => {
    const text = [
      "---\nchapitre: 3\n---\n\n# 3. Essai\n",
      "```bash {#a .check on=pve1}\n#| mask: /jeton=\\S+/\ncat a\n```\n",
      "```text {.expect}\nversion *  (glob)\nétat sain\n```\n",
    ].join("\n");
    const runbooks = [{ file: "03-essai.md", text, chapter: 3, title: "3. Essai" }];
    const old = { runbooks, steps: [printed("a", "version 1\nétat sain\njeton=▮▮▮\n")] };
    const free = await diffOf(old, { runbooks, steps: [printed("a", "version 2\nétat sain\njeton=clair\n")] });
    expect(free.different).toBe(false);
    const bound = await diffOf(old, { runbooks, steps: [printed("a", "version 2\nétat malade\njeton=clair\n")] });
    expect(linesOf(bound).filter((line) => !line.startsWith("~"))).toEqual(["-état sain", "+état malade"]);
  });

  it("compares JSON by its structure, whoever printed it, documents on lines included", async () => {
    const answered = (response: string, output: string): StepSpec => ({
      id: "a",
      kind: "http",
      chapter: 3,
      tries: [{ sent: "GET /", response, output: [["stdout", output]], pieces: { rows: '{"rows":[]}' } }],
    });
    const { answers } = await diffOf(
      { steps: [answered('{"data":[{"id":"x","n":1}]}', '{"a":1}\n{"b":1}\n')] },
      { steps: [answered('{ "data": [ {"n":2, "id":"x"} ] }', '{"a":1}\n{"b":2}\n')] },
    );
    expect(
      answers.map(({ role, compared }) => [role, compared.type === "data" && compared.changes.map(({ path }) => path)]),
    ).toEqual([
      ["sortie", ["$[1].b"]],
      ["réponse", ["$.data[?@.id=='x'].n"]],
    ]);
  });

  it("does not take the digests of a page and of its picture for something that it shows", async () => {
    const seen = (rows: object): StepSpec => ({
      id: "a",
      kind: "browser",
      chapter: 3,
      tries: [{ sent: "view: vm/100/summary", pieces: { rows: JSON.stringify(rows) } }],
    });
    const page = (dom: string, more = {}) => seen({ view: "vm/100/summary", dom, original: dom, frozen: [], ...more });
    expect((await diffOf({ steps: [page("a1")] }, { steps: [page("b2")] })).different).toBe(false);
    const frozen = { frozen: [{ what: "uptimes", places: 1 }] };
    expect((await diffOf({ steps: [page("a1")] }, { steps: [page("a1", frozen)] })).different).toBe(true);
  });

  it("shows an answer that only one run has, and a node that only one run asked", async () => {
    const { answers, steps } = await diffOf(
      { steps: [printed("a", "un\n", { targets: ["pve1"] })] },
      {
        steps: [
          printed("a", "", {
            targets: ["pve2"],
            tries: [{ target: "pve2", sent: "cat a", output: [["stdout", "deux\n"]] }],
          }),
        ],
      },
    );
    expect(
      answers.map(({ target, compared }) => [target, compared.type === "only" && [compared.side, compared.lines]]),
    ).toEqual([
      ["pve2", ["after", ["deux"]]],
      ["pve1", ["before", ["un"]]],
    ]);
    expect(steps[0]?.details.map(({ what }) => what)).toContain("nœuds");
  });
});
