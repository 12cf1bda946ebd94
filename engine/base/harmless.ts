import { stripVTControlCharacters } from "node:util";

/** Machines have a say in what a terminal shows: what would move the cursor or hide text is left out, tabs become spaces. */
export function harmless(text: string): string {
  return stripVTControlCharacters(text)
    .replace(/\t/g, "    ")
    .replace(/(?!\n)\p{Cc}/gu, " ");
}
