const UNITS = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"] as const;

/** « migration active, transferred 1.1 GiB of 4.0 GiB VM-state, 399.1 MiB/s », « mirror-scsi0: transferred 1.0 GiB of 32.0 GiB (3.12%) in 10s ». */
const TRANSFERRED = /\btransferred ([\d.]+) ([KMGTP]?i?B) of ([\d.]+) ([KMGTP]?i?B)/;
/** « INFO:  12% (4.0 GiB of 32.0 GiB) in 10s », « progress 12% (read …) », « transferred … (3.12%) ». */
const PER_CENT = /(?:^|\s|\()(\d{1,3}(?:\.\d+)?) ?%/;

/** How far a Proxmox task is, in per cent with one decimal, by the last line of its log that says so; undefined when none does. */
export function taskProgress(lines: readonly string[]): number | undefined {
  for (const line of lines.toReversed()) {
    const told = progressIn(line);
    if (told !== undefined) return told;
  }
  return undefined;
}

function progressIn(line: string): number | undefined {
  const [, perCent] = PER_CENT.exec(line) ?? [];
  if (perCent !== undefined) return bounded(Number(perCent));
  const [, sent = "", sentUnit = "", all = "", allUnit = ""] = TRANSFERRED.exec(line) ?? [];
  const whole = bytes(all, allUnit);
  return whole > 0 ? bounded((bytes(sent, sentUnit) / whole) * 100) : undefined;
}

function bytes(count: string, unit: string): number {
  const power = UNITS.findIndex((each) => each === unit || each.replace("i", "") === unit);
  return Number(count) * 1024 ** Math.max(0, power);
}

/** A guest that writes as it is copied has more sent than it has memory. */
function bounded(perCent: number): number | undefined {
  return Number.isFinite(perCent) ? Math.min(100, Math.round(perCent * 10) / 10) : undefined;
}
