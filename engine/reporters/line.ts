import { harmless } from "../base/harmless.ts";
import type { Event } from "../model/event.ts";
import { type LineWords, lineWords } from "./line-words.ts";
import type { Output, Reporter } from "./reporter.ts";

/** Plain lines, one thing after the other: for logs and for terminals that are none. */
export function lineReporter(output: Output, options: { readonly verbose: boolean }): Reporter {
  const words = lineWords(output.language);
  const line = (text: string): void => output.write(`${harmless(text)}\n`);
  let reused = 0;
  // A step bears its number of the plan: some run beside others, and end after them.
  const numbers = new Map<string, number>();
  const position = (step: string): string => {
    if (!numbers.has(step)) numbers.set(step, numbers.size + 1);
    return `[${numbers.get(step)}/${numbers.size}]`;
  };
  return {
    resumed(events) {
      for (const event of events) if (event.type === "run-started") this.event(event);
      reused = events.filter(({ type }) => type === "figure-reused").length;
    },
    event(event) {
      switch (event.type) {
        case "run-started":
          for (const { step } of event.steps) position(step);
          line(
            `${words.run} ${event.run} — ${event.inventory.name}${event.inventory.simulated === null ? "" : ` (${event.inventory.simulated})`}`,
          );
          return;
        case "node-identified":
          line(
            `  ${words.node} ${event.node} (${event.address})${words.colon}${event.facts["version"] ?? words.unknownVersion}`,
          );
          return;
        case "step-started":
          if (options.verbose) line(`${position(event.step)} #${event.step} …`);
          return;
        case "step-finished":
          line(
            `${position(event.step)} ${words.outcomes[event.outcome.status]} #${event.step}${detail(event, options.verbose, words)}`,
          );
          return;
        case "placeholder-filled":
          line(`  figure${words.colon}${event.placeholder}`);
          return;
        case "figure-reused":
          reused += 1;
          line(`  ${words.reused} ${event.from.run}${words.colon}${event.placeholder}`);
          return;
        case "figure-given":
          line(`  ${words.given} ${event.by.user}@${event.by.host}${words.colon}${event.placeholder}`);
          return;
        case "certificate-taken":
          line(`  ${words.taken(event.node)}${words.colon}${event.fingerprint}`);
          return;
        case "certificate-renewed":
          line(`  ${words.renewed(event.node)}${words.colon}${event.after}`);
          return;
        case "run-finished":
          line(words.summary(event, reused));
          return;
        case "run-resumed":
          line(`${words.resumed} ${event.by.user}@${event.by.host}`);
          return;
        case "step-kept":
          line(`${position(event.step)} ${words.kept[event.because]} #${event.step} — ${event.reason}`);
          return;
        case "operator-decided":
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

function detail(event: Extract<Event, { type: "step-finished" }>, verbose: boolean, words: LineWords): string {
  const { outcome } = event;
  // What was expected of each node is kept: that their texts differ is a detail.
  if (outcome.status === "passed") return verbose && event.homogeneous === false ? ` — ${words.different}` : "";
  const lines = [` — ${outcome.reason}`];
  if (outcome.status === "failed") {
    for (const { ok, expected, obtained, diff = [] } of outcome.judgements) {
      if (ok) continue;
      lines.push(
        `      ${words.expected}${words.colon}${expected}`,
        `      ${words.obtained}${words.colon}${obtained}`,
      );
      lines.push(...diff.map(({ mark, text }) => `        ${mark} ${text}`));
    }
  }
  if (outcome.status === "errored" && outcome.hint !== "") lines.push(`      ${outcome.hint}`);
  return lines.join("\n");
}
