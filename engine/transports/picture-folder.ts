import { readdir, readFile, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { ProblemError } from "../base/problem.ts";
import { slug } from "../base/slug.ts";
import { captionKey } from "../runbook/index.ts";
import type { OperatorPicture } from "./port.ts";

/** Larger files are no pictures that a report could hold. */
const MOST_BYTES = 32 * 1024 * 1024;

/** Pictures that lie ready, named by their captions. */
export interface PictureFolder {
  /** Path of the picture for a caption; undefined when there is none. */
  find(caption: string): string | undefined;
}

/**
 * Looks into a folder of pictures. A file's name is the caption, spelled as loosely as in a document; as some signs cannot stand in a
 * name, its words alone do too (`statut-corosync.png`). Throws PICTURE_FOLDER, and PICTURE_TWICE when two files bear one caption.
 */
export async function openPictures(folder: string): Promise<PictureFolder> {
  let names: readonly string[];
  try {
    names = (await readdir(folder)).filter((name) => /\.(?:png|jpe?g)$/i.test(name)).sort();
  } catch (cause) {
    throw new ProblemError("PICTURE_FOLDER", `Le dossier d’images ${folder} ne se lit pas.`, {
      scope: "author",
      hint: "Vérifiez le chemin donné par --pictures.",
      cause,
    });
  }
  return {
    find: (caption) => {
      const stems = names.map((name) => ({ name, stem: name.replace(/\.[^.]+$/, "") }));
      const exact = stems.filter(({ stem }) => captionKey(stem) === captionKey(caption));
      const found = exact.length > 0 ? exact : stems.filter(({ stem }) => slug(stem) === slug(caption));
      const [first, second] = found;
      if (second !== undefined)
        throw twice(
          caption,
          found.map(({ name }) => name),
        );
      return first && join(folder, first.name);
    },
  };
}

/** Reads a picture's file. Throws PICTURE_UNREADABLE, and PICTURE_TOO_LARGE before a byte of it is read. */
export async function readPicture(path: string): Promise<OperatorPicture> {
  try {
    const { size } = await stat(path);
    if (size > MOST_BYTES) throw tooLarge(path, size);
    return { bytes: await readFile(path), name: basename(path) };
  } catch (cause) {
    if (cause instanceof ProblemError) throw cause;
    throw new ProblemError("PICTURE_UNREADABLE", `L’image ${path} ne se lit pas.`, {
      scope: "environment",
      hint: "Vérifiez le chemin et les droits de lecture.",
      cause,
    });
  }
}

function tooLarge(path: string, size: number): ProblemError {
  const text = `L’image ${path} pèse ${Math.ceil(size / 1024 / 1024)} Mo ; une image en pèse 32 au plus.`;
  return new ProblemError("PICTURE_TOO_LARGE", text, {
    scope: "environment",
    hint: "Réduisez-la, ou enregistrez-la en JPEG.",
  });
}

function twice(caption: string, names: readonly string[]): ProblemError {
  return new ProblemError(
    "PICTURE_TWICE",
    `Plusieurs images portent la légende « ${caption} » : ${names.join(", ")}.`,
    {
      scope: "author",
      hint: "Gardez-en une seule dans le dossier donné par --pictures.",
    },
  );
}
