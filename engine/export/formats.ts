import { toCtrf } from "./ctrf.ts";
import type { ExportInput } from "./export-input.ts";
import { toHdf } from "./hdf.ts";
import { toJunit } from "./junit.ts";
import { toMarkdown } from "./markdown.ts";
import { toOscal } from "./oscal.ts";
import { toRoCrate } from "./ro-crate.ts";
import { toSarif } from "./sarif.ts";

/** A format of other tools: how it is written, and what its file is called when nobody says. */
export interface ExportFormat {
  readonly file: string;
  write(input: ExportInput): string;
}

/** Every format by its name on the command line. The same run folder always gives the same bytes, but for what an audit says of it. */
export const FORMATS = {
  junit: { file: "junit.xml", write: toJunit },
  ctrf: { file: "ctrf.json", write: toCtrf },
  hdf: { file: "hdf.json", write: toHdf },
  oscal: { file: "oscal-assessment-results.json", write: toOscal },
  "ro-crate": { file: "ro-crate-metadata.json", write: toRoCrate },
  markdown: { file: "resume.md", write: toMarkdown },
  sarif: { file: "constat.sarif", write: toSarif },
} as const satisfies Readonly<Record<string, ExportFormat>>;

export type FormatName = keyof typeof FORMATS;
