import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { labProject, latestEvents, stepStatuses } from "../support/lab-run.ts";

/** Creates a cluster on pve1 and joins pve2 to it, all by the API; then asks what is refused. */
const RUNBOOK = `---
constat: 1
chapitre: 3
---

# 3. Par l’API

\`\`\`http {#creer .action on=pve1 timeout=1m verify=#cree}
POST /cluster/config

clustername=essai&link0={{nodes.pve1.address}}
\`\`\`

\`\`\`http {#cree .check on=pve1 timeout=30s}
#| until: { every: 1s, within: 1m }
#| expect:
#|   - json: { path: "$.data[*]", where: { type: cluster, quorate: 1 }, count: 1 }
GET /cluster/status
\`\`\`

\`\`\`http {#relever .check on=pve1 timeout=30s needs=#cree}
#| save: { empreinte: { json: "$.data.nodelist[0].pve_fp" } }
GET /cluster/config/join
\`\`\`

\`\`\`http {#joindre .action on=pve2 timeout=2m renews=tls needs=#relever verify=#membre}
POST /cluster/config/join

hostname={{nodes.pve1.address}}&link0={{nodes.pve2.address}}&fingerprint={{empreinte}}&password={{secrets.root_password}}
\`\`\`

\`\`\`http {#membre .check on=pve2 timeout=30s}
#| until: { every: 1s, within: 1m }
#| expect:
#|   - json: { path: "$.data[*]", where: { type: node, online: 1 }, count: 2 }
GET /cluster/status
\`\`\`

\`\`\`bash {#relancer .action on=pve2 timeout=30s needs=#membre}
systemctl restart pveproxy
\`\`\`

\`\`\`http {#apres .check on=pve2 timeout=30s needs=#relancer}
GET /nodes/localhost/status
\`\`\`

\`\`\`http {#refus-extjs .check on=pve1 timeout=30s status=400}
GET /api2/extjs/nodes/pve1/tasks?limit=beaucoup
\`\`\`

\`\`\`http {#vm-absente .check on=pve1 timeout=30s}
GET /nodes/pve1/qemu/999/config
\`\`\`
`;

describe.each(["9", "8.4"] as const)("the API of dialect %s", (dialect) => {
  it("survives a join that changes keys and certificate under it, a restart of pveproxy, and names what is refused", async () => {
    const folder = await mkdtemp(join(tmpdir(), "constat-api-"));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const project = await labProject(folder, { scenario: "trois-noeuds", dialect });
    await writeFile(join(folder, "03-api.md"), RUNBOOK);
    const { code, stdout, stderr } = await project.constat("run", "03-api.md", "--yes", "--no-report");
    const all = `${stdout}\n${stderr}`;
    expect(await stepStatuses(folder), all).toEqual({
      ...{ creer: "passed", relever: "passed", joindre: "passed", relancer: "passed" },
      ...{ cree: "passed", membre: "passed", apres: "passed", "refus-extjs": "passed", "vm-absente": "failed" },
    });
    expect(code, all).toBe(1);
    const events = await latestEvents(folder);
    const renewed = events.flatMap((event) => (event.type === "certificate-renewed" ? [event] : []));
    const renewal = renewed.find(({ step }) => step === "joindre");
    expect(renewal).toMatchObject({ node: "pve2" });
    expect(renewal?.after).not.toBe(renewal?.before);
    expect(stdout).toMatch(/#vm-absente — HTTP 500 .*qemu-server\/999\.conf' does not exist/);
    // How it went on is told only where it lasts longer than a question: what it said is kept.
    const joined = events.flatMap((event) =>
      event.type === "attempt-finished" && event.step === "joindre" ? [event] : [],
    );
    expect(joined.flatMap(({ artefacts }) => artefacts.map(({ role }) => role))).toContain("task-log");
  }, 120_000);
});
