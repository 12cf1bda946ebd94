import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Observation } from "../../../engine/doctor/index.ts";
import { type Lab, startLab } from "../../../lab/index.ts";
import { cliProject } from "../../support/cli-project.ts";
import { brief } from "../../support/doctor-site.ts";
import { freePort } from "../../support/sshd.ts";

let lab: Lab;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "constat-doctor-"));
  lab = await startLab({ folder: join(folder, "lab"), scenario: "cluster", dialect: "8.4" });
});
afterAll(async () => {
  await lab.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** An inventory over the lab's. */
function over(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, `extends: lab/inventory.yaml\n${text}`);
  return path;
}

describe("constat doctor, against the lab", () => {
  it("finds nothing to put right on healthy nodes, side by side, and leaves no trace on them", async () => {
    const { here } = await cliProject({});
    const before = [...lab.world.nodes.values()].map(({ database }) => JSON.stringify([...database.options]));
    const { code, stdout, stderr } = await here("doctor", "-i", lab.inventoryFile);
    // The disk of the machine that tests is not the lab's to judge.
    expect([0, 1], `${stdout}${stderr}`).toContain(code);
    expect(stdout).toMatch(/^ +pve1 +pve2 +pve3$/m);
    expect(stdout).toMatch(/^ {2}Proxmox VE +✓ 8\.4\.\d+ +✓ 8\.4\.\d+ +✓ 8\.4\.\d+$/m);
    expect(stdout).toMatch(/^ {2}droits API +✓ root@pam +✓ root@pam +✓ root@pam$/m);
    expect(stdout).toMatch(/navigateur +✓ .*Chrome\/\d+|✓ navigateur/);
    expect(stdout.match(/^erreur/gm)).toBeNull();
    expect([...lab.world.nodes.values()].map(({ database }) => JSON.stringify([...database.options]))).toEqual(before);
  });

  it("says each trouble once, with its remedy, ends with 3, and shows no secret", async () => {
    const closed = await freePort();
    const secret = join(folder, "mot-de-passe");
    writeFileSync(secret, "hunter2-hunter2\n");
    chmodSync(secret, 0o644);
    const inventory = over(
      "troubles.yaml",
      `nodes:
  pve1: { ssh: { host-key: "SHA256:${"A".repeat(43)}" } }
  pve2: { version: "9", pve: { password: faux } }
  pve3: { connect: { pve: "127.0.0.1:${closed}" }, hostname: pve33 }
secrets:
  faux: { file: mot-de-passe }
  absent: { env: CONSTAT_TEST_NOWHERE }
`,
    );
    const { here } = await cliProject({});
    const { code, stdout } = await here("doctor", "-i", inventory, "--json");
    expect(code).toBe(3);
    const { observations } = JSON.parse(stdout) as { observations: readonly Observation[] };
    const of = (name: string) =>
      brief(observations.filter(({ subject }) => subject.type === "node" && subject.name === name)).filter(
        (line) => !line.endsWith(" ok"),
      );
    expect({ pve1: of("pve1"), pve2: of("pve2"), pve3: of("pve3") }).toEqual({
      pve1: ["ssh error SSH_HOST_KEY_CHANGED", "api unchecked"],
      pve2: ["version error VERSION_MISMATCH", "api error PVE_AUTH_FAILED"],
      pve3: ["hostname error NODE_NAME_MISMATCH", "api error HTTP_UNREACHABLE"],
    });
    const local = brief(observations.filter(({ check }) => check === "secret"));
    expect(local).toEqual(["secret warning SECRET_READABLE", "secret warning SECRET_MISSING"]);
    expect(stdout).not.toContain("hunter2");
    const remedies = observations.flatMap((one) => ("remedy" in one ? one.remedy : []));
    expect(remedies.every((remedy) => remedy.length > 10)).toBe(true);

    const one = await here("doctor", "-i", inventory, "--node", "pve2");
    expect(one.stdout).toContain("pve2, Proxmox VE : Proxmox VE 8.4");
    expect(one.stdout).not.toContain("pve3");
  });

  it.each([
    ["a node that is not there", ["--node", "pve9"], "« pve9 » n’est pas un nœud", 2],
    ["an inventory that is not there", ["-i", "/nonexistent/site.yaml"], "n’existe pas", 2],
  ])("refuses %s", async (_name, args, said, expected) => {
    const { here } = await cliProject({});
    const where = args.includes("-i") ? [] : ["-i", lab.inventoryFile];
    const { code, stderr } = await here("doctor", ...where, ...args);
    expect(stderr).toContain(said);
    expect(code).toBe(expected);
  });

  it("explains the inventory's own mistakes instead of looking", async () => {
    const { here } = await cliProject({});
    const { code, stderr } = await here("doctor", "-i", over("faute.yaml", "nodes: { pve1: { adress: a } }\n"));
    expect(stderr).toContain("clé inconnue");
    expect(code).toBe(2);
  });

  it("names a missing browser as an error of this machine", async () => {
    const { constat } = await cliProject({}, { CONSTAT_BROWSER: "/nonexistent/chromium" });
    const { code, stdout } = await constat("doctor");
    expect(stdout).toMatch(/navigateur +BROWSER_MISSING/);
    expect(stdout).toMatch(/^erreur ici, navigateur\s: /m);
    expect(code).toBe(3);
  });
});
