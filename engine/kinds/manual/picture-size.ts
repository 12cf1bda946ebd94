/** Largest side: a browser shows no larger picture. */
const LONGEST_SIDE = 16_384;
/** Most pixels, in millions: a report with larger ones takes more memory than a usual machine has left; cameras of 108 million stay below. */
const MOST_MEGAPIXELS = 120;

/** Why a picture of this size is not kept, in French; undefined when it is. */
export function refusedSize(width: number, height: number): string | undefined {
  if (width === 0 || height === 0) return "n’a pas de taille : le fichier est abîmé";
  if (Math.max(width, height) > LONGEST_SIDE) {
    return `mesure ${width} × ${height} pixels ; un côté en a ${LONGEST_SIDE} au plus`;
  }
  if (width * height > MOST_MEGAPIXELS * 1_000_000) {
    return `mesure ${width} × ${height} pixels ; une image en a ${MOST_MEGAPIXELS} millions au plus`;
  }
  return undefined;
}
