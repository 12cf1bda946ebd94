/** A text with ids, dates and the recorder's timing made equal, and the noise of the recording's machines taken out. */
export function plain(text: string): string {
  return text
    .replace(/^unable to get memory stat .*\n/gm, "")
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, "UUID")
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+\+0000/g, "DATE")
    .replace(/\b\w{3} \w{3} [ \d]\d \d\d:\d\d:\d\d \d{4}/g, "DATE")
    .replace(/min_mon_release \d+ \((?!unknown)\w+\)/g, "min_mon_release N")
    .replace(/\nreal\t[\s\S]*$/, "")
    .trimEnd();
}

/** A row's words with numbers as N: columns and their order, not the sizes. */
export function shapeOfRow(row: string): string {
  return row
    .trim()
    .replace(/\s+/g, " ")
    .replace(/0x[0-9a-f]+|\b[0-9a-f]{10,}\b/g, "N")
    .replace(/-?\d+(?:\.\d+)?/g, "N")
    .replace(/\b(?:hdd|ssd)\b/g, "CLASS")
    .replace(/\bpveN\b/g, "HOST");
}

/** The lines of `ceph -s`: their names and the form of their values. What health complains of, and the traffic of the moment, are left out. */
export function reportLines(text: string): readonly string[] {
  const report = text.slice(text.indexOf("  cluster:"));
  const [lines = ""] = report.split(/^ {2}io:$/m);
  return [...lines.matchAll(/^ {4}(\w+): +(.*)$/gm)].map(([, name = "", value = ""]) => {
    if (name === "health" || name === "id") return name;
    const figures = value.replace(/\b[KMGT]?i?B\b/g, "B").replace(/\d+(?:\.\d+)?(?: (?=B)|[smhd]\b)?/g, "N");
    // Which managers have told of themselves is a matter of seconds.
    if (/^(?:no daemons active|pveN\(active, since N\)(?:, standbys: pveN(?:, pveN)*)?)$/.test(figures))
      return `${name}: MANAGERS`;
    return `${name}: ${figures.replace(/^$|N%.*|N active\+clean|N unknown/, "PGS")}`;
  });
}

/** The JSON values that stand on lines of their own. */
export function jsonLines(text: string): readonly unknown[] {
  return text.split("\n").flatMap((line): unknown[] => (line.startsWith("{") ? [JSON.parse(line)] : []));
}

/** The keys of a JSON text to the second level, also of one that was cut, with how deep each stands. */
export function keysOf(text: string): readonly string[] {
  return [...text.matchAll(/^( {4}| {8})"([^"]+)":/gm)].map(([, indent = "", name = ""]) => `${indent.length} ${name}`);
}

/** What a migration tells, without dates, addresses and figures; what only the recording's QEMU said is left out. */
export function migrationLog(text: string): readonly string[] {
  const lines = plain(text).split("\n");
  return lines
    .filter((line) => !line.includes("query-backup") && !/migration active/.test(line))
    .map((line) =>
      line
        .replace(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d /, "")
        .replace(/\d+\.\d+\.\d+\.\d+/g, "ADDRESS")
        .replace(/\d\d:\d\d:\d\d/g, "TIME")
        .replace(/[\d.]+ (MiB\/s|MiB|ms)/g, "N $1"),
    );
}

/** The lines of an entry of storage.cfg, the words of each in alphabetical order: Perl writes lists in any. */
export function stanzaOf(head: string, text: string): readonly string[] {
  const lines = text.split("\n");
  const from = lines.indexOf(head);
  const length = lines.slice(from).indexOf("");
  return lines
    .slice(from, from + length)
    .map((line) => line.split(/[ ,]/).sort().join(" "))
    .sort();
}

/** A text that ends in a long listing: what stands before, and the names that are listed. */
export function namesListed(text: string): readonly string[] {
  const [before = "", listing = ""] = plain(text).split(/^total \d+$/m);
  return [
    before,
    ...[...listing.matchAll(/^[-dl][rwx-]{9} .* \d\d:?\d\d (\S+(?: -> \S+)?)$/gm)].map(([, name = ""]) => name),
  ];
}
