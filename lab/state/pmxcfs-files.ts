import type { ClusterDatabase, StorageDefinition } from "./cluster-database.ts";
import type { NodeState } from "./node.ts";
import { isQuorate } from "./quorum.ts";
import type { World } from "./world.ts";

/** The text of /etc/pve/.members as that node shows it. */
export function renderMembers(world: World, node: NodeState): string {
  const { corosync, membersVersion } = node.database;
  const head = `{\n"nodename": "${node.name}",\n"version": ${membersVersion}`;
  if (!corosync) return `${head}\n}\n`;
  const { name, version, nodes } = corosync;
  const quorate = isQuorate(node) ? 1 : 0;
  const cluster = `{ "name": "${name}", "version": ${version}, "nodes": ${nodes.length}, "quorate": ${quorate} }`;
  const entries = [...nodes]
    .sort((a, b) => a.nodeid - b.nodeid)
    .map((entry) => {
      const online = node.corosync.members.includes(entry.name) ? 1 : 0;
      const address = world.nodes.get(entry.name)?.address ?? "";
      return `  "${entry.name}": { "id": ${entry.nodeid}, "online": ${online}, "ip": "${address}"}`;
    });
  return `${head},\n"cluster": ${cluster},\n"nodelist": {\n${entries.join(",\n")}\n  }\n}\n`;
}

/** The text of /etc/pve/storage.cfg: an empty line after every entry, also after the last. */
export function renderStorageCfg(database: ClusterDatabase): string {
  return database.storages.map((storage) => `${renderStorage(storage)}\n`).join("");
}

function renderStorage(storage: StorageDefinition): string {
  const lines = [
    `${storage.type}: ${storage.id}`,
    ...Object.entries(storage.properties).map(([key, value]) => `\t${key} ${value}`),
    `\tcontent ${storage.content.join(",")}`,
    ...(storage.shared && storage.type === "dir" ? ["\tshared 1"] : []),
    ...(storage.nodes.length > 0 ? [`\tnodes ${storage.nodes.join(",")}`] : []),
  ];
  return `${lines.join("\n")}\n`;
}
