import { sha256 } from "../../base/digest.ts";
import type { RunRecord } from "../../evidence/index.ts";
import type { Report } from "../../model/report.ts";
import type { EmbeddedPicture } from "../embedded-picture.ts";
import type { PictureFiles } from "../picture-files.ts";
import { renderHtml, type Templates } from "../render-html.ts";
import { inScript, pageData } from "./page-data.ts";
import { reducePng } from "./reduce-png.ts";

export interface HtmlFaceRequest {
  readonly record: RunRecord;
  readonly report: Report;
  readonly templates: Templates;
  /** The page's own script. */
  readonly script: string;
  readonly pictures: PictureFiles;
  /** A page heavier than this keeps its pictures beside it. */
  readonly limitBytes: number;
}

export interface HtmlFace {
  readonly page: string;
  /** Pictures that the page looks for beside it, by path relative to it; the paths are those of the run's `data/`. Empty for a single file. */
  readonly files: ReadonlyMap<string, Buffer>;
}

/** What mail and browsers still take in one piece. */
export const HTML_LIMIT = 40_000_000;

/** Wider pictures are reduced to stand in the page. */
const WIDEST = 1_920;

/** The report for a browser: one file while it is light enough, else a page and its pictures. The same run gives the same bytes. */
export async function htmlFace(request: HtmlFaceRequest): Promise<HtmlFace> {
  const { report, templates, script, pictures, limitBytes } = request;
  const data = inScript(await pageData(request.record, report));
  const inline = new InlinePictures(pictures, limitBytes);
  const single = renderHtml(report, "html", {
    ...{ templates, source: (path) => inline.take(path), interactive: { script, data, files: false } },
  });
  if (!inline.tooHeavy && Buffer.byteLength(single) <= limitBytes) return { page: single, files: new Map() };
  const files = new Map<string, Buffer>();
  const beside = (path: string): EmbeddedPicture => {
    const content = pictures.files.get(path) ?? Buffer.alloc(0);
    files.set(path, content);
    return { address: encodeURI(path), sha256: sha256(content), reduced: null };
  };
  const page = renderHtml(report, "html", { templates, source: beside, interactive: { script, data, files: true } });
  return { page, files };
}

/** Pictures as parts of the page. Once they weigh more than it may, none is reduced for nothing any more. */
class InlinePictures {
  readonly #pictures: PictureFiles;
  readonly #limit: number;
  readonly #known = new Map<string, EmbeddedPicture>();
  #weight = 0;

  constructor(pictures: PictureFiles, limit: number) {
    this.#pictures = pictures;
    this.#limit = limit;
  }

  get tooHeavy(): boolean {
    return this.#weight > this.#limit;
  }

  take(path: string): EmbeddedPicture {
    if (this.tooHeavy) return { address: "", sha256: "", reduced: null };
    const picture = this.#known.get(path) ?? inlinePicture(this.#pictures, path);
    this.#known.set(path, picture);
    this.#weight += picture.address.length;
    return picture;
  }
}

function inlinePicture(pictures: PictureFiles, path: string): EmbeddedPicture {
  const original = pictures.files.get(path) ?? Buffer.alloc(0);
  const reduced = pictures.isEvidence(path) ? reducePng(original, WIDEST) : undefined;
  if (reduced === undefined) return { address: pictures.dataUri(path), sha256: sha256(original), reduced: null };
  const { png, width, height } = reduced;
  return {
    address: `data:image/png;base64,${png.toString("base64")}`,
    sha256: sha256(png),
    reduced: { width, height },
  };
}
