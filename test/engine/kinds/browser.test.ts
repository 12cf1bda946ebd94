import { describe, expect, it } from "vitest";
import { sha256 } from "../../../engine/base/digest.ts";
import { browser } from "../../../engine/kinds/browser.ts";
import type { Ports, Recorder, Task } from "../../../engine/kinds/kind.ts";
import type { BrowserSpec } from "../../../engine/model/browser-spec.ts";
import type { Block } from "../../../engine/model/runbook.ts";
import type { Shot, ShotResult } from "../../../engine/transports/port.ts";
import { INVENTORY } from "../../support/kind-task.ts";
import { block } from "./browser-block.ts";

it.each([
  ["view: datacenter/cluster", ["browser", "pve"]],
  ["open: https://example.test/", ["browser"]],
])("browser.needs() of %s", (body, needs) => {
  expect(browser.needs(block(body))).toEqual(needs);
});

it("browser.describe() shows the body with its values", () => {
  expect(browser.describe(block("view: node/{{nom}}/summary\n"), { nom: "pve1" })).toBe("view: node/pve1/summary");
});

describe("browser.execute()", () => {
  const shot: Shot = {
    png: Buffer.from("picture"),
    width: 3200,
    height: 2400,
    scale: 2,
    url: "https://10.202.4.31:8006/",
    title: "Résumé",
    alternative: "Trois nœuds en ligne.",
    evidence: { rows: { grids: [] }, text: "pve1", api: { "/version": { version: "9.2.11" } } },
    judgements: [{ ok: true, expected: "a", obtained: "a" }],
  };
  const wrong: Shot = { ...shot, judgements: [{ ok: false, expected: "3 lignes", obtained: "2 lignes" }] };

  it.each<[string, ShotResult, string, boolean, RegExp]>([
    ["passes on a picture that is true", { status: "shot", shot }, "passed", true, /^$/],
    [
      "fails on a picture that is not",
      { status: "shot", shot: wrong },
      "failed",
      true,
      /attendu.*3 lignes.*vu.*2 lignes/,
    ],
    [
      "fails on a page that never came",
      { status: "unsettled", unmet: ["onglet absent"], shot },
      "failed",
      false,
      /onglet absent/,
    ],
    [
      "fails without any picture",
      { status: "unsettled", unmet: ["page vide"], shot: undefined },
      "failed",
      false,
      /page vide/,
    ],
  ])("%s", async (_what, result, status, hasFigure, reason) => {
    const { outcome, figure } = await execute(block("view: login\n"), {}, result);
    expect(outcome.status).toBe(status);
    expect(outcome.status === "failed" ? outcome.reason : "").toMatch(reason);
    expect(figure !== null).toBe(hasFigure);
  });

  it("keeps picture, text, rows and API answers", async () => {
    const { attached, figure } = await execute(block("view: login\n"), {}, { status: "shot", shot });
    expect(attached).toEqual([
      "picture image/png",
      "dom-text text/plain",
      "rows application/json",
      "api application/json",
    ]);
    expect(figure).toMatchObject({ type: "picture", picture: { sha256: sha256("picture") }, width: 3200, scale: 2 });
  });

  it("fills values in, each kept a value where it lands", async () => {
    const body = [
      'view: "node/{{nom}}/summary"',
      "crop: { selector: '#{{nom}}' }",
      "expect:",
      '  - { text: "{{motif}}" }',
      '  - { row: { name: "{{nom}}" } }',
      `  - { api: "/nodes/{{chemin}}/status", path: "$[?@.name=='{{texte}}']" }`,
    ].join("\n");
    const values = { nom: "pve-1", motif: "a.b", chemin: "a/b", texte: "l'un" };
    const { asked } = await execute(block(body), values, { status: "shot", shot });
    expect(asked?.view).toBe("node/pve-1/summary");
    expect(asked?.crop).toEqual({ selector: "#pve-1" });
    const [pattern] = (asked?.expect ?? []).flatMap((each) => ("text" in each ? [new RegExp(`^${each.text}$`)] : []));
    expect([pattern?.test("a.b"), pattern?.test("axb")]).toEqual([true, false]);
    expect(asked?.expect[1]).toEqual({ row: { name: "pve-1" } });
    expect(asked?.expect[2]).toMatchObject({ api: "/nodes/a%2Fb/status", path: "$[?@.name=='l\\u0027un']" });
  });

  it.each([
    ["a value that is not known", {}, /inconnue à cette étape.*nom/],
    ["a value that would change a selector", { nom: "x, body" }, /sélecteur/],
  ])("refuses %s", async (_what, values, reason) => {
    const run = await execute(block('view: login\ncrop: { selector: "#{{nom}}" }\n'), values, { status: "shot", shot });
    expect(run.outcome).toMatchObject({
      status: "errored",
      code: "BROWSER_BLOCK",
      reason: expect.stringMatching(reason),
    });
    expect(run.asked).toBeUndefined();
  });
});

async function execute(of: Block, values: Record<string, string>, result: ShotResult) {
  const attached: string[] = [];
  let asked: BrowserSpec | undefined;
  const never = () => {
    throw new Error("not asked by this kind");
  };
  const ports: Ports = {
    shell: { run: never, readFile: never, close: async () => {} },
    http: {
      request: never,
      followTask: never,
      renewController: never,
      forget: async () => {},
      close: async () => {},
    },
    console: { open: never, matches: never, close: async () => {} },
    browser: {
      shoot: async (_node, { spec }) => {
        asked = spec;
        return result;
      },
      forget: async () => {},
      close: async () => {},
    },
    operator: { available: () => false, ask: never },
    clock: { now: () => new Date(0), monotonic: () => 0, sleep: async () => {} },
  };
  const recorder: Recorder = {
    output: never,
    progress: () => {},
    covered: () => {},
    attach: async (role, content, mediaType) => {
      attached.push(`${role} ${mediaType}`);
      return { role, path: role, sha256: sha256(content), bytes: content.length, mediaType };
    },
  };
  const task: Task = {
    block: of,
    target: { type: "local" },
    values,
    inventory: INVENTORY,
    secret: never,
    signal: new AbortController().signal,
    figure: true,
  };
  const kindResult = await browser.execute(task, ports, recorder);
  return { ...kindResult, attached, asked };
}
