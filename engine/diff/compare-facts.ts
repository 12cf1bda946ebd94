import type { Ignoring } from "../compare/index.ts";
import type { FactDifference } from "./difference.ts";
import type { RecordedRun } from "./recorded-run.ts";

interface Fact {
  readonly value: string;
  readonly counts: boolean;
}

const NONE = "—";

/** Facts of the runs' heads that are not the same: engine, site, scope, what the nodes said of themselves. */
export function compareFacts(before: RecordedRun, after: RecordedRun, ignoring: Ignoring): readonly FactDifference[] {
  const [old, now] = [factsOf(before), factsOf(after)];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((fact) => {
    const [one, other] = [old.get(fact), now.get(fact)];
    if (one?.value === other?.value) return [];
    const counts =
      (one ?? other)?.counts === true && ignoring.neutral(one?.value ?? "") !== ignoring.neutral(other?.value ?? "");
    return [{ fact, before: one?.value ?? NONE, after: other?.value ?? NONE, counts }];
  });
}

function factsOf({ record, started, finishedAt, nodes }: RecordedRun): ReadonlyMap<string, Fact> {
  const { engine, operator, inventory, scope } = started;
  const facts = new Map<string, Fact>();
  const tell = (fact: string, value: string, counts = true): void => {
    facts.set(fact, { value: value === "" ? "(vide)" : value, counts });
  };
  tell("date", started.at, false);
  tell("durée", finishedAt === undefined ? "inachevée" : seconds(started.at, finishedAt), false);
  tell("opérateur", `${operator.user}@${operator.host}`, false);
  tell("moteur", `${engine.name} ${engine.version}`);
  tell("Node", `${engine.node} (${engine.platform})`);
  tell("inventaire", inventory.name);
  tell("inventaire, fichier", inventory.file, false);
  tell("site simulé", inventory.simulated ?? "non");
  tell("vitesse du temps", `× ${inventory.timeScale}`);
  tell("chapitres", scope.join(", "));
  for (const { file, title } of started.runbooks) tell(`runbook ${file}`, title);
  for (const [node, { address, facts: known }] of nodes) {
    tell(`${node}, adresse`, address);
    for (const [name, value] of Object.entries(known)) tell(`${node}, ${name}`, value);
  }
  for (const event of record.events) {
    if (event.type === "certificate-taken")
      tell(`${event.node}, certificat du contrôleur pris au premier contact`, event.fingerprint);
  }
  return facts;
}

function seconds(from: string, to: string): string {
  const length = Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 1_000));
  return `${Math.floor(length / 60)} min ${String(length % 60).padStart(2, "0")} s`;
}
