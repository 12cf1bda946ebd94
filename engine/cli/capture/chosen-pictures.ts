import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { closest } from "../../base/closest.ts";
import { ProblemError } from "../../base/problem.ts";
import { type CapturePlace, matchPlaces } from "./match-places.ts";
import { filledWords } from "./places.ts";

/** A picture and the place that it is to fill. */
export interface ChosenPicture {
  readonly path: string;
  readonly place: CapturePlace;
}

/** What was found for pictures: those to add, and in words those that are left aside. `wrong` ones are a person's to put right. */
export interface Choice {
  readonly chosen: readonly ChosenPicture[];
  readonly aside: readonly { readonly text: string; readonly wrong: boolean }[];
}

export interface Wanted {
  readonly chapter?: number | undefined;
  /** Whether a picture that a person gave before may be followed by another. */
  readonly replace: boolean;
}

/** The place that a person names, for one picture. Throws CAPTURE_UNKNOWN, CAPTURE_AMBIGUOUS or CAPTURE_FILLED. */
export function chosenPicture(
  places: readonly CapturePlace[],
  said: string,
  path: string,
  { chapter, replace }: Wanted,
): ChosenPicture {
  const found = matchPlaces(inChapter(places, chapter), said);
  const [place] = found;
  if (place === undefined) {
    const near = closest(
      said,
      places.map(({ caption }) => caption),
    );
    throw new ProblemError("CAPTURE_UNKNOWN", `Aucune capture de cette exécution ne s’appelle « ${said} ».`, {
      scope: "author",
      hint: `${near === undefined ? "" : `Vouliez-vous dire « ${near} » ? `}« constat capture list » les nomme et les numérote.`,
    });
  }
  if (found.length > 1)
    throw new ProblemError(
      "CAPTURE_AMBIGUOUS",
      `Plusieurs captures s’appellent « ${place.caption} » : ${which(found)}.`,
      {
        scope: "author",
        hint: "Donnez son numéro, ou --chapter.",
      },
    );
  if (refuses(place, replace))
    throw new ProblemError("CAPTURE_FILLED", `La capture « ${place.caption} » est déjà là : ${filledWords(place)}.`, {
      scope: "author",
      hint:
        place.filled?.by === "person"
          ? "Ajoutez --replace pour en donner une autre ; l’ancienne reste parmi les pièces."
          : "Une image donnée ne prend pas la place d’une figure de l’exécution.",
    });
  return { path, place };
}

/** The pictures of a folder and the places that their names mean. Throws PICTURE_FOLDER, and CAPTURE_TWICE for two of one place. */
export async function chosenFromFolder(
  places: readonly CapturePlace[],
  folder: string,
  { chapter, replace }: Wanted,
): Promise<Choice> {
  const chosen = new Map<string, ChosenPicture>();
  const aside: { text: string; wrong: boolean }[] = [];
  for (const name of await pictureNames(folder)) {
    const found = matchPlaces(inChapter(places, chapter), name.replace(/\.[^.]+$/, ""));
    const [place] = found;
    if (place === undefined) aside.push({ text: `${name} : aucune capture ne porte ce nom ni ce numéro`, wrong: true });
    else if (found.length > 1)
      aside.push({ text: `${name} : plusieurs captures s’appellent ainsi, ${which(found)}`, wrong: true });
    else if (refuses(place, replace))
      aside.push({ text: `${name} : la capture est déjà là, ${filledWords(place)}`, wrong: false });
    else {
      const other = chosen.get(place.id);
      if (other !== undefined) throw twice(place, [other.path, name]);
      chosen.set(place.id, { path: join(folder, name), place });
    }
  }
  return { chosen: [...chosen.values()].sort((a, b) => a.place.number - b.place.number), aside };
}

async function pictureNames(folder: string): Promise<readonly string[]> {
  const names = (await readdir(folder)).filter((name) => /\.(?:png|jpe?g)$/i.test(name)).sort();
  if (names.length > 0) return names;
  throw new ProblemError("CAPTURE_NONE", `${folder} ne contient aucune image PNG ou JPEG.`, {
    scope: "author",
    hint: "Nommez chaque image d’après sa légende ou son numéro : « constat capture list » les donne.",
  });
}

/** Whether a path leads to a folder; a path that leads nowhere is said so. Throws CAPTURE_PATH. */
export async function isFolderOfPictures(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (cause) {
    throw new ProblemError("CAPTURE_PATH", `${path} n’existe pas, ou ne se lit pas.`, {
      scope: "author",
      hint: "Donnez une légende et une image, ou un dossier d’images : constat capture add --help.",
      cause,
    });
  }
}

/** A machine's figure is never replaced; a person's only when asked. */
function refuses({ filled }: CapturePlace, replace: boolean): boolean {
  return filled !== null && !(filled.by === "person" && replace);
}

function inChapter(places: readonly CapturePlace[], chapter: number | undefined): readonly CapturePlace[] {
  return chapter === undefined ? places : places.filter((place) => place.chapter === chapter);
}

function which(places: readonly CapturePlace[]): string {
  return places.map(({ number, chapter }) => `n° ${number} (chapitre ${chapter})`).join(", ");
}

function twice(place: CapturePlace, names: readonly string[]): ProblemError {
  return new ProblemError("CAPTURE_TWICE", `Plusieurs images sont pour « ${place.caption} » : ${names.join(", ")}.`, {
    scope: "author",
    hint: "Gardez-en une seule dans ce dossier.",
  });
}
