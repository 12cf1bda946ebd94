import { createHash } from "node:crypto";
import type { InMemoryFs } from "just-bash";
import type { NodeState } from "../state/node.ts";

const FOLDER = "/etc/ceph";
const MAP = "# RbdDevice\t\tParameters\n#poolname/imagename\tid=client,keyring=/etc/ceph/ceph.client.keyring\n";

/** Lays out /etc/ceph as the packages and `pveceph init` leave it: the link to the cluster's configuration, and the administrator's key. */
export function layCephFiles(root: InMemoryFs, node: NodeState): void {
  if (node.ceph.release === undefined) return;
  if (!root.getAllPaths().includes(`${FOLDER}/rbdmap`)) {
    root.mkdirSync(FOLDER, { recursive: true });
    root.writeFileSync(`${FOLDER}/rbdmap`, MAP);
  }
  const { config } = node.database.ceph;
  if (!node.ceph.linked || !config || root.getAllPaths().includes(`${FOLDER}/ceph.conf`)) return;
  const key = createHash("sha256").update(config.fsid).digest("base64").slice(0, 38);
  const caps = ["mds", "mgr", "mon", "osd"].map((daemon) => `\tcaps ${daemon} = "allow *"\n`).join("");
  const keyring = `${FOLDER}/ceph.client.admin.keyring`;
  root.writeFileSync(keyring, `[client.admin]\n\tkey = ${key}==\n${caps}`);
  // Both do their work before they return their promises.
  Promise.all([root.chmod(keyring, 0o600), root.symlink("/etc/pve/ceph.conf", `${FOLDER}/ceph.conf`)]).catch(() => {
    // A script has made a file of that name already.
  });
}
