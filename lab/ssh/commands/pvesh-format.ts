import { stringify } from "yaml";
import { boxTable, type Cell } from "./box-table.ts";
import { renderValue, shownColumns } from "./pvesh-columns.ts";

const FORMATS = ["text", "json", "json-pretty", "yaml"] as const;
export type OutputFormat = (typeof FORMATS)[number];

export function isOutputFormat(text: string): text is OutputFormat {
  return (FORMATS as readonly string[]).includes(text);
}

/** An answer's data as `pvesh --output-format` prints it. */
export function formatAnswer(data: unknown, format: OutputFormat, path: string): string {
  switch (format) {
    case "json":
      return data === null ? "" : `${JSON.stringify(sorted(data))}\n`;
    case "json-pretty":
      return data === null ? "" : `${pretty(sorted(data), "")}\n`;
    case "yaml":
      return data === null ? "" : `---\n${stringify(sorted(data))}`;
    default:
      return formatText(data, path);
  }
}

function formatText(data: unknown, path: string): string {
  if (data === null || data === undefined) return "";
  if (Array.isArray(data)) {
    const records = data.filter(isRecord);
    return records.length === data.length ? tableOf(records, path) : data.map((each) => `${show(each)}\n`).join("");
  }
  if (!isRecord(data)) return `${show(data)}\n`;
  const rows = Object.keys(data)
    .sort()
    .map((key) => [{ text: key }, { text: renderValue(key, data[key], path) }]);
  return boxTable([{ text: "key" }, { text: "value" }], rows);
}

function tableOf(records: readonly Fields[], path: string): string {
  if (records.length === 0) return "";
  const columns = shownColumns(records, path);
  const [first = ""] = columns;
  const numeric = new Set(
    columns.filter((column) =>
      records.every((record) => record[column] === undefined || typeof record[column] === "number"),
    ),
  );
  const cell = (column: string, text: string): Cell => ({ text, right: numeric.has(column) });
  const rows = [...records]
    .sort((a, b) => compare(show(a[first]), show(b[first])))
    .map((record) => columns.map((column) => cell(column, renderValue(column, record[column], path))));
  return boxTable(
    columns.map((column) => cell(column, column)),
    rows,
  );
}

/** Perl's JSON module, sorted: three spaces a level, spaces around the colon. */
function pretty(value: unknown, indent: string): string {
  const inner = `${indent}   `;
  if (Array.isArray(value)) {
    if (value.length === 0) return "[]";
    return `[\n${value.map((each) => inner + pretty(each, inner)).join(",\n")}\n${indent}]`;
  }
  if (isRecord(value)) {
    const entries = Object.entries(value);
    if (entries.length === 0) return "{}";
    return `{\n${entries.map(([key, each]) => `${inner}${JSON.stringify(key)} : ${pretty(each, inner)}`).join(",\n")}\n${indent}}`;
  }
  return JSON.stringify(value);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .filter((key) => value[key] !== undefined)
      .map((key) => [key, sorted(value[key])]),
  );
}

type Fields = Readonly<Record<string, unknown>>;

function isRecord(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function show(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "");
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
