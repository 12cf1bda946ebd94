import { sha256 } from "../../base/digest.ts";
import type { Json } from "../../base/json.ts";
import type { Judgement } from "../../model/expectation.ts";
import type { Shot } from "../port.ts";
import { alternativeText } from "./alternative-text.ts";
import type { CoveredPage } from "./cover-page.ts";
import { pngSize } from "./take-picture.ts";

/** What a picture is made of. */
export interface ShotParts {
  readonly name: string;
  readonly facts: Readonly<Record<string, Json>>;
  readonly scale: number;
  readonly url: string;
  readonly covered: CoveredPage;
  /** The copy with frames and notes; undefined when nothing is pointed at. */
  readonly drawn: Buffer | undefined;
  readonly judgements: readonly Judgement[];
  readonly api: Readonly<Record<string, Json>>;
}

/** The picture with its evidence, in which all is covered that is covered on it. */
export function shotOf(parts: ShotParts): Shot {
  const { name, facts, scale, url, drawn, judgements, api } = parts;
  const { picture, reading, dom, frozen, hide } = parts.covered;
  const { text, ...seen } = reading;
  const original = drawn === undefined ? {} : { original: sha256(picture.png) };
  const rows = { ...facts, dom, frozen, marks: picture.marks, ...original, ...seen };
  const labels = picture.marks.map((mark) => mark.text);
  return {
    png: drawn ?? picture.png,
    original: drawn === undefined ? undefined : picture.png,
    covered: parts.covered.places,
    ...pngSize(drawn ?? picture.png),
    scale,
    url: hide(url),
    title: hide([name, reading.tab, reading.window].filter((part) => part !== "").join(" · ")),
    alternative: hide(alternativeText({ page: name, reading, labels, frozen: frozen.length > 0 })),
    // What came out of the page is JSON already; the round trip drops what TypeScript cannot know of.
    evidence: { rows: hide(JSON.parse(JSON.stringify(rows)) as Json), text: hide(text), api: hide(api) },
    judgements: hide(judgements),
  };
}
