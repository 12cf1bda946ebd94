import { slug } from "../../base/slug.ts";
import { captionKey } from "../../runbook/index.ts";

/** A placeholder of a run as `capture` shows and finds it. */
export interface CapturePlace {
  /** From 1, in the order of the document: filled or not, so that it stays the same while places are filled. */
  readonly number: number;
  readonly id: string;
  readonly caption: string;
  readonly chapter: number;
  /** Who filled it; `null` while it is empty. */
  readonly filled: { readonly by: "step" | "earlier-run" | "person"; readonly name: string } | null;
}

/**
 * The places that a person means: by the caption, spelled as loosely as in a document, by its words alone (`statut-corosync`), by the
 * place's id, or by its number (`12`, `Figure 12`, `fig-012 salle`). The first reading that finds any wins; several places may share a caption.
 */
export function matchPlaces(places: readonly CapturePlace[], said: string): readonly CapturePlace[] {
  const number = Number(/^(?:(?:figure|fig|capture)[\s._-]*)?0*(\d{1,4})(?!\d)(?![.,]\d)/i.exec(said.trim())?.[1]);
  const readings: readonly ((place: CapturePlace) => boolean)[] = [
    ({ caption }) => captionKey(caption) === captionKey(said),
    ({ id }) => id === said || id === slug(said),
    ({ caption }) => slug(caption) === slug(said),
    (place) => place.number === number,
  ];
  for (const reading of readings) {
    const found = places.filter(reading);
    if (found.length > 0) return found;
  }
  return [];
}
