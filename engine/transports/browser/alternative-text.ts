import type { PageReading } from "./page/page-types.ts";

const ROWS = 6;
const LONGEST = 900;

export interface AlternativeSubject {
  /** `Interface web de Proxmox VE 9.2 sur pve1 (10.202.4.31)`, `Page Web https://…`. */
  readonly page: string;
  readonly reading: PageReading;
  /** What the picture points at, in order. */
  readonly labels: readonly string[];
  /** Some values are replaced by a mark. */
  readonly frozen: boolean;
}

/** What is on a picture, in French, for those who cannot see it: place, window, fields and the rows that are shown. */
export function alternativeText({ page, reading, labels, frozen }: AlternativeSubject): string {
  const fields = reading.fields
    .filter(({ label, shown }) => label !== "" && shown !== "")
    .map(({ label, shown }) => `${label.replace(/\s*:$/, "")} : ${shown}`);
  const sentences = [
    reading.tab === "" ? page : `${page}, onglet « ${reading.tab} »`,
    ...(reading.window === "" ? [] : [`Fenêtre « ${reading.window} »`]),
    ...(fields.length === 0 ? [] : [`Champs : ${fields.join(" ; ")}`]),
    ...reading.grids.map(gridSentence).filter((sentence) => sentence !== ""),
    ...(frozen ? ["Des valeurs qui changent à chaque instant sont remplacées par « ‹figé› »"] : []),
    ...(labels.length === 0 ? [] : [`Mis en évidence : ${labels.join(" ; ")}`]),
  ];
  const text = `${sentences.join(". ")}.`;
  const characters = [...text];
  return characters.length <= LONGEST ? text : `${characters.slice(0, LONGEST - 1).join("")}…`;
}

function gridSentence(grid: PageReading["grids"][number]): string {
  const rows = grid.cells.map((cells) => cells.filter((cell) => cell !== "").join(", ")).filter((row) => row !== "");
  const name = grid.title === "" ? "Tableau" : `Tableau « ${grid.title} »`;
  if (rows.length === 0) return `${name} : vide`;
  const more = rows.length > ROWS ? ` ; et ${rows.length - ROWS} de plus` : "";
  return `${name}, ${rows.length} ${rows.length > 1 ? "lignes" : "ligne"} : ${rows.slice(0, ROWS).join(" ; ")}${more}`;
}
