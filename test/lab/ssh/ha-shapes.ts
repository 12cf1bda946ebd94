import { normalise } from "./normalise.ts";

/** Dates, digests, process numbers, the times of `date` and the order of nodes (Perl writes them in any), the network of the links made equal; the noise of the recording's machines taken out. */
export function plain(text: string): string {
  return (
    normalise(text)
      .replace(/^unable to get memory stat .*\n/gm, "")
      .replace(/\b[0-9a-f]{40}\b/g, "DIGEST")
      .replace(/^\d\d:\d\d:\d\d$/gm, "TIME")
      // The rig's nodes shared a machine, whose kernel refused at once.
      .replace("port 22: Connection refused", "port 22: No route to host")
      .replace(/\b10\.10\.[12]0\./g, "10.10.N.")
      .replace(
        /(nodes ?"?:? "?)(pve[\w:,]+)/g,
        (_, head: string, nodes: string) => head + nodes.split(",").sort().join(","),
      )
      .trimEnd()
  );
}

/** The lines of `ha-manager status` and what was printed around it, whoever is in whichever state, asked for or reached. */
export function statusForms(text: string): readonly string[] {
  const [lines = ""] = plain(text).split("full cluster state:");
  const [status = lines] = lines.split(/^TIME /m);
  return status
    .split("\n")
    .filter((line) => line !== "" && line !== "\tstate stopped")
    .map((line) =>
      line
        .replace(/^(lrm|master) (pve\d) \([\w -]+\??,(?= DATE| watchdog)/, "$1 NODE (STATE,")
        .replace(/watchdog (?:active|standby)/, "watchdog STATE")
        .replace(/^service (vm:\d+) \(pve\d, \w+\)/, "service $1 (NODE, STATE)")
        .replace(/^fencing \w+ \(CRM watchdog \w+\)/, "fencing STATE")
        .replace(/^ +(\d+) (\S+) +(?:running|stopped) +.*$/, "$1 $2 MACHINE"),
    );
}

/** The JSON values of a text, wherever they stand; the results of a local manager as a list, for their names are random, and services without what only some states have. */
export function jsonValues(text: string): readonly unknown[] {
  const values: unknown[] = [];
  let [start, depth, quoted] = [0, 0, false];
  for (let index = 0; index < text.length; index += 1) {
    const letter = text[index] ?? "";
    if (letter === '"' && text[index - 1] !== "\\") quoted = !quoted;
    if (quoted) continue;
    if ("[{".includes(letter) && depth++ === 0) start = index;
    if (!"]}".includes(letter) || depth === 0) continue;
    depth -= 1;
    if (depth === 0) values.push(listed(JSON.parse(text.slice(start, index + 1))));
  }
  return values;
}

function listed(value: unknown, name = ""): unknown {
  if (Array.isArray(value)) return value.map((each) => listed(each));
  if (typeof value !== "object" || value === null) return value;
  if (name === "results") return Object.values(value);
  if (name === "service_status")
    return Object.values(value).map(({ running: _running, target: _target, ...rest }) => rest);
  const renamed = Object.entries(value).map(([key, each]) => [key, listed(each, key)]);
  return Object.fromEntries(renamed);
}

/** The kinds of messages in a journal, without dates, hosts and numbers. */
export function journalForms(text: string): ReadonlySet<string> {
  const messages = [...text.matchAll(/^\S+(?: \d\d \S+)? pve\d ([\w-]+)\[\d+\]: (.*)$/gm)];
  return new Set(
    messages.map(([, unit = "", message = ""]) =>
      `${unit}: ${message}`
        .replace(/UPID:\S+/g, "UPID")
        .replace(/\bpve\d\b/g, "NODE")
        .replace(/\bVM \d+\b/g, "VM N")
        .replace(/\bPID \d+.*$/, "PID N")
        .replace(/vm:\d+/g, "vm:N"),
    ),
  );
}
