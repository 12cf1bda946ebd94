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
const PVE = { user: "root@pam", endpoint: ENDPOINT };
const TOKEN = { id: "audit@pve!constat", secret: "connu" };
const LOGIN = { user: "constat", password: "bmc_password" };
const secrets = { connu: { from: "env", name: "CONNU" } } as const;

function missing(sketch: Sketch, changes: Parameters<typeof node>[1] = {}): readonly string[] {
  const site = inventory({
    nodes: [node("pve1", { pve: { ...PVE, password: "connu" }, ...changes })],
    groups: {},
    secrets,
  });
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
    [
      "a request to an API without password or token",
      { id: "a", kind: "http", on: "pve1", body: "GET /version" },
      { pve: PVE },
      [/^15:5 .*#a demande le mot de passe de root@pam, ou un jeton, pour l’API de pve1.*pve: \{ token:/],
    ],
    [
      "a view without a password, though there is a token",
      { id: "a", kind: "browser", on: "pve1", body: "viewport: { width: 900, height: 900 }\nview: datacenter/ha" },
      { pve: { ...PVE, token: TOKEN } },
      [/^16:1 .*pour l’interface web \(elle n’admet pas le jeton audit@pve!constat\) de pve1.*nom du secret \}$/],
    ],
    [
      "a request that takes no token",
      { id: "a", kind: "http", role: "action", on: "pve1", body: "POST /cluster/config/join\n\nx=1" },
      { pve: { ...PVE, token: TOKEN } },
      [/^15:6 .*pour « POST \/cluster\/config\/join » \(le jeton audit@pve!constat n’y suffit pas\) de pve1/],
    ],
    [
      "what a watch samples and photographs",
      {
        id: "a",
        kind: "watch",
        on: "pve1",
        body: "samples:\n  - { ping: 192.0.2.1 }\n  - { name: n, api: /cluster/status }\nshots:\n  - { when: { of: n, answers: true }, view: datacenter/ha }",
      },
      { pve: PVE },
      [/^17:16 .*pour l’API de pve1/, /^19:39 .*pour l’interface web de pve1/],
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
    ["the page of the login", { id: "a", kind: "browser", on: "pve1", body: "view: login" }, { pve: PVE }],
    [
      "a page of another site",
      { id: "a", kind: "browser", on: "pve1", body: "open: https://x.example/" },
      { pve: PVE },
    ],
    [
      "a request with a token",
      { id: "a", kind: "http", on: "pve1", body: "GET /version" },
      { pve: { ...PVE, token: TOKEN } },
    ],
    [
      "a view with a password",
      { id: "a", kind: "browser", on: "pve1", body: "view: datacenter/ha" },
      { pve: { ...PVE, password: "connu" } },
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
