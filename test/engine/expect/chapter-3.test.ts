import { expect, test } from "vitest";
import { judgeOutput, selectValue } from "../../../engine/expect/index.ts";
import { expectationsOf, recording, settingsOf } from "./runbook-expectations.ts";

const VALUES = {
  cluster_nom: "lab",
  "nodes.pve1.hostname": "pve1",
  "nodes.pve2.hostname": "pve2",
  "nodes.pve3.hostname": "pve3",
  lien0_pve1: "10.10.20.11",
  lien0_pve2: "10.10.20.12",
  lien0_pve3: "10.10.20.13",
};

/** Block of chapter 3, recordings that make its output, what the verdict of each rule must be. */
const cases: readonly (readonly [string, readonly string[], string])[] = [
  ["version-pve1", ["pveversion.txt"], "+"],
  ["cluster-cree", ["cluster-status-three-nodes.json"], "+"],
  ["pve2-membre", ["cluster-status-three-nodes.json"], "++"],
  ["pve3-membre", ["cluster-status-three-nodes.json"], "++"],
  ["statut-corosync", ["pvecm-status-three-nodes.txt", "corosync-cfgtool-three-nodes.txt"], "++++++"],
  ["quorum-partout", ["corosync-quorumtool-three-nodes.txt"], "++"],
  // The same rules must say no where the state is another one.
  ["statut-corosync", ["pvecm-status-one-node.txt"], "++---+"],
  ["quorum-partout", ["pvecm-status-one-node.txt"], "+-"],
];

for (const version of ["8.4", "9"]) {
  test.each(cases)(`Proxmox VE ${version}: #%s judges %j as %s`, (id, files, verdicts) => {
    const stdout = files.map((file) => recording(`cluster-${version}/${file}`)).join("");
    const judgements = judgeOutput(expectationsOf(id, VALUES), stdout);
    expect(judgements.map(({ ok }) => (ok ? "+" : "-")).join("")).toBe(verdicts);
  });

  test.each([
    ["8", "8.4"],
    ["9", "9"],
  ])(`Proxmox VE ${version}: beside a pve1 of version %s the versions are judged`, (major, alike) => {
    const [judgement] = judgeOutput(
      expectationsOf("versions", { ...VALUES, pve_majeure: major }),
      recording(`cluster-${version}/pveversion.txt`),
    );
    expect(judgement?.ok).toBe(version === alike);
  });

  test(`Proxmox VE ${version}: the major version of pve1 is saved`, () => {
    const selector = settingsOf("version-pve1").save?.["pve_majeure"];
    if (selector === undefined) throw new Error("Chapter 3 no longer saves pve_majeure");
    const stdout = recording(`cluster-${version}/pveversion.txt`);
    expect(selectValue(selector, stdout, VALUES)).toEqual({ value: version.split(".")[0] });
  });

  test(`Proxmox VE ${version}: the fingerprint of pve1 is saved out of the join information`, () => {
    const { data } = JSON.parse(recording(`cluster-${version}/api-cluster-config-join.json`));
    const selector = settingsOf("informations-jonction").save?.["empreinte_pve1"];
    if (selector === undefined) throw new Error("Chapter 3 no longer saves empreinte_pve1");
    const expected = data.nodelist.find((node: { name: string }) => node.name === "pve1").pve_fp;
    expect(expected).toMatch(/^(?:[0-9A-F]{2}:){31}[0-9A-F]{2}$/);
    expect(selectValue(selector, JSON.stringify(data), VALUES)).toEqual({ value: expected });
  });
}

test("Proxmox VE 9: a join that succeeded is seen in the terminal's own line ends", () => {
  const stdout = recording("cluster-9/pvecm-add-pve2.txt").replaceAll("\n", "\r\n");
  expect(judgeOutput(expectationsOf("ajouter-pve2", VALUES), stdout)).toEqual([
    {
      ok: true,
      expected: "une ligne égale à « successfully added node 'pve2' to cluster. »",
      obtained: "successfully added node 'pve2' to cluster.",
    },
  ]);
});

test("Proxmox VE 8.4: a join that broke at its certificate is seen although pvecm ended with 0", () => {
  const [judgement] = judgeOutput(expectationsOf("ajouter-pve2", VALUES), recording("cluster-8.4/pvecm-add-pve2.txt"));
  expect(judgement?.ok).toBe(false);
});

test("Proxmox VE 8.4: an isolated node's answer is explained rule by rule", () => {
  const judgements = judgeOutput(
    expectationsOf("statut-corosync", VALUES),
    recording("cluster-8.4/pvecm-status-isolated.txt"),
  );
  expect(judgements).toMatchInlineSnapshot(`
    [
      {
        "expected": "une ligne qui correspond à /^Quorate:\\s+Yes$/",
        "obtained": "rien d’approchant en 8 lignes ; la dernière : Cannot initialize CMAP service",
        "ok": false,
      },
      {
        "expected": "une ligne qui correspond à /^0x[0-9a-f]+\\s.*\\s10\\.10\\.20\\.11( |$)/",
        "obtained": "rien d’approchant en 8 lignes ; la dernière : Cannot initialize CMAP service",
        "ok": false,
      },
      {
        "expected": "une ligne qui correspond à /^0x[0-9a-f]+\\s.*\\s10\\.10\\.20\\.12( |$)/",
        "obtained": "rien d’approchant en 8 lignes ; la dernière : Cannot initialize CMAP service",
        "ok": false,
      },
      {
        "expected": "une ligne qui correspond à /^0x[0-9a-f]+\\s.*\\s10\\.10\\.20\\.13( |$)/",
        "obtained": "rien d’approchant en 8 lignes ; la dernière : Cannot initialize CMAP service",
        "ok": false,
      },
      {
        "expected": "une ligne qui correspond à /nodeid:\\s+\\d+:\\s+localhost/",
        "obtained": "rien d’approchant en 8 lignes ; la dernière : Cannot initialize CMAP service",
        "ok": false,
      },
      {
        "expected": "aucune ligne qui correspond à /disconnected/",
        "obtained": "aucune parmi 8 lignes",
        "ok": true,
      },
    ]
  `);
});
