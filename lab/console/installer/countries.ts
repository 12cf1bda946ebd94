import type { Layout } from "../keyboard.ts";

/** What follows from a country: its time zone and its keyboard. */
export interface Country {
  readonly name: string;
  readonly zone: string;
  readonly keyboard: string;
  readonly keymap: string;
  readonly layout: Layout;
}

const COUNTRIES: readonly Country[] = [
  { name: "France", zone: "Europe/Paris", keyboard: "French", keymap: "fr", layout: "fr" },
  { name: "United Kingdom", zone: "Europe/London", keyboard: "United Kingdom", keymap: "en-gb", layout: "us" },
  { name: "United States", zone: "America/New_York", keyboard: "U.S. English", keymap: "en-us", layout: "us" },
];

/** Before anybody chose one. */
export const NOWHERE: Country = { name: "", zone: "UTC", keyboard: "U.S. English", keymap: "en-us", layout: "us" };

/** The country of that name as far as the lab knows it. */
export function countryOf(name: string): Country {
  return COUNTRIES.find((country) => country.name.toLowerCase() === name.trim().toLowerCase()) ?? NOWHERE;
}
