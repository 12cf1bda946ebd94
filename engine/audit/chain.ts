import { counted } from "../base/counted.ts";
import { canonicalJson } from "../base/digest.ts";
import type { Json } from "../base/json.ts";
import { GENESIS, type JournalLine, type JournalText } from "../evidence/index.ts";
import type { Finding } from "../model/finding.ts";

/** What the journal's own hashes say: a changed, missing, added or moved line is named with its number. */
export function auditChain(
  journal: JournalText,
  expected: { readonly head: string; readonly lines: number } | undefined,
): readonly Finding[] {
  const findings: Finding[] = [];
  let previous: JournalLine | undefined;
  for (const line of journal.lines) {
    findings.push(...auditLine(line, previous));
    previous = line;
  }
  if (journal.torn !== "") findings.push(expected === undefined ? torn(journal.torn) : added(journal.torn));
  if (expected !== undefined) findings.push(...auditEnd(journal, expected));
  return findings;
}

function auditLine(line: JournalLine, previous: JournalLine | undefined): readonly Finding[] {
  const subject = `journal.jsonl, ligne ${line.number}`;
  const { event } = line;
  if (event === undefined) return [broken("journal-line", subject, "La ligne n’est pas un événement lisible.")];
  const findings: Finding[] = [];
  if (canonicalJson(event as unknown as Json) !== line.text) {
    findings.push(
      broken("journal-line", subject, "La ligne n’a pas la forme canonique sous laquelle Constat l’écrit."),
    );
  }
  const expectedSeq = (previous?.event?.seq ?? 0) + 1;
  if (event.seq !== expectedSeq) {
    const text =
      event.seq > expectedSeq
        ? `Il manque ${counted(event.seq - expectedSeq, "ligne")} avant celle-ci (numéros ${expectedSeq} à ${event.seq - 1}).`
        : `La ligne porte le numéro ${event.seq} au lieu de ${expectedSeq} : elle a été déplacée ou ajoutée.`;
    findings.push(broken("journal-order", subject, text));
  }
  if (event.prev !== (previous?.sha256 ?? GENESIS)) {
    const culprit = previous === undefined ? "le début du journal" : `la ligne ${previous.number}`;
    findings.push(
      broken(
        "journal-chain",
        subject,
        `La chaîne est rompue : ${culprit} n’est plus ce qu’elle était quand celle-ci a été écrite.`,
      ),
    );
  }
  return findings;
}

function auditEnd(
  journal: JournalText,
  expected: { readonly head: string; readonly lines: number },
): readonly Finding[] {
  const last = journal.lines.at(-1);
  if (journal.lines.length === expected.lines && last?.sha256 === expected.head) return [];
  const text =
    journal.lines.length < expected.lines
      ? `Le journal a ${journal.lines.length} lignes ; run.json en annonce ${expected.lines} : la fin manque.`
      : `La dernière ligne du journal n’est pas celle dont run.json garde l’empreinte.`;
  return [broken("journal-head", "journal.jsonl", text)];
}

function torn(rest: string): Finding {
  return {
    rule: "journal-torn",
    severity: "warning",
    subject: "journal.jsonl",
    text: `Le journal finit par ${Buffer.byteLength(rest)} octets sans fin de ligne : une écriture a été coupée par un arrêt brutal.`,
    remedy: "Rien de ce qui avait été répondu n’est perdu ; relancez l’exécution pour la terminer.",
  };
}

function added(rest: string): Finding {
  const text = `Le journal est suivi de ${Buffer.byteLength(rest)} octets, alors que l’exécution était finie.`;
  return broken("journal-torn", "journal.jsonl", text);
}

function broken(rule: string, subject: string, text: string): Finding {
  const remedy =
    "Comparez avec une copie du dossier faite à la fin de l’exécution ; ces preuves ne peuvent plus être retenues.";
  return { rule, severity: "error", subject, text, remedy };
}
