import type { AttemptFinished, Event, NodeIdentified, RunStarted } from "../model/event.ts";
import type { Finding } from "../model/finding.ts";
import type { KindName } from "../model/runbook.ts";

/** Kinds that speak with a node itself over ssh. */
const BY_SSH: ReadonlySet<KindName> = new Set(["shell", "file"]);
const BY_BROWSER: ReadonlySet<KindName> = new Set(["browser"]);
/** What a machine says of itself, and how a finding calls it. */
const FACTS = { hostname: "son nom", kernel: "son noyau", "machine-id": "son machine-id" } as const;
/** Dates of a report may be off by seconds, no more. */
const VISIBLE_MS = 5_000;

/** Whether the record says who, where and when: machines by what tells them apart, their clocks, and the tools that were used. */
export function auditEnvironment(events: readonly Event[]): readonly Finding[] {
  const started = events.find((event) => event.type === "run-started");
  if (started === undefined) return [];
  const nodes = new Map(events.flatMap((event) => (event.type === "node-identified" ? [[event.node, event]] : [])));
  const kinds = new Map(started.steps.map(({ step, kind }) => [step, kind]));
  const answered = events.filter((event) => event.type === "attempt-finished" && event.outcome.status === "passed");
  const by = (among: ReadonlySet<KindName>) =>
    answered.filter((event) => among.has(kinds.get((event as AttemptFinished).step) ?? "manual")) as AttemptFinished[];
  const spoken = new Set(by(BY_SSH).map(({ target }) => target));
  const unknown = [...spoken].filter((target) => target !== "local" && !nodes.has(target));
  return [
    ...auditTools(started, by(BY_BROWSER).length > 0),
    ...unknown.map((node) =>
      missing("node-unidentified", node, "Des étapes y ont réussi, et le journal ne dit pas quelle machine c’est."),
    ),
    ...[...nodes.values()].flatMap((node) => [...auditNode(node), ...auditClock(node, started)]),
    ...auditSameness(events),
  ];
}

function auditTools({ tools, engine }: RunStarted, pictures: boolean): readonly Finding[] {
  const lacks = [
    ...(engine.node === "" || engine.platform === "" ? ["la version de Node et le système"] : []),
    ...(tools === undefined || tools.fonts.length === 0 ? ["les polices du rapport"] : []),
    ...(pictures && (tools?.browser ?? null) === null ? ["le navigateur qui a pris les images"] : []),
  ];
  if (lacks.length === 0) return [];
  return [missing("environment-missing", "journal.jsonl", `Le journal ne dit pas ${lacks.join(", ")}.`)];
}

function auditNode({ node, facts, hostKey, clock }: NodeIdentified): readonly Finding[] {
  const lacks = [
    ...Object.entries(FACTS).flatMap(([name, words]) => ((facts[name] ?? "") === "" ? [words] : [])),
    ...(hostKey === undefined ? ["sa clé d’hôte ssh"] : []),
    ...(clock === undefined ? ["l’écart de son horloge"] : []),
  ];
  if (lacks.length === 0) return [];
  return [missing("environment-missing", node, `Le journal ne dit pas de cette machine : ${lacks.join(", ")}.`)];
}

/** A laboratory's clock is its own. */
function auditClock({ node, clock }: NodeIdentified, { inventory }: RunStarted): readonly Finding[] {
  if (clock === undefined || inventory.simulated !== null || inventory.timeScale !== 1) return [];
  const sure = Math.abs(clock.aheadMs) - clock.withinMs;
  if (sure < VISIBLE_MS) return [];
  const way = clock.aheadMs > 0 ? "en avance" : "en retard";
  const text = `Son horloge était ${way} d’au moins ${Math.round(sure / 1_000)} s : les heures que cette machine imprime ne sont pas celles du journal.`;
  return [missing("node-clock", node, text, "Réglez l’heure de ce nœud (chrony), puis relancez l’exécution.")];
}

/** A run that was resumed may have met another machine of the same name; one that it installed itself becomes another, too. */
function auditSameness(events: readonly Event[]): readonly Finding[] {
  const seen = new Map<string, NodeIdentified>();
  return events.flatMap((event): readonly Finding[] => {
    if (event.type !== "node-identified") return [];
    const before = seen.get(event.node);
    seen.set(event.node, event);
    if (before === undefined) return [];
    const others = [
      ...(differ(before.facts["machine-id"], event.facts["machine-id"]) ? ["son machine-id"] : []),
      ...(differ(before.hostKey, event.hostKey) ? ["sa clé d’hôte ssh"] : []),
    ];
    if (others.length === 0) return [];
    const text = `À la reprise (${event.at}), ce n’est plus la même machine : ${others.join(" et ")} ${others.length === 1 ? "a" : "ont"} changé.`;
    const remedy =
      "Ce qui avait été montré avant vaut pour la machine d’alors ; si rien ne l’a réinstallée, cherchez pourquoi.";
    return [{ ...missing("node-changed", event.node, text, remedy), severity: "note" }];
  });
}

/** What one of the two did not say is not different. */
function differ(one = "", other = ""): boolean {
  return one !== "" && other !== "" && one !== other;
}

function missing(
  rule: string,
  subject: string,
  text: string,
  remedy = "Vérifiez que la machine répond à l’opérateur par ssh, puis relancez l’exécution.",
): Finding {
  return { rule, severity: "warning", subject, text, remedy };
}
