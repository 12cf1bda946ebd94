/** Columns and their renderers where the API's schema of an answer says more than its keys do; other answers show every key, sorted. */
const SCHEMAS: Readonly<Record<string, Readonly<Record<string, Renderer>>>> = {
  "/nodes": {
    node: plain,
    status: plain,
    cpu: percentage,
    level: plain,
    maxcpu: plain,
    maxmem: bytes,
    mem: bytes,
    ssl_fingerprint: plain,
    uptime: duration,
  },
  "/cluster/resources": {
    id: plain,
    type: plain,
    "cgroup-mode": plain,
    content: plain,
    cpu: percentage,
    disk: bytes,
    hastate: plain,
    level: plain,
    maxcpu: plain,
    maxdisk: bytes,
    maxmem: bytes,
    mem: bytes,
    name: plain,
    node: plain,
    plugintype: plain,
    status: plain,
    storage: plain,
    template: plain,
    uptime: duration,
    vmid: plain,
  },
};

type Renderer = (value: unknown) => string;

/** Which columns a table shows, in order. */
export function shownColumns(records: readonly Readonly<Record<string, unknown>>[], path: string): readonly string[] {
  const present = [...new Set(records.flatMap(Object.keys))].sort();
  const schema = SCHEMAS[path];
  return schema ? Object.keys(schema).filter((column) => present.includes(column)) : present;
}

/** One value as the table shows it. */
export function renderValue(column: string, value: unknown, path: string): string {
  if (value === undefined || value === null) return "";
  return (SCHEMAS[path]?.[column] ?? plain)(value);
}

function plain(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function percentage(value: unknown): string {
  return `${(Number(value) * 100).toFixed(2)}%`;
}

function bytes(value: unknown): string {
  const units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];
  let size = Number(value);
  let unit = 0;
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024;
    unit += 1;
  }
  return unit === 0 ? `${size} B` : `${size.toFixed(2)} ${units[unit]}`;
}

function duration(value: unknown): string {
  let rest = Math.floor(Number(value));
  const parts: string[] = [];
  for (const [unit, seconds] of [
    ["w", 604_800],
    ["d", 86_400],
    ["h", 3600],
    ["m", 60],
  ] as const) {
    const count = Math.floor(rest / seconds);
    rest %= seconds;
    if (count > 0) parts.push(`${count}${unit}`);
  }
  if (rest > 0 || parts.length === 0) parts.push(`${rest}s`);
  return parts.join(" ");
}
