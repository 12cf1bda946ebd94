import { isBlank, type LeftLine, type Sifted, type SourceLine } from "./source-line.ts";

/** How many lines of a page's top and bottom may be furniture. */
const ZONE = 2;
const NAMED_NUMBER = /^\s*(?:page\s+\d{1,4}(?:\s*(?:\/|sur|de|of)\s*\d{1,4})?|[-–—]\s*\d{1,4}\s*[-–—])\s*$/i;
const BARE_NUMBER = /^\s*\d{1,4}(?:\s*(?:\/|sur|of)\s*\d{1,4})?\s*$/i;
const CAPTURE = /\[\s*capture/i;

/** Takes out what a page repeats (running heads and feet) and page numbers. Only pages that form feeds cut have edges. */
export function withoutFurniture(lines: readonly SourceLine[]): Sifted {
  const edges = pageEdges(lines);
  const pages = lines.filter(({ opensPage }) => opensPage === true).length + 1;
  const counts = new Map<string, number>();
  for (const { key } of edges.values()) counts.set(key, (counts.get(key) ?? 0) + 1);
  const least = Math.max(2, Math.ceil(pages * 0.6));
  const kept: SourceLine[] = [];
  const left: LeftLine[] = [];
  for (const line of lines) {
    const edge = edges.get(line);
    if (NAMED_NUMBER.test(line.text) || (edge !== undefined && BARE_NUMBER.test(line.text)))
      left.push({ ...line, why: "numéro de page" });
    else if (edge !== undefined && (counts.get(edge.key) ?? 0) >= least && !CAPTURE.test(line.text))
      left.push({ ...line, why: "en-tête ou pied de page" });
    else kept.push(line);
  }
  return { kept, left };
}

/** The first and last lines of each page with what they have in common from page to page: their place and their words, numbers aside. */
function pageEdges(lines: readonly SourceLine[]): ReadonlyMap<SourceLine, { readonly key: string }> {
  const starts = lines.flatMap(({ opensPage }, index) => (opensPage === true ? [index] : []));
  const edges = new Map<SourceLine, { readonly key: string }>();
  if (starts.length === 0) return edges;
  const bounds = [0, ...starts, lines.length];
  for (let page = 0; page + 1 < bounds.length; page += 1) {
    const written = lines.slice(bounds[page], bounds[page + 1]).filter(({ text }) => !isBlank(text));
    const mark = (line: SourceLine, place: string) => {
      if (!edges.has(line)) edges.set(line, { key: `${place} ${line.text.trim().replace(/\d+/g, "#")}` });
    };
    for (const [at, line] of written.slice(0, ZONE).entries()) mark(line, `top${at}`);
    for (const [at, line] of written.slice(-ZONE).reverse().entries()) mark(line, `foot${at}`);
  }
  return edges;
}
