import { InMemoryFs } from "just-bash";
import { renderCephConf } from "../state/ceph/init-ceph.ts";
import { renderCorosyncConf } from "../state/corosync.ts";
import { haFiles } from "../state/ha/ha-files.ts";
import type { NodeState } from "../state/node.ts";
import { renderMembers, renderStorageCfg } from "../state/pmxcfs-files.ts";
import { rootKeyOf } from "../state/root-key.ts";
import { sdnFiles } from "../state/sdn-files.ts";
import { renderVmConfig } from "../state/vm-config.ts";
import type { World } from "../state/world.ts";

/** The tree of /etc/pve as pmxcfs shows it on one node at this moment. */
export function pveTree(world: World, node: NodeState): InMemoryFs {
  const { database } = node;
  const tree = new InMemoryFs();
  const put = (path: string, text: string, mode = 0o640) =>
    tree.writeFileSync(path, text, "utf8", { mode, mtime: new Date(node.bootTime) });
  const members = database.corosync?.nodes.map((entry) => entry.name) ?? [node.name];
  for (const directory of DIRECTORIES) tree.mkdirSync(directory, { recursive: true });
  put("/.members", renderMembers(world, node), 0o440);
  put("/.vmlist", renderVmlist(world, members), 0o440);
  if (database.corosync) put("/corosync.conf", renderCorosyncConf(database.corosync));
  put("/storage.cfg", renderStorageCfg(database));
  const keys = members.flatMap((name) => world.nodes.get(name) ?? []).map((member) => `${rootKeyOf(member)}\n`);
  put("/priv/authorized_keys", keys.join(""), 0o600);
  put("/user.cfg", "user:root@pam:1:0:::root@localhost::\n");
  put("/pve-root-ca.pem", database.authority.pem);
  put("/priv/pve-root-ca.key", database.authority.key, 0o600);
  if (database.options.size > 0)
    put("/datacenter.cfg", [...database.options].map((pair) => `${pair.join(": ")}\n`).join(""));
  if (database.ceph.config) put("/ceph.conf", renderCephConf(database.ceph));
  for (const [name, text] of sdnFiles(database.sdn)) put(`/sdn/${name}`, text);
  for (const [path, text] of haFiles(world, node)) put(path, text);
  for (const [path, text] of database.files) put(`/${path}`, text);
  for (const name of members) {
    for (const directory of ["lxc", "openvz", "priv", "qemu-server"])
      tree.mkdirSync(`/nodes/${name}/${directory}`, { recursive: true });
    const member = world.nodes.get(name);
    if (!member) continue;
    if (!member.certificateAbsent) {
      put(`/nodes/${name}/pve-ssl.pem`, member.certificate.pem);
      put(`/nodes/${name}/pve-ssl.key`, member.certificate.key);
    }
    put(`/nodes/${name}/ssh_known_hosts`, `${name} ${member.sshHostKey.publicKey}\n`);
    for (const guest of member.guests.values()) {
      const folder = guest.type === "qemu" ? "qemu-server" : "lxc";
      put(`/nodes/${name}/${folder}/${guest.vmid}.conf`, renderVmConfig(guest));
    }
  }
  for (const [link, target] of Object.entries({
    local: "",
    lxc: "/lxc",
    openvz: "/openvz",
    "qemu-server": "/qemu-server",
  })) {
    linkNow(tree, `nodes/${node.name}${target}`, `/${link}`);
  }
  return tree;
}

const DIRECTORIES = ["/firewall", "/ha", "/mapping", "/nodes", "/priv", "/sdn", "/virtual-guest"];

function renderVmlist(world: World, members: readonly string[]): string {
  const guests = members.flatMap((name) =>
    [...(world.nodes.get(name)?.guests.values() ?? [])].map((guest) => ({ name, guest })),
  );
  const ids = guests.map(
    ({ name, guest }) => `"${guest.vmid}": { "node": "${name}", "type": "${guest.type}", "version": 1 }`,
  );
  return `{\n"version": 1,\n"ids": {${ids.length > 0 ? `\n${ids.join(",\n")}` : ""}}\n\n}\n`;
}

/** `symlink` does its work before it returns its promise, and nothing else can have taken these names. */
function linkNow(tree: InMemoryFs, target: string, path: string): void {
  tree.symlink(target, path).catch(() => {
    // A file written by hand under that name stays.
  });
}
