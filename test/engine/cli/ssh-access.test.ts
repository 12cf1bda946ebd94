import { expect, test } from "vitest";
import { chapter, cliProject } from "../../support/cli-project.ts";

test("explain and plan say where an ssh configuration leads to, and why it leads nowhere", async () => {
  const inventory = (config: string) =>
    `nom: essai\nnodes:\n  pve1: { address: 192.0.2.1, ssh: { config: ${config}, user: root } }\n  pve2: { address: 192.0.2.2, ssh: { config: false } }\n`;
  const config = "Host 192.0.2.*\n  Port 2222\n  ProxyJump moi@bastion:22\nHost bastion\n  HostName 192.0.2.9\n";
  const project = await cliProject({
    "03.md": chapter("```bash {#b .check on=pve1,pve2}\ntrue\n```"),
    "inventaire.yaml": inventory("ssh_config"),
    ssh_config: config,
    "autre.yaml": inventory("casse"),
    casse: "Host *\n  ProxyCommand nc %h %p\n",
  });
  const way = "root@192.0.2.1:2222, par moi@192.0.2.9:22, selon";
  const args = [project.path("03.md"), "-i", project.path("inventaire.yaml")];
  const { stdout } = await project.here("explain", "#b", ...args);
  expect(stdout).toContain(way);
  expect(stdout).toContain("ssh_config lignes 2, 3 et 5");
  expect(stdout).not.toContain("ssh pve2");
  expect((await project.here("plan", ...args)).stdout).toContain(way);
  expect(JSON.parse((await project.here("plan", "--json", ...args)).stdout).access).toEqual([
    expect.stringContaining(way),
  ]);
  const broken = await project.here("plan", project.path("03.md"), "-i", project.path("autre.yaml"));
  expect([broken.code, broken.stdout]).toEqual([0, expect.stringContaining("casse ligne 2")]);
});
