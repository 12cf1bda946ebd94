const UNITS: Readonly<Record<string, number>> = {
  ...{ s: 1000, sec: 1000, second: 1000, seconds: 1000, m: 60_000, min: 60_000, minute: 60_000, minutes: 60_000 },
  ...{ h: 3_600_000, hour: 3_600_000, hours: 3_600_000, d: 86_400_000, day: 86_400_000, days: 86_400_000 },
};

/** The moment (lab milliseconds) that journalctl's --since or --until names: "5 min ago", "-2h", "today", "2026-11-22 10:00", "@1795341562"; undefined for what it does not understand. */
export function momentOf(text: string, now: number): number | undefined {
  const ago = /^(?:-\s*)?(\d+)\s*([a-z]+)(?:\s+ago)?$/.exec(text.trim());
  const unit = UNITS[ago?.[2] ?? ""];
  if (ago && unit !== undefined && /^-|ago$/.test(text.trim())) return now - Number(ago[1]) * unit;
  const midnight = Math.floor(now / 86_400_000) * 86_400_000;
  if (text === "now") return now;
  if (text === "today") return midnight;
  if (text === "yesterday") return midnight - 86_400_000;
  if (/^@\d+(?:\.\d+)?$/.test(text)) return Number(text.slice(1)) * 1000;
  const [, date, time] = /^(?:(\d{4}-\d\d-\d\d)[ T]?)?(\d\d:\d\d(?::\d\d)?)?(?: UTC)?$/.exec(text.trim()) ?? [];
  if (date === undefined && time === undefined) return undefined;
  const day = date ?? new Date(now).toISOString().slice(0, 10);
  return Date.parse(`${day}T${time ?? "00:00"}Z`);
}
