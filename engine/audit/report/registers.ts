import type { PdfReading } from "../../evidence/pdf/index.ts";
import type { Event } from "../../model/event.ts";
import type { Finding } from "../../model/finding.ts";
import { wrongReport } from "./wrong-report.ts";

/** Whether the report's registers name every attempt of the journal, and every rule that masked something. */
export function auditRegisters(events: readonly Event[], { pages }: Pick<PdfReading, "pages">): readonly Finding[] {
  // Cells are drawn one after the other: number, step and target of an attempt stand side by side once spaces are gone.
  const text = pages.map((page) => page.replace(/\s+/g, "")).join("");
  const attempts = events.flatMap((event) =>
    event.type === "attempt-started" && !text.includes(`${event.attempt}${event.step}${event.target}`)
      ? [`l’essai ${event.attempt} de #${event.step}`]
      : [],
  );
  const masked = events.flatMap((event) =>
    event.type === "attempt-finished"
      ? Object.keys(event.redactions).filter((rule) => !text.includes(rule.replace(/\s+/g, "")))
      : [],
  );
  const missing = [...attempts, ...new Set(masked.map((rule) => `le masquage « ${rule} »`))];
  if (missing.length === 0) return [];
  const more = missing.length > 3 ? ` et ${missing.length - 3} de plus` : "";
  return [wrongReport("report-registers", `Ses registres taisent ${missing.slice(0, 3).join(", ")}${more}.`)];
}
