import { type ThinPool, thinPools } from "../../state/lvm/thin-pool.ts";
import {
  EXTENT,
  freeExtents,
  type LogicalVolume,
  totalExtents,
  type VolumeGroup,
} from "../../state/lvm/volume-group.ts";
import type { NodeState } from "../../state/node.ts";
import type { Call, LabCommand } from "../command.ts";
import { COLUMNS, osdGroups, type ReportRow, renderReport, reportOptions } from "./lvm-report.ts";

const LV = [
  "lv_name",
  "vg_name",
  "lv_attr",
  "lv_size",
  "pool_lv",
  "origin",
  "data_percent",
  "metadata_percent",
  "move_pv",
  "mirror_log",
  "copy_percent",
  "convert_lv",
];
const VG = ["vg_name", "pv_count", "lv_count", "snap_count", "vg_attr", "vg_size", "vg_free"];
const PV = ["pv_name", "vg_name", "pv_fmt", "pv_attr", "pv_size", "pv_free"];

/** `lvs`: logical volumes, thin ones and Ceph's among them; -a shows the hidden parts of a pool. */
export const lvs: LabCommand = { name: "lvs", run: (call) => report(call, "lv", LV, volumeRows) };
/** `vgs`: volume groups. */
export const vgs: LabCommand = { name: "vgs", run: (call) => report(call, "vg", VG, groupRows) };
/** `pvs`: physical volumes. */
export const pvs: LabCommand = { name: "pvs", run: (call) => report(call, "pv", PV, physicalRows) };

type Rows = (node: NodeState, all: boolean) => readonly ReportRow[];

function report(call: Call, kind: "lv" | "vg" | "pv", defaults: readonly string[], rowsOf: Rows): number {
  const { options, operands, all } = reportOptions(call.args, defaults);
  const unknown = options.columns.find((column) => !Object.hasOwn(COLUMNS, column));
  if (unknown !== undefined) {
    call.err(`  Unrecognised field: ${unknown}\n`);
    return 3;
  }
  const rows = rowsOf(call.node, all);
  const wanted = operands.map((name) => name.replace(/^\/dev\/(?!sd|nvme)/, ""));
  const missing = wanted.find((name) => !rows.some((row) => names(row, kind).includes(name)));
  if (missing !== undefined) {
    call.err(complaint(missing, kind));
    return 5;
  }
  const chosen =
    wanted.length === 0 ? rows : rows.filter((row) => wanted.some((name) => names(row, kind).includes(name)));
  call.out(renderReport(kind, chosen, options));
  return 0;
}

/** What a row may be called on the command line. */
function names(row: ReportRow, kind: "lv" | "vg" | "pv"): readonly string[] {
  const { vg_name: group, lv_name: volume, pv_name: device } = row;
  if (kind === "vg") return [String(group)];
  return kind === "pv" ? [String(device)] : [String(group), `${String(group)}/${String(volume)}`];
}

function complaint(name: string, kind: "lv" | "vg" | "pv"): string {
  if (kind === "pv") return `  Failed to find device "${name}".\n`;
  const [group = "", volume] = name.split("/");
  if (volume !== undefined) return `  Failed to find logical volume "${name}"\n`;
  return `  Volume group "${group}" not found\n  Cannot process volume group ${group}\n`;
}

function groupRows(node: NodeState): readonly ReportRow[] {
  const pools = thinPools(node);
  const own = node.lvm.groups.map((group): ReportRow => {
    const thin = pools.filter((pool) => pool.group === group).reduce((sum, pool) => sum + pool.volumes.length, 0);
    return groupRow(
      group.name,
      group.physical.length,
      group.logical.length + thin,
      totalExtents(group) * EXTENT,
      freeExtents(group) * EXTENT,
    );
  });
  return [...osdGroups(node).map(({ group, size }) => groupRow(group, 1, 1, size, 0)), ...own];
}

function groupRow(name: string, physical: number, logical: number, size: number, free: number): ReportRow {
  const counts = { pv_count: String(physical), lv_count: String(logical), snap_count: "0" };
  return { vg_name: name, ...counts, vg_attr: "wz--n-", vg_size: { bytes: size }, vg_free: { bytes: free } };
}

function physicalRows(node: NodeState): readonly ReportRow[] {
  const row = (path: string, group: string, size: number, free: number): ReportRow => ({
    ...{ pv_name: path, vg_name: group, pv_fmt: "lvm2", pv_attr: group === "" ? "---" : "a--" },
    ...{ pv_size: { bytes: size }, pv_free: { bytes: free } },
  });
  const own = node.lvm.groups.flatMap((group) => {
    // The first disks are filled first.
    let taken = totalExtents(group) - freeExtents(group);
    return group.physical.map(({ path, extents }) => {
      const here = Math.min(taken, extents);
      taken -= here;
      return row(path, group.name, extents * EXTENT, (extents - here) * EXTENT);
    });
  });
  const loose = [...node.lvm.loose].map((path) => {
    const size = node.hardware.disks.find((disk) => disk.path === path)?.size ?? 0;
    return row(path, "", size, size);
  });
  const rows = [...own, ...loose, ...osdGroups(node).map(({ device, group, size }) => row(device, group, size, 0))];
  return rows.toSorted((a, b) => (String(a["pv_name"]) < String(b["pv_name"]) ? -1 : 1));
}

function volumeRows(node: NodeState, all: boolean): readonly ReportRow[] {
  const pools = thinPools(node);
  const own = node.lvm.groups.flatMap((group) => {
    const rows = group.logical.flatMap((volume) =>
      rowsOfVolume(
        group,
        volume,
        pools.find((pool) => pool.volume === volume),
        all,
      ),
    );
    return rows.toSorted((a, b) => (bare(a) < bare(b) ? -1 : 1));
  });
  const osds = osdGroups(node).map(({ group, volume, size }) => volumeRow(volume, group, "-wi-ao----", size));
  return [...osds, ...own];
}

const bare = (row: ReportRow) => String(row["lv_name"]).replace(/[[\]]/g, "");

function rowsOfVolume(
  group: VolumeGroup,
  volume: LogicalVolume,
  pool: ThinPool | undefined,
  all: boolean,
): readonly ReportRow[] {
  const size = volume.extents * EXTENT;
  if (!pool) return [volumeRow(volume.name, group.name, volume.open ? "-wi-ao----" : "-wi-a-----", size)];
  const full = pool.used >= pool.size;
  const open = pool.volumes.length > 0 ? "o" : "-";
  const head = {
    data_percent: percent(pool.used, pool.size),
    metadata_percent: percent(pool.metadataUsed, pool.metadataSize),
  };
  const health = full ? { lv_health_status: "out_of_data" } : {};
  const rows: ReportRow[] = [
    { ...volumeRow(volume.name, group.name, `twi-a${open}tz${full ? "D-" : "--"}`, size), ...head, ...health },
    ...pool.volumes.map(({ volid, size: bytes, used }) => ({
      ...volumeRow(volid.slice(volid.indexOf(":") + 1), group.name, "Vwi-aotz--", bytes),
      ...{ pool_lv: volume.name, data_percent: percent(used, bytes) },
    })),
  ];
  if (!all) return rows;
  return [
    ...rows,
    volumeRow(`[${volume.name}_tdata]`, group.name, "Twi-ao----", size),
    volumeRow(`[${volume.name}_tmeta]`, group.name, "ewi-ao----", volume.metadata * EXTENT),
    volumeRow("[lvol0_pmspare]", group.name, "ewi-------", volume.spare * EXTENT),
  ];
}

function volumeRow(name: string, group: string, attributes: string, bytes: number): ReportRow {
  return { lv_name: name, vg_name: group, lv_attr: attributes, lv_size: { bytes }, lv_path: `/dev/${group}/${name}` };
}

function percent(used: number, size: number): string {
  return (size === 0 ? 0 : (used / size) * 100).toFixed(2);
}
