import type { JudgedWaiver, Waiver } from "../model/waiver.ts";

/** Something that deviates, by every name under which a waiver may accept it. */
export interface JudgedSubject {
  /** How it is called in the list of what a waiver covers. */
  readonly name: string;
  readonly step: string | null;
  /** Caption and id of the placeholder that has no figure. */
  readonly figures: readonly string[];
  readonly requirements: readonly string[];
  /** Rule of the finding, and what the finding is about. */
  readonly finding: { readonly rule: string; readonly subject: string } | null;
}

/** The first waiver that is in force on a day (`2026-11-23`) and accepts this. */
export function waiverFor(subject: JudgedSubject, waivers: readonly Waiver[], day: string): Waiver | undefined {
  return waivers.find((waiver) => waiver.until >= day && accepts(waiver, subject));
}

/** What became of each waiver on a day: `known` holds everything of the run that could deviate, `deviating` what does. */
export function judgeWaivers(
  waivers: readonly Waiver[],
  day: string,
  deviating: readonly JudgedSubject[],
  known: readonly JudgedSubject[],
  auditing: boolean,
): readonly JudgedWaiver[] {
  return waivers.map((waiver) => {
    const covered = [...new Set(deviating.filter((each) => accepts(waiver, each)).map(({ name }) => name))];
    const state = (): JudgedWaiver["state"] => {
      if (waiver.until < day) return "expired";
      if (covered.length > 0) return "in-force";
      if (waiver.covers.type === "finding") return auditing ? "unmatched" : "audit";
      return known.some((each) => accepts(waiver, each)) ? "unneeded" : "unmatched";
    };
    return { ...waiver, state: state(), covered };
  });
}

function accepts({ covers }: Waiver, { step, figures, requirements, finding }: JudgedSubject): boolean {
  switch (covers.type) {
    case "step":
      return step === covers.name;
    case "figure":
      return figures.some((name) => plain(name) === plain(covers.name));
    case "requirement":
      return requirements.includes(covers.name);
    case "finding":
      return finding !== null && [finding.rule, `${finding.rule} ${finding.subject}`].includes(covers.name);
  }
}

/** Captions are the same when they look the same. */
function plain(text: string): string {
  return text
    .normalize("NFC")
    .replace(/[’‘]/g, "'")
    .replace(/[\s\u200b\u2060]+/g, " ")
    .trim()
    .toLowerCase();
}
