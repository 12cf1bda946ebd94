import type { CephCluster } from "./ceph-cluster.ts";
import { weightOf } from "./ceph-usage.ts";

/** A host's bucket in the CRUSH map. */
export interface CrushHost {
  readonly id: number;
  readonly name: string;
  readonly osds: readonly number[];
}

/** The hosts of the map in the order in which they came; each takes an id for itself and one for its device class. */
export function crushHosts(ceph: CephCluster): readonly CrushHost[] {
  const names = [...new Set(ceph.osds.map((osd) => osd.node))];
  return names.map((name, index) => ({
    id: index === 0 ? -3 : -3 - 2 * index,
    name,
    osds: ceph.osds.filter((osd) => osd.node === name).map((osd) => osd.id),
  }));
}

/** The decompiled CRUSH map. */
export function crushText(ceph: CephCluster): string {
  const osds = [...ceph.osds].sort((a, b) => a.id - b.id);
  const weight = (ids: readonly number[]) =>
    osds.reduce((sum, osd) => (ids.includes(osd.id) ? sum + weightOf(osd) : sum), 0).toFixed(5);
  const hosts = crushHosts(ceph);
  const bucket = (kind: string, name: string, id: number, items: readonly string[]) =>
    `${kind} ${name} {\n\tid ${id}\t\t# do not change unnecessarily\n\talg straw2\n\thash 0\t# rjenkins1\n${items.map((item) => `\titem ${item}\n`).join("")}}\n`;
  return [
    "# begin crush map\n",
    "tunable choose_local_tries 0\ntunable choose_local_fallback_tries 0\ntunable choose_total_tries 50\n",
    "tunable chooseleaf_descend_once 1\ntunable chooseleaf_vary_r 1\ntunable chooseleaf_stable 1\n",
    "tunable straw_calc_version 1\ntunable allowed_bucket_algs 54\n",
    "\n# devices\n",
    ...osds.map((osd) => `device ${osd.id} osd.${osd.id} class ${osd.deviceClass}\n`),
    "\n# types\ntype 0 osd\ntype 1 host\ntype 2 chassis\ntype 3 rack\ntype 11 root\n",
    "\n# buckets\n",
    ...hosts.map((host) =>
      bucket(
        "host",
        host.name,
        host.id,
        host.osds.map((id) => `osd.${id} weight ${weight([id])}`),
      ),
    ),
    bucket(
      "root",
      "default",
      -1,
      hosts.map((host) => `${host.name} weight ${weight(host.osds)}`),
    ),
    "\n# rules\nrule replicated_rule {\n\tid 0\n\ttype replicated\n\tstep take default\n",
    "\tstep chooseleaf firstn 0 type host\n\tstep emit\n}\n",
    "\n# end crush map\n",
  ].join("");
}
