import { groupOf } from "../../state/ceph/osd-log.ts";
import { shortSize, sizeIn } from "../../state/lvm/lvm-size.ts";
import type { NodeState } from "../../state/node.ts";

/** A field of a report: text, or bytes that the asked unit decides upon. */
export type Field = string | { readonly bytes: number };
export type ReportRow = Readonly<Record<string, Field>>;

/** How a report was asked for. */
export interface ReportOptions {
  readonly columns: readonly string[];
  readonly headings: boolean;
  readonly json: boolean;
  readonly units: string | undefined;
  readonly suffix: boolean;
}

/** A column of LVM's reports: its heading, and whether it stands to the right. */
export const COLUMNS: Readonly<Record<string, readonly [heading: string, right: boolean]>> = {
  ...{
    pv_name: ["PV", false],
    pv_fmt: ["Fmt", false],
    pv_attr: ["Attr", false],
    pv_size: ["PSize", true],
    pv_free: ["PFree", true],
  },
  ...{
    vg_name: ["VG", false],
    pv_count: ["#PV", true],
    lv_count: ["#LV", true],
    snap_count: ["#SN", true],
    vg_attr: ["Attr", false],
  },
  ...{
    vg_size: ["VSize", true],
    vg_free: ["VFree", true],
    lv_name: ["LV", false],
    lv_attr: ["Attr", false],
    lv_size: ["LSize", true],
  },
  ...{
    pool_lv: ["Pool", false],
    origin: ["Origin", false],
    data_percent: ["Data%", false],
    metadata_percent: ["Meta%", false],
  },
  ...{
    move_pv: ["Move", false],
    mirror_log: ["Log", false],
    copy_percent: ["Cpy%Sync", false],
    convert_lv: ["Convert", false],
  },
  ...{ lv_health_status: ["Health", false], lv_path: ["Path", false] },
};

/** Columns that are never narrower, headings given: a device's name, a share of 100.00. */
const LEAST: Readonly<Record<string, number>> = { pv_name: 10, data_percent: 6, metadata_percent: 6 };

/** Reads the options that lvs, vgs and pvs share; undefined column names are kept for the caller to refuse. */
export function reportOptions(
  args: readonly string[],
  defaults: readonly string[],
): { readonly options: ReportOptions; readonly operands: readonly string[]; readonly all: boolean } {
  const values = new Map<string, string>();
  const operands: string[] = [];
  const rest = [...args];
  while (rest.length > 0) {
    const word = rest.shift() ?? "";
    const [name = "", inline] = word.split("=");
    const long = { "-o": "--options", "-S": "--select", "-O": "--sort" }[name] ?? name;
    if (["--options", "--units", "--reportformat", "--select", "--sort", "--separator"].includes(long))
      values.set(long, inline ?? rest.shift() ?? "");
    else if (word.startsWith("-")) values.set(word, "");
    else operands.push(word);
  }
  const wanted = values.get("--options") ?? "";
  const named = wanted.replace(/^\+/, "").split(",").filter(Boolean);
  const columns = wanted === "" ? defaults : wanted.startsWith("+") ? [...defaults, ...named] : named;
  return {
    options: {
      columns,
      headings: !values.has("--noheadings"),
      json: values.get("--reportformat") === "json",
      units: values.get("--units"),
      suffix: !values.has("--nosuffix"),
    },
    operands,
    all: values.has("-a") || values.has("--all"),
  };
}

/** The report as text or JSON. */
export function renderReport(kind: "lv" | "vg" | "pv", rows: readonly ReportRow[], options: ReportOptions): string {
  const { columns, headings, json, units, suffix } = options;
  const show = (field: Field | undefined) => {
    if (field === undefined) return "";
    if (typeof field === "string") return field;
    return units === undefined ? shortSize(field.bytes) : sizeIn(field.bytes, units, suffix);
  };
  const cells = rows.map((row) => columns.map((column) => show(row[column])));
  if (json) {
    const objects = cells.map((row) =>
      Object.fromEntries(columns.map((column, index) => [column, (row[index] ?? "").trim()])),
    );
    return `${JSON.stringify({ report: [{ [kind]: objects }], log: [] }, null, 2)}\n`;
  }
  const table = headings ? [columns.map((column) => COLUMNS[column]?.[0] ?? column), ...cells] : cells;
  const least = (index: number) => (headings ? (LEAST[columns[index] ?? ""] ?? 0) : 0);
  const widths = columns.map((_, index) => Math.max(least(index), ...table.map((row) => (row[index] ?? "").length)));
  return table
    .map((row, line) => {
      const texts = row.map((cell, index) => {
        const width = widths[index] ?? 0;
        // Headings stand to the left whatever is below them.
        const right = COLUMNS[columns[index] ?? ""]?.[1] === true && !(headings && line === 0);
        return right ? cell.padStart(width) : cell.padEnd(width);
      });
      return `  ${texts.join(" ")}\n`;
    })
    .join("");
}

/** Ceph's volume groups on a node: one per OSD, wholly taken. */
export function osdGroups(node: NodeState) {
  return node.database.ceph.osds
    .filter((osd) => osd.node === node.name)
    .map((osd) => ({ group: groupOf(osd), device: osd.device, size: osd.size, volume: `osd-block-${osd.fsid}` }));
}
