/** Lower-case ASCII words joined by hyphens: `État du cluster` gives `etat-du-cluster`. Empty text gives the empty string. */
export function slug(text: string): string {
  return text
    .replace(/œ/giu, "oe")
    .replace(/æ/giu, "ae")
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
}
