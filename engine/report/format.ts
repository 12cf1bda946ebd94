import type { Language } from "../model/report.ts";

const NBSP = "\u00a0";
const LOCALES: Readonly<Record<Language, string>> = { fr: "fr-FR", en: "en-GB" };

/** Dates, times and quantities in the words of one language. Times are UTC and say so: a report reads the same everywhere. */
export interface Formatter {
  /** « 22 novembre 2026 » */
  date(iso: string): string;
  /** « 22/11/2026 à 10 h 06 min 12 s UTC » */
  moment(iso: string): string;
  /** « 22/11 10:06:12 », for narrow columns. */
  time(iso: string): string;
  /** « 350 ms », « 2,4 s », « 1 min 05 s », « 1 h 02 min » */
  duration(ms: number): string;
  /** « 12,0 s »: seconds with one decimal, for lengths that are compared. */
  seconds(ms: number): string;
  /** « 1 284 » */
  count(value: number): string;
  /** « 12,4 Ko » */
  bytes(value: number): string;
}

export function formatterOf(language: Language): Formatter {
  const locale = LOCALES[language];
  const day = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" });
  const shortDay = new Intl.DateTimeFormat(locale, { dateStyle: "short", timeZone: "UTC" });
  const dayMonth = new Intl.DateTimeFormat(locale, { day: "2-digit", month: "2-digit", timeZone: "UTC" });
  const clock = new Intl.DateTimeFormat(locale, { timeStyle: "medium", timeZone: "UTC" });
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const tenths = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const digits = (value: number) => number.format(value);
  const time = (iso: string) => clock.format(new Date(iso));
  return {
    date: (iso) => {
      const written = day.format(new Date(iso)).replaceAll(" ", NBSP);
      // French counts the first day of a month, and only that one.
      return language === "fr" ? written.replace(/^1(?=\u00a0)/, "1er") : written;
    },
    moment: (iso) => {
      const [hours, minutes, seconds] = time(iso).split(":");
      const at = shortDay.format(new Date(iso));
      return language === "fr"
        ? `${at} à ${[hours, "h", minutes, "min", seconds, "s"].join(NBSP)} UTC`
        : `${at}, ${hours}:${minutes}:${seconds} UTC`;
    },
    time: (iso) => `${dayMonth.format(new Date(iso))}${NBSP}${time(iso)}`,
    duration: (ms) => durationWords(ms, digits),
    seconds: (ms) => `${tenths.format(ms / 1_000)}${NBSP}s`,
    count: (value) => digits(value),
    bytes: (value) => bytesWords(value, digits, language),
  };
}

function durationWords(ms: number, digits: (value: number) => string): string {
  if (ms < 1_000) return `${Math.round(ms)}${NBSP}ms`;
  if (ms < 60_000) return `${digits(ms / 1_000)}${NBSP}s`;
  const two = (value: number) => String(value).padStart(2, "0");
  const seconds = Math.round(ms / 1_000);
  if (seconds < 3_600) return `${Math.floor(seconds / 60)}${NBSP}min${NBSP}${two(seconds % 60)}${NBSP}s`;
  const minutes = Math.round(seconds / 60);
  return `${Math.floor(minutes / 60)}${NBSP}h${NBSP}${two(minutes % 60)}${NBSP}min`;
}

function bytesWords(value: number, digits: (value: number) => string, language: Language): string {
  const units = language === "fr" ? ["o", "Ko", "Mo", "Go"] : ["B", "kB", "MB", "GB"];
  const power = value < 1_000 ? 0 : Math.min(3, Math.floor(Math.log10(value) / 3));
  return `${digits(value / 1_000 ** power)}${NBSP}${units[power]}`;
}
