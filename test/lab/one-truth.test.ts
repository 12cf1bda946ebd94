import { mkdtempDisposable, readFile, writeFile } from "node:fs/promises";
import { request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { expect, test } from "vitest";
import { type Lab, startLab } from "../../lab/index.ts";
import { nodeOf } from "../../lab/state/world.ts";

test("a cluster made at the ssh door is the one that the API and the web page show", async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), "constat-one-truth-"));
  const lab = await startLab({ folder: folder.path, timeScale: 20, language: "fr" });
  try {
    const created = await shell(lab, "pve1", "pvecm create pve-cluster --link0 10.202.4.31");
    expect(created).toContain("Restart corosync and cluster filesystem");
    const password = await readFile(join(folder.path, "secrets", "root-password"), "utf8");
    const form = new URLSearchParams({ username: "root@pam", password }).toString();
    const session = JSON.parse(await fetchPage(lab, "pve1", "/api2/json/access/ticket", {}, form)).data;
    const headers = { Cookie: `PVEAuthCookie=${encodeURIComponent(session.ticket)}` };
    const overApi = JSON.parse(await fetchPage(lab, "pve1", "/api2/json/cluster/status", headers)).data;
    const overSsh = JSON.parse(await shell(lab, "pve1", "pvesh get /cluster/status --output-format json"));
    expect(overApi).toContainEqual(expect.objectContaining({ type: "cluster", name: "pve-cluster", quorate: 1 }));
    expect(overSsh).toEqual(overApi);
    const page = await fetchPage(lab, "pve1", "/", headers);
    expect(page).toContain('"UserName":"root@pam"');
    expect(page).toContain('lang="fr"');
  } finally {
    await lab.stop();
  }
});

/** Runs a command on a node with OpenSSH's client, which knows the host key from the inventory's fingerprint only through a file of ours. */
async function shell(lab: Lab, node: string, command: string): Promise<string> {
  const { port = 0 } = lab.endpoints.get(node)?.ssh ?? {};
  const [knownHosts, askpass] = [join(lab.folder, "known-hosts"), join(lab.folder, "askpass")];
  await writeFile(knownHosts, `[127.0.0.1]:${port} ${nodeOf(lab.world, node).sshHostKey.publicKey}\n`);
  await writeFile(askpass, `#!/bin/sh\nexec cat '${join(lab.folder, "secrets", "root-password")}'\n`, { mode: 0o700 });
  const options = [`UserKnownHostsFile=${knownHosts}`, "StrictHostKeyChecking=yes", "PubkeyAuthentication=no"];
  const args = [
    "-F",
    "none",
    "-p",
    String(port),
    ...options.flatMap((option) => ["-o", option]),
    "root@127.0.0.1",
    command,
  ];
  const env = { SSH_ASKPASS: askpass, SSH_ASKPASS_REQUIRE: "force" };
  const { stdout } = await execa("ssh", args, { env, stdin: "ignore", timeout: 30_000 });
  return stdout;
}

function fetchPage(
  lab: Lab,
  node: string,
  path: string,
  headers: Readonly<Record<string, string>>,
  form?: string,
): Promise<string> {
  const ca = nodeOf(lab.world, node).database.authority.pem;
  const { port = 0 } = lab.endpoints.get(node)?.pve ?? {};
  const method = form === undefined ? "GET" : "POST";
  return new Promise((resolve, reject) => {
    const sent = request({ host: "127.0.0.1", port, path, method, ca, headers, agent: false }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk: string) => {
        text += chunk;
      });
      response.on("end", () => resolve(text)).on("error", reject);
    });
    sent.on("error", reject).end(form);
  });
}
