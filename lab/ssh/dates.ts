const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** A moment (milliseconds) as C's ctime prints it in UTC: "Sun Nov 22 09:51:04 2026". */
export function dateText(at: number): string {
  const date = new Date(at);
  return `${DAYS[date.getUTCDay()]} ${monthAndDay(date)} ${time(date)} ${date.getUTCFullYear()}`;
}

/** As the journal prints it: "Nov 22 09:51:04". */
export function journalDate(at: number): string {
  const date = new Date(at);
  const day = String(date.getUTCDate()).padStart(2, "0");
  return `${MONTHS[date.getUTCMonth()]} ${day} ${time(date)}`;
}

/** As `ls -l` prints it: "Nov 22 09:51", or with the year when it is more than half a year from now. */
export function shortDate(at: number, now: number): string {
  const date = new Date(at);
  const far = Math.abs(now - at) > 183 * 86_400_000;
  return `${monthAndDay(date)} ${far ? String(date.getUTCFullYear()).padStart(5) : time(date).slice(0, 5)}`;
}

/** As systemd prints it: "Sun 2026-11-22 09:47:19 UTC". */
export function systemdDate(at: number): string {
  const date = new Date(at);
  return `${DAYS[date.getUTCDay()]} ${date.toISOString().slice(0, 10)} ${time(date)} UTC`;
}

/** A span of seconds as systemd prints it: "17s", "1min 44s", "2h 5min", "3 days". */
export function systemdSpan(seconds: number): string {
  const [days, hours, minutes, rest] = [
    Math.floor(seconds / 86_400),
    Math.floor(seconds / 3600) % 24,
    Math.floor(seconds / 60) % 60,
    seconds % 60,
  ];
  if (days > 0) return days === 1 ? "1 day" : `${days} days`;
  if (hours > 0) return minutes > 0 ? `${hours}h ${minutes}min` : `${hours}h`;
  if (minutes > 0) return rest > 0 ? `${minutes}min ${rest}s` : `${minutes}min`;
  return `${rest}s`;
}

function monthAndDay(date: Date): string {
  return `${MONTHS[date.getUTCMonth()]} ${String(date.getUTCDate()).padStart(2)}`;
}

function time(date: Date): string {
  return date.toISOString().slice(11, 19);
}
