import type { Report } from "../../model/report.ts";
import { darken, lighten } from "./readable-colour.ts";

/** CSS of the screen that depends on the report: the site's colour, made readable on white and on the dark ground. */
export function screenStyle({ identity: { colour } }: Report): string {
  if (colour === null) return "";
  return `:root { --accent: light-dark(${darken(colour)}, ${lighten(colour)}); }`;
}
