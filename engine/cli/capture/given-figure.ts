import { sha256 } from "../../base/digest.ts";
import { ProblemError } from "../../base/problem.ts";
import type { Addition } from "../../evidence/index.ts";
import { readPicture } from "../../kinds/index.ts";
import type { FigureGiven } from "../../model/event.ts";
import { readPictureFile } from "../compose.ts";
import type { ChosenPicture } from "./chosen-pictures.ts";

/** A picture that was read: the bytes that may be kept, upright and without metadata. */
export interface ReadyPicture extends ChosenPicture {
  readonly name: string;
  readonly given: string;
  readonly read: Extract<Awaited<ReturnType<typeof readPicture>>, { ok: true }>;
}

/** Reads a picture as `.manual` blocks read theirs. Throws PICTURE_UNREADABLE, PICTURE_TOO_LARGE, and CAPTURE_PICTURE for what is no whole picture. */
export async function readyPicture(chosen: ChosenPicture): Promise<ReadyPicture> {
  const { bytes, name } = await readPictureFile(chosen.path);
  const read = await readPicture(bytes);
  if (read.ok) return { ...chosen, name, given: sha256(bytes), read };
  throw new ProblemError("CAPTURE_PICTURE", `${chosen.path} ${read.reason}.`, {
    scope: "author",
    hint: "Donnez une image PNG ou JPEG entière ; rien n’a été ajouté.",
  });
}

/** Keeps a picture among a run's evidence and gives its event. */
export async function givenFigure(
  { place, name, given, read }: ReadyPicture,
  { by, origin, attestation }: Pick<FigureGiven, "by" | "origin" | "attestation">,
  addition: Addition,
): Promise<FigureGiven> {
  const { width, height, bytes, mediaType, removed } = read;
  const picture = await addition.keep("picture", bytes, mediaType);
  const shown = { width, height, scale: 1, url: `${origin} (${name})`, alternative: `${place.caption}. ${origin}` };
  return {
    type: "figure-given",
    placeholder: place.id,
    by,
    source: { name, sha256: given, removed },
    origin,
    attestation,
    figure: { type: "picture", picture, ...shown, judgements: [] },
    artefacts: [picture],
  };
}
