import { createHash } from "node:crypto";
import type { RbdImage } from "../../state/ceph/ceph-cluster.ts";
import { addressIn } from "../../state/ceph/local-address.ts";
import { disksOf } from "../../state/guest-disks.ts";
import type { Call } from "../command.ts";
import { dateText } from "../dates.ts";
import { bytesText } from "./ceph-text.ts";

/** What `rbd info` prints of an image. */
export function imageInfo({ name, size, created }: RbdImage): string {
  const id = createHash("sha1").update(`${name} ${created}`).digest("hex").slice(0, 12);
  return [
    `rbd image '${name}':`,
    `\tsize ${bytesText(size)} in ${Math.ceil(size / (4 * 2 ** 20))} objects`,
    "\torder 22 (4 MiB objects)",
    "\tsnapshot_count: 0",
    `\tid: ${id}`,
    `\tblock_name_prefix: rbd_data.${id}`,
    "\tformat: 2",
    "\tfeatures: layering, exclusive-lock, object-map, fast-diff, deep-flatten",
    "\top_features: ",
    "\tflags: ",
    ...["create", "access", "modify"].map((kind) => `\t${kind}_timestamp: ${dateText(created * 1000)}`),
    "",
  ].join("\n");
}

/** What `rbd ls -l` prints, every cell as wide as its column; an empty pool has no table. */
export function imageTable(images: readonly RbdImage[]): string {
  if (images.length === 0) return "";
  const head = ["NAME", "SIZE", "PARENT", "FMT", "PROT", "LOCK"];
  const rows = [head, ...images.map(({ name, size }) => [name, bytesText(size), "", "  2", "", ""])];
  const widths = head.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => `${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ")}\n`).join("");
}

/** What `rbd status` prints: who has the image open, that is the node on which its machine runs. */
export function imageStatus({ world, node }: Call, pool: string, image: string): string {
  const { storages, ceph } = node.database;
  const volids = storages
    .filter(({ type, properties }) => type === "rbd" && (properties["pool"] ?? "rbd") === pool)
    .map(({ id }) => `${id}:${image}`);
  const watchers = [...world.nodes.values()].flatMap((host) => {
    const open = [...host.guests.values()].some(
      ({ status, config }) => status === "running" && disksOf(config).some(({ volid }) => volids.includes(volid)),
    );
    if (!open || host.power !== "on") return [];
    const numbers = createHash("sha1").update(`${host.name} ${image}`).digest();
    const [nonce, client, cookie] = [
      numbers.readUInt32BE(0),
      numbers.readUInt16BE(4),
      2 ** 47 - numbers.readUInt32BE(6),
    ];
    const address = addressIn(host, ceph.config?.publicNetwork);
    return [`\twatcher=${address}:0/${nonce} client.${client} cookie=${cookie}\n`];
  });
  return watchers.length === 0 ? "Watchers: none\n" : `Watchers:\n${watchers.join("")}`;
}
