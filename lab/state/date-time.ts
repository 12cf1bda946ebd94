/** "2026-11-22 10:15:04", UTC, for a moment in milliseconds: how log lines begin. */
export function dateTime(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19).replace("T", " ");
}
