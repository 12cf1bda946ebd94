import type { sheetWords as fr } from "./sheet-words-fr.ts";

/** The same in English as `sheet-words-fr.ts`. */
export const sheetWords: { readonly [Key in keyof typeof fr]: string } = {
  documentSheet: "Document sheet",
  checking: "Checked by",
  approval: "Approved by",
  role: "Role",
  personName: "Name",
  duty: "Position",
  visa: "Signature",
  distribution: "Distribution",
  versionHistory: "Version history",
  author: "Author",
  versionSubject: "Subject",
  replaces: "Replaces",
  thisVersion: "this version",
  course: "Course of the run",
  courseChart: "Time line of the run by chapter",
  courseLongest: "Longest steps",
  retriesNone: "No step was tried again.",
  retries: "Steps tried again",
  interruptedRun: "The run was interrupted.",
  tries: "Tries",
  annexOutputs: "Annex C – Long outputs",
  annexOutputsIntro:
    "These outputs are shortened in the body of the report; here they are whole, as the terminal showed them.",
  annexOutputsCapped:
    "An output of more than 400 lines is not printed: it is among the evidence, and the report gives its digest.",
  inAnnex: "in annex C",
  digestsIntro:
    "Each piece of evidence by folder, with its SHA-256 digest; “…” stands for the digest in the names that carry it. The same list is attached to the PDF (preuves-sha256.txt), ready for sha256sum -c.",
  executions: "block executions",
  brokenOnes: "failed",
  seeBlock: "block",
  seeSection: "section",
  openQuote: "“",
  closeQuote: "”",
  seeChapter: "chapter",
  attachedDigests: "SHA-256 digests of the evidence",
  attachedJournal: "Journal of the run",
  attachedRun: "Record of the run and head of its journal",
};
