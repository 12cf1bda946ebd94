/** What differs between two runs of the same thing (dates, keys, process numbers, sizes) made equal. */
export function normalise(text: string): string {
  return text
    .replace(/\b(?:Sun|Mon|Tue|Wed|Thu|Fri|Sat) \w{3} [ \d]\d \d\d:\d\d:\d\d \d{4}/g, "DATE")
    .replace(/\b(?:Sun|Mon|Tue|Wed|Thu|Fri|Sat) \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC; [\w ]+ ago/g, "WHEN")
    .replace(/^\w{3} \d\d \d\d:\d\d:\d\d (?=pve\d )/gm, "TIME ")
    .replace(/\b(?:[0-9A-F]{2}:){31}[0-9A-F]{2}\b/g, "FINGERPRINT")
    .replace(/^Ring ID: .*$/m, "Ring ID: RING")
    .replace(/config-\d+\.sql\.gz/g, "config-N.sql.gz")
    .replace(/^"version": \d+,$/m, '"version": N,')
    .replace(/\[\d+\]:/g, "[PID]:")
    .replace(/(Main PID: |└─)\d+/g, "$1PID");
}

/** A table's head: names of the columns and how many there are, widths left aside. */
export function tableHead(text: string): readonly string[] {
  const lines = text.split("\n").slice(0, 3);
  return lines.map((line) => line.replace(/ +/g, " ").replace(/─+/g, "─").replace(/═+/g, "═"));
}
