/** The same in English. */
export const screenWords = {
  permalink: "Link to",
  reduced: "reduced",
  reducedOriginal: "the digest is that of the original",
  semicolon: "; ",
  skip: "Go to the report",
  tools: "Reading tools",
  search: "Search",
  allOf: "all",
  nature: "Nature",
  clear: "Clear",
  previousHit: "Previous hit",
  nextHit: "Next hit",
  close: "Close",
  verifyHere: "Verify",
  verifyPage:
    "Your browser computes the SHA-256 digests of this page’s figures and outputs, and compares them with those of the manifest that it holds.",
  verifyPageButton: "Check this page",
  verifyFolder:
    "To check every file and the journal’s chain, give the run’s data/ folder. Your browser reads it; nothing is sent.",
  verifyFolderButton: "data/ folder",
  rewritten: "Text rewritten after the run",
  rewrittenNotice: "Working proof: these texts are not those that ran",
} as const;
