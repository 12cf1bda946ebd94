import type { Call } from "../command.ts";
import { boxTable, type Cell } from "./box-table.ts";
import { callAsRoot } from "./call-as-root.ts";
import { isYes, type PveArguments } from "./pve-options.ts";
import { formatAnswer, isOutputFormat } from "./pvesh-format.ts";

type Row = Readonly<Record<string, unknown>>;

const COLUMNS: readonly (readonly [key: string, title: string])[] = [
  ["pool_name", "Name"],
  ["size", "Size"],
  ["min_size", "Min Size"],
  ["pg_num", "PG Num"],
  ["pg_num_min", "min. PG Num"],
  ["pg_num_final", "Optimal PG Num"],
  ["pg_autoscale_mode", "PG Autoscale Mode"],
  ["target_size", "PG Autoscale Target Size"],
  ["target_size_ratio", "PG Autoscale Target Ratio"],
  ["crush_rule_name", "Crush Rule Name"],
  ["percent_used", "%-Used"],
  ["bytes_used", "Used"],
];
const TEXTS = new Set(["pool_name", "pg_autoscale_mode", "target_size", "crush_rule_name", "target_size_ratio"]);

/** `pveceph pool ls`. */
export async function poolList(call: Call, { options }: PveArguments): Promise<number> {
  const data = await callAsRoot(call, "GET", `/nodes/${call.node.name}/ceph/pool`);
  const rows: readonly Row[] = Array.isArray(data) ? data : [];
  const format = options["output-format"] ?? "text";
  if (format !== "text" && isOutputFormat(format)) {
    call.out(formatAnswer(rows, format, "/"));
    return 0;
  }
  const used = (bytes: number) => (call.world.dialect === "9" ? `${bytes.toFixed(2)} B` : String(bytes));
  const cell = (row: Row, key: string): Cell => {
    const value = row[key];
    const text = key === "bytes_used" ? used(Number(value)) : value === undefined ? "" : String(value);
    return { text, right: !TEXTS.has(key) && key !== "bytes_used" };
  };
  const head: readonly Cell[] = COLUMNS.map(([key, title]) => ({ text: title, right: !TEXTS.has(key) }));
  const body = [...rows]
    .sort((a, b) => (String(a["pool_name"]) < String(b["pool_name"]) ? -1 : 1))
    .map((row) => COLUMNS.map(([key]) => cell(row, key)));
  call.out(isYes(options["noborder"]) ? plain(head, body) : boxTable(head, body));
  return 0;
}

/** `pveceph pool get NAME`. */
export async function poolSettings(call: Call, { operands, options }: PveArguments): Promise<number> {
  const data = await callAsRoot(call, "GET", `/nodes/${call.node.name}/ceph/pool/${operands[0] ?? ""}/status`);
  const format = options["output-format"] ?? "text";
  call.out(formatAnswer(data, isOutputFormat(format) ? format : "text", "/"));
  return 0;
}

/** The same without borders: one space between columns, nothing behind the last. */
function plain(head: readonly Cell[], rows: readonly (readonly Cell[])[]): string {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.text.length ?? 0)));
  return all
    .map((row) => {
      const cells = row.map(({ text, right }, column) =>
        right ? text.padStart(widths[column] ?? 0) : text.padEnd(widths[column] ?? 0),
      );
      return `${cells.join(" ").trimEnd()}\n`;
    })
    .join("");
}
