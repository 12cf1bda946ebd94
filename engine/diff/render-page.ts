import { createHash } from "node:crypto";
import Handlebars from "handlebars";
import { figureDiffers } from "./compare-runs.ts";
import { sourceDiffers } from "./compare-sources.ts";
import type { FigureDifference, RunDifference, ShownPicture } from "./difference.ts";
import { answerView, textView } from "./page-view.ts";
import { briefText, visibleText } from "./visible-text.ts";
import { FIGURE_WORDS, momentWords, pixelWords, STEP_WORDS, shareWords, verdictWords } from "./words.ts";

/** Texts of `templates/diff/`: Handlebars by name without ending, and the style sheet. */
export interface PageTemplates {
  readonly pages: Readonly<Record<string, string>>;
  readonly style: string;
}

export interface PageOptions {
  readonly templates: PageTemplates;
  readonly engine: string;
  /** Bytes of a picture, proven; undefined when it is lost. */
  picture(side: "before" | "after", shown: ShownPicture): Promise<Buffer | undefined>;
}

const MOST_REGIONS = 12;

/**
 * The comparison as one HTML document, piece by piece: with hundreds of pictures it is longer than any string may be. No script, no
 * network, and whatever a machine answered stands in it as text only.
 */
export async function* renderPage(difference: RunDifference, options: PageOptions): AsyncGenerator<string> {
  const { pages, style } = options.templates;
  const handlebars = Handlebars.create();
  for (const [name, text] of Object.entries(pages)) handlebars.registerPartial(name, spaced(text));
  const render = (name: string, view: object): string =>
    handlebars.compile(`{{> ${name}}}`, { strict: true, preventIndent: true })(view);
  yield render("head", { ...headView(difference, options.engine), style: { html: style }, policy: policyFor(style) });
  const beside = new Set(difference.figures.flatMap(({ answers }) => answers));
  for (const [index, figure] of difference.figures.filter(shownWhole).entries())
    yield render("figure", { number: index + 1, ...(await figureView(figure, options)) });
  const others = difference.answers.filter((answer) => answer.differs && !beside.has(answer)).map(answerView);
  const same = difference.figures.filter((figure) => !shownWhole(figure));
  yield render("tail", {
    same: same.map(({ caption, status }) => ({ caption: visibleText(caption), word: FIGURE_WORDS[status] })),
    others,
  });
}

function shownWhole(figure: FigureDifference): boolean {
  return (
    figureDiffers(figure) || figure.picture?.status === "compared" || figure.answers.some(({ differs }) => differs)
  );
}

function headView(difference: RunDifference, engine: string) {
  const { before, after, facts, sources, steps, answers, figures, compared, different } = difference;
  return {
    engine,
    different,
    verdict: verdictWords(difference),
    sides: [before, after].map((side, index) => ({
      which: index === 0 ? "Ancienne" : "Nouvelle",
      run: visibleText(side.run),
      started: momentWords(side.startedAt),
      finished: side.finishedAt === null ? "inachevée" : momentWords(side.finishedAt),
      damage: side.damage.map(({ subject, text, rule }) => ({
        subject: visibleText(subject),
        text: visibleText(text),
        rule,
      })),
    })),
    swapped: after.startedAt < before.startedAt,
    counts: [
      { what: "Contexte", differ: facts.filter(({ counts }) => counts).length, of: "" },
      { what: "Sources", differ: sources.filter(sourceDiffers).length, of: "" },
      { what: "Étapes", differ: steps.length, of: `sur ${compared.steps}` },
      { what: "Réponses", differ: answers.filter(({ differs }) => differs).length, of: `sur ${compared.answers}` },
      { what: "Figures", differ: figures.filter(figureDiffers).length, of: `sur ${compared.figures}` },
    ],
    facts: facts.map(({ fact, before: old, after: now, counts }) => ({
      fact: visibleText(fact),
      before: visibleText(old),
      after: visibleText(now),
      look: counts ? "true" : "soft",
    })),
    sources: sources.map(({ file, status, text, reason }) => ({
      file: visibleText(file),
      note: status === "new" ? "nouvelle" : status === "gone" ? "disparue" : reason,
      ...(text === null ? { rows: [], notes: [] } : textView(text)),
    })),
    steps: steps.map(({ step, chapter, status, details }) => ({
      step: visibleText(step),
      chapter,
      status: STEP_WORDS[status],
      look: status,
      details: details.map(({ what, before: old, after: now, text }) => ({
        what: visibleText(what),
        before: briefText(old, 400),
        after: briefText(now, 400),
        whole: text !== null,
        ...(text === null ? { rows: [], notes: [] } : textView(text)),
      })),
    })),
    figures: figures.filter(shownWhole).map(({ caption, status }, index) => ({
      number: index + 1,
      caption: visibleText(caption),
      status: FIGURE_WORDS[status],
      look: status,
    })),
  };
}

async function figureView(figure: FigureDifference, options: PageOptions) {
  const { caption, chapter, step, status, picture, notes, answers } = figure;
  const overlay = picture?.status === "compared" ? picture.overlay : null;
  const panes = [
    await paneOf("Ancienne", "before", figure.before, options),
    await paneOf("Nouvelle", "after", figure.after, options),
    ...(overlay === null
      ? []
      : [
          {
            title: "Superposition",
            source: dataUri("image/png", overlay),
            alternative: "Pixels qui diffèrent, en rouge.",
            missing: "",
          },
        ]),
  ];
  const regions = picture?.status === "compared" ? picture.regions : [];
  return {
    caption: visibleText(caption),
    chapter,
    step: visibleText(step),
    status: FIGURE_WORDS[status],
    look: status,
    measure: picture?.status === "compared" ? measureWords(picture.pixels, picture.share, regions.length) : "",
    sizes: picture?.status === "compared" ? sizeWords(picture.before, picture.after) : "",
    regions: regions
      .slice(0, MOST_REGIONS)
      .map(({ x, y, width, height, pixels }) => `${width} × ${height} en (${x}, ${y}) : ${pixelWords(pixels)}`),
    moreRegions: Math.max(0, regions.length - MOST_REGIONS),
    panes: figure.before === null && figure.after === null ? [] : panes,
    notes: [...(picture?.status === "uncompared" ? [picture.reason] : []), ...notes].map(visibleText),
    answers: answers.map(answerView),
  };
}

function measureWords(pixels: number, share: number, regions: number): string {
  if (pixels === 0) return "aucun pixel ne diffère à l’œil ; les fichiers, si";
  return `${pixelWords(pixels)}, soit ${shareWords(share)}, en ${regions} zone${regions >= 2 ? "s" : ""}`;
}

function sizeWords(before: { width: number; height: number }, after: { width: number; height: number }): string {
  if (before.width === after.width && before.height === after.height) return "";
  return `taille : ${before.width} × ${before.height}, puis ${after.width} × ${after.height}`;
}

async function paneOf(title: string, side: "before" | "after", shown: ShownPicture | null, { picture }: PageOptions) {
  const bytes = shown === null ? undefined : await picture(side, shown);
  const alternative = visibleText(shown?.alternative ?? "");
  if (shown !== null && bytes !== undefined)
    return { title, source: dataUri(shown.mediaType, bytes), alternative, missing: "" };
  return {
    title,
    source: "",
    alternative,
    missing: shown === null ? "Aucune image." : "La pièce manque ou a été modifiée.",
  };
}

/** Only pictures: a media type of the journal never becomes something that a browser would run. */
function dataUri(mediaType: string, bytes: Buffer): string {
  return `data:${mediaType === "image/jpeg" ? mediaType : "image/png"};base64,${bytes.toString("base64")}`;
}

/** No script, no network; only this very style sheet and pictures in the page itself. */
function policyFor(style: string): string {
  const hash = createHash("sha256").update(style).digest("base64");
  return `default-src 'none'; style-src 'sha256-${hash}'; img-src data:; base-uri 'none'; form-action 'none'`;
}

/** French spacing of the templates' own words. */
function spaced(text: string): string {
  return text.replace(/ ([:;?!»])/g, "\u00a0$1").replaceAll("« ", "«\u00a0");
}
