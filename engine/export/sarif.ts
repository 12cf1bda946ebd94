import type { Finding } from "../model/finding.ts";
import type { ExportInput } from "./export-input.ts";

/** Something to report in SARIF: a finding of an audit, a message on a document. */
export interface SarifResult {
  readonly rule: string;
  readonly severity: Finding["severity"];
  readonly text: string;
  readonly remedy: string;
  /** File that it is about, relative with forward slashes, with the place in it where one is known. */
  readonly file?: { readonly path: string; readonly line?: number | undefined; readonly column?: number | undefined };
  /** What it is about when that is no file: a step, a figure, a requirement. */
  readonly subject?: string | undefined;
  /** Why it is accepted. */
  readonly accepted?: string | undefined;
}

/** A SARIF 2.1.0 log of one run of this program. Lint messages and findings of an audit are written alike. */
export function writeSarif(version: string, results: readonly SarifResult[]): string {
  const rules = [...new Set(results.map(({ rule }) => rule))].sort();
  const prints = fingerprints(results);
  const remedies = new Map(results.map(({ rule, remedy }) => [rule, remedy]));
  const document = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "constat",
            semanticVersion: version,
            language: "fr",
            rules: rules.map((id) => ({
              id,
              shortDescription: { text: id },
              help: { text: remedies.get(id) ?? id },
            })),
          },
        },
        columnKind: "unicodeCodePoints",
        results: results.map((result, index) => toResult(result, rules, prints[index] ?? "")),
      },
    ],
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

/** The findings of an audit as SARIF; one that a waiver accepts is suppressed, with the waiver's reason. */
export function toSarif({ findings, waivers, version }: Pick<ExportInput, "findings" | "waivers" | "version">): string {
  const known = new Map(waivers.map((waiver) => [waiver.id, waiver]));
  return writeSarif(
    version,
    findings.map(({ rule, severity, subject, text, remedy, waiver }) => {
      const accepted = waiver === undefined ? undefined : (known.get(waiver)?.reason ?? waiver);
      return { rule, severity, text, remedy, ...placeOf(subject), accepted };
    }),
  );
}

/** `journal.jsonl, ligne 12` and `terminal/bloc-001.out` are files; `#etape` and « légende » are not. */
function placeOf(subject: string): Pick<SarifResult, "file" | "subject"> {
  const [, path, line] = /^([\w.-]+(?:\/[\w.-]+)*\.\w+)(?:, ligne (\d+))?$/.exec(subject) ?? [];
  if (path === undefined) return { subject };
  return {
    file: {
      path: path.startsWith("manifest") || path.startsWith("data/") ? path : `data/${path}`,
      line: line === undefined ? undefined : Number(line),
    },
  };
}

/** Two mistakes of one rule in one document are two, also when they say the same: forges would show the first alone. */
function fingerprints(results: readonly SarifResult[]): readonly string[] {
  const seen = new Map<string, number>();
  return results.map(({ rule, file, subject, text }) => {
    const name = `${rule} ${file?.path ?? subject ?? ""}${file?.column === undefined ? "" : ` ${text}`}`;
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name} (${count})`;
  });
}

function toResult(
  { rule, severity, text, remedy, file, subject, accepted }: SarifResult,
  rules: readonly string[],
  fingerprint: string,
) {
  const region =
    file?.line === undefined
      ? undefined
      : { startLine: file.line, ...(file.column !== undefined && { startColumn: file.column }) };
  return {
    ruleId: rule,
    ruleIndex: rules.indexOf(rule),
    level: severity,
    message: { text: remedy === "" ? text : `${text} ${remedy}` },
    locations: [
      {
        ...(file !== undefined && {
          physicalLocation: { artifactLocation: { uri: encodeURI(file.path) }, ...(region && { region }) },
        }),
        ...(subject !== undefined && { logicalLocations: [{ fullyQualifiedName: subject }] }),
      },
    ],
    partialFingerprints: { "constat/v1": fingerprint },
    ...(accepted !== undefined && {
      suppressions: [{ kind: "external", status: "accepted", justification: accepted }],
    }),
  };
}
