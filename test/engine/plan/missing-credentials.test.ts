import { describe, expect, it } from "vitest";
import { KINDS } from "../../../engine/kinds/index.ts";
import type { BmcAccess } from "../../../engine/model/inventory.ts";
import type { Block } from "../../../engine/model/runbook.ts";
import { missingCredentials } from "../../../engine/plan/index.ts";
import { inventory, node, plan, type Sketch } from "./support.ts";

const credentialsOf = (block: Block) => KINDS[block.kind].credentials?.(block) ?? [];
const needsOf = (block: Block) => KINDS[block.kind].needs(block);

const ENDPOINT = { host: "192.0.2.131", port: 443 };
const bmc = (changes: Partial<BmcAccess> = {}): BmcAccess => ({ endpoint: ENDPOINT, accounts: {}, ...changes });
const LOGIN = { user: "constat", password: "bmc_password" };
const secrets = { connu: { from: "env", name: "CONNU" } } as const;

function missing(sketch: Sketch, changes: Parameters<typeof node>[1] = {}): readonly string[] {
  const site = inventory({ nodes: [node("pve1", changes)], groups: {}, secrets });
  const { plan: planned } = plan([{ blocks: [sketch] }], { inventory: site, needsOf });
  return missingCredentials(planned, site, credentialsOf).map(({ place, reason, remedy }) =>
    `${place.line}:${place.column} ${reason} — ${remedy}`.replaceAll("\u00a0", " "),
  );
}

describe("missingCredentials()", () => {
  it.each<[string, Sketch, Parameters<typeof node>[1], readonly RegExp[]]>([
    [
      "a secret in the body of a request",
      { id: "a", kind: "http", on: "pve1", body: "PUT /x\n\np={{secrets.connu}}&q={{secrets.inconnu}}" },
      {},
      [/^17:25 le bloc #a demande le secret « inconnu »/],
    ],
    [
      "a secret in a header",
      { id: "a", kind: "http", on: "pve1", body: "GET /x\nX-Jeton: {{secrets.inconnu}}" },
      {},
      [/^16:12 .*« inconnu »/],
    ],
    [
      "a secret that a console types",
      {
        id: "a",
        kind: "console",
        on: "pve1",
        body: "screen: vm/100\nsteps:\n  - { secret: connu }\n  - { secret: inconnu }",
      },
      {},
      [/^18:15 .*« inconnu »/],
    ],
    [
      "an account of a controller",
      { id: "a", kind: "http", on: "pve1", body: "GET bmc:usine@/redfish/v1/Systems" },
      { bmc: bmc({ login: LOGIN, accounts: { secours: LOGIN } }) },
      [/^15:5 .*le compte « usine » du contrôleur de gestion de pve1.*accounts: \{ usine:/],
    ],
    [
      "the controller's own account, for its console",
      { id: "a", kind: "console", role: "action", on: "pve1", body: "screen: bmc" },
      { bmc: bmc() },
      [/^15:9 .*un compte du contrôleur de gestion de pve1.*bmc: \{ user: …/],
    ],
  ])("names %s", (_, sketch, changes, said) => {
    expect(missing(sketch, changes)).toEqual(said.map((pattern) => expect.stringMatching(pattern)));
  });

  it.each<[string, Sketch, Parameters<typeof node>[1]]>([
    [
      "a screen that is a virtual machine's",
      { id: "a", kind: "console", on: "pve1", body: "screen: node" },
      { bmc: bmc(), console: { host: "pve2", vmid: 102 } },
    ],
    [
      "a request with an account that is given",
      { id: "a", kind: "http", on: "pve1", body: "GET bmc:/redfish/v1/Systems" },
      { bmc: bmc({ login: LOGIN }) },
    ],
    [
      "a login, which brings its own",
      { id: "a", kind: "http", on: "pve1", body: "POST bmc:/redfish/v1/SessionService/Sessions/\n\n{}" },
      { bmc: bmc() },
    ],
  ])("says nothing of %s", (_, sketch, changes) => {
    expect(missing(sketch, changes)).toEqual([]);
  });

  it("says nothing of a block that this site leaves out", () => {
    const body = "GET bmc:usine@/redfish/v1/Systems";
    expect(missing({ id: "a", kind: "http", on: "pve1", when: "bmc@pve1", body })).toEqual([]);
  });
});

describe("planRun()", () => {
  it.each<[string, Sketch]>([
    ["a file", { id: "a", kind: "file", role: "action", on: "pve1", path: "/tmp/x", body: "clef={{secrets.connu}}" }],
    ["a setting", { id: "a", on: "pve1", expect: "{{secrets.connu}}" }],
    [
      "a console's plain text",
      {
        id: "a",
        kind: "console",
        role: "action",
        on: "pve1",
        body: "screen: vm/100\nsteps: [{ type: '{{secrets.connu}}' }]",
      },
    ],
  ])("refuses a secret in %s, where nothing would replace it", (_, sketch) => {
    const { problems } = plan([{ blocks: [sketch] }], { inventory: inventory({ secrets }), needsOf });
    expect(problems.map(({ reason }) => reason)).toEqual(["{{secrets.connu}} n’est pas remplacé ici"]);
  });
});
