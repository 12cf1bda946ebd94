import { stripVTControlCharacters } from "node:util";
import { counted } from "../base/counted.ts";
import type { Event } from "../model/event.ts";
import type { Outcome } from "../model/outcome.ts";
import type { Output, Reporter } from "./reporter.ts";

/** Plain lines, one thing after the other: for logs and for terminals that are none. */
export function lineReporter(output: Output, options: { readonly verbose: boolean }): Reporter {
  const line = (text: string): void => output.write(`${harmless(text)}\n`);
  let reused = 0;
  // A step bears its number of the plan: some run beside others, and end after them.
  const numbers = new Map<string, number>();
  const position = (step: string): string => {
    if (!numbers.has(step)) numbers.set(step, numbers.size + 1);
    return `[${numbers.get(step)}/${numbers.size}]`;
  };
  return {
    event(event) {
      switch (event.type) {
        case "run-started":
          for (const { step } of event.steps) position(step);
          line(
            `Exécution ${event.run} — ${event.inventory.name}${event.inventory.simulated === null ? "" : ` (${event.inventory.simulated})`}`,
          );
          return;
        case "node-identified":
          line(`  nœud ${event.node} (${event.address}) : ${event.facts["version"] ?? "version inconnue"}`);
          return;
        case "step-started":
          if (options.verbose) line(`${position(event.step)} #${event.step} …`);
          return;
        case "step-finished":
          line(`${position(event.step)} ${word(event.outcome)} #${event.step}${detail(event, options.verbose)}`);
          return;
        case "placeholder-filled":
          line(`  figure : ${event.placeholder}`);
          return;
        case "figure-reused":
          reused += 1;
          line(`  figure reprise de l’exécution ${event.from.run} : ${event.placeholder}`);
          return;
        case "figure-given":
          line(`  image donnée par ${event.by.user}@${event.by.host} : ${event.placeholder}`);
          return;
        case "certificate-taken":
          line(`  certificat du contrôleur de ${event.node} pris au premier contact : ${event.fingerprint}`);
          return;
        case "certificate-renewed":
          line(`  certificat de ${event.node} renouvelé : ${event.after}`);
          return;
        case "run-finished":
          line(summary(event, reused));
          return;
        case "attempt-started":
        case "attempt-finished":
          return;
      }
    },
    live(text) {
      if (text.type === "output" && !options.verbose) return;
      for (const part of text.text.split(/[\r\n]+/)) {
        if (harmless(part).trim() !== "") line(`    ${text.target} | ${part}`);
      }
    },
  };
}

/** Machines have a say in these lines; what would move the cursor or hide text is left out. Our own line breaks stay. */
function harmless(text: string): string {
  return stripVTControlCharacters(text).replace(/(?!\n)\p{Cc}/gu, " ");
}

function word(outcome: Outcome): string {
  switch (outcome.status) {
    case "passed":
      return "OK     ";
    case "failed":
      return "ÉCHEC  ";
    case "skipped":
      return "IGNORÉ ";
    case "blocked":
      return "BLOQUÉ ";
    case "errored":
      return "ERREUR ";
  }
}

function detail(event: Extract<Event, { type: "step-finished" }>, verbose: boolean): string {
  const { outcome } = event;
  // What was expected of each node is kept: that their texts differ is a detail.
  if (outcome.status === "passed")
    return verbose && event.homogeneous === false ? " — chaque nœud a sa propre réponse" : "";
  const lines = [` — ${outcome.reason}`];
  if (outcome.status === "failed") {
    for (const { ok, expected, obtained, diff = [] } of outcome.judgements) {
      if (ok) continue;
      lines.push(`      attendu : ${expected}`, `      obtenu  : ${obtained}`);
      lines.push(...diff.map(({ mark, text }) => `        ${mark} ${text}`));
    }
  }
  if (outcome.status === "errored" && outcome.hint !== "") lines.push(`      ${outcome.hint}`);
  return lines.join("\n");
}

function summary(
  { counts, placeholders, interrupted }: Extract<Event, { type: "run-finished" }>,
  reused: number,
): string {
  const parts = [
    counted(counts.passed, "réussie"),
    counted(counts.skipped, "ignorée"),
    `${counts.failed} en échec`,
    `${counts.errored} en erreur`,
    counted(counts.blocked, "bloquée"),
  ];
  const ending = interrupted ? "Exécution interrompue" : "Exécution terminée";
  const taken = reused === 0 ? "" : `, dont ${counted(reused, "reprise")}`;
  return `${ending} : ${parts.join(", ")} ; figures ${placeholders.filled}/${placeholders.expected}${taken}.`;
}
