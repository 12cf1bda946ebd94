import { closest } from "../base/closest.ts";
import { referencesIn } from "../base/interpolate.ts";
import type { Inventory } from "../model/inventory.ts";
import type { Place } from "../model/place.ts";
import type { Block, DeclaredVariable } from "../model/runbook.ts";
import { resolveDefinitions } from "./definitions.ts";
import type { PlanProblem } from "./plan-problem.ts";
import { definitionsOf, nodeValues } from "./values-for.ts";

/** Checks every `{{name}}` of the variables and the blocks: it must be a node's, a variable's or one that some block saves. */
export function checkValues(
  variables: readonly DeclaredVariable[],
  blocks: readonly Block[],
  inventory: Inventory,
): readonly PlanProblem[] {
  const saved = blocks.flatMap(({ settings }) => Object.keys(settings.save ?? {}));
  const definitions = definitionsOf(variables, inventory, "");
  const ofNodes = [...Object.keys(nodeValues(inventory)), ...definitions.keys()].filter((name) =>
    name.startsWith("nodes."),
  );
  // On which target a block runs does not matter here: `node.x` is known when some node has an x.
  const ofTarget = ofNodes.map((name) => name.replace(/^nodes\.[^.]+\./, "node."));
  const given = Object.fromEntries(
    [...saved, ...ofTarget, ...Object.keys(nodeValues(inventory))].map((name) => [name, ""]),
  );
  const known = new Set([...definitions.keys(), ...Object.keys(given)]);
  return [
    ...conflicts(variables),
    ...unresolvedProblems(variables, definitions, given, inventory, known),
    ...blocks.flatMap((block) => unknownInBlock(block, known)),
  ];
}

/** Two chapters may share a variable, but not give it two defaults. */
function conflicts(variables: readonly DeclaredVariable[]): readonly PlanProblem[] {
  return variables.flatMap((variable) => {
    const first = variables.find(({ name }) => name === variable.name);
    if (first === undefined || first.default === variable.default) return [];
    return {
      place: variable.place,
      reason: `la variable « ${variable.name} » a deux valeurs par défaut : « ${first.default} » (${first.place.file}) et « ${variable.default} »`,
      remedy: "gardez la même valeur par défaut, ou donnez-lui un autre nom",
    };
  });
}

function unresolvedProblems(
  variables: readonly DeclaredVariable[],
  definitions: ReadonlyMap<string, string>,
  given: Readonly<Record<string, string>>,
  inventory: Inventory,
  known: ReadonlySet<string>,
): readonly PlanProblem[] {
  const placeOf = (name: string): Place =>
    (Object.hasOwn(inventory.vars, name) ? undefined : variables.find((variable) => variable.name === name)?.place) ?? {
      file: inventory.file,
      line: 1,
      column: 1,
    };
  return [...resolveDefinitions(definitions, given).unresolved].flatMap(([name, why]) => {
    const place = placeOf(name);
    if (why.type === "unknown") return why.names.map((unknown) => unknownValue(place, unknown, known));
    if (why.type === "dependent") return [];
    return {
      place,
      reason: `la variable « ${name} » dépend d’elle-même : ${why.through.join(" → ")}`,
      remedy: "donnez une valeur fixe à l’une d’elles",
    };
  });
}

function unknownInBlock(block: Block, known: ReadonlySet<string>): readonly PlanProblem[] {
  const inSettings = Object.values(block.raw).flatMap(({ value, place }) =>
    referencesIn(JSON.stringify(value)).map((name) => ({ name, place: place ?? block.place })),
  );
  // In a shell script values are environment variables, and {{…}} belongs to whatever program reads it.
  const inBody =
    block.kind === "shell" ? [] : block.body.split("\n").flatMap((line, index) => referencesAt(block, line, index));
  const isSecret = ({ name }: { readonly name: string }) => name.startsWith("secrets.");
  // A request writes secrets by itself; whether the inventory has them is asked before a run.
  const inVain = [...inSettings, ...(block.kind === "http" ? [] : inBody)].filter(isSecret);
  return [
    ...inVain.map(({ name, place }) => secretInVain(place, name)),
    ...[...inSettings, ...inBody]
      .filter((each) => !isSecret(each) && !known.has(each.name))
      .map(({ name, place }) => unknownValue(place, name, known)),
  ];
}

/** It would be sent, written or typed letter for letter. */
function secretInVain(place: Place, name: string): PlanProblem {
  return {
    place,
    reason: `{{${name}}} n’est pas remplacé ici`,
    remedy:
      "un secret se donne dans un en-tête ou le corps d’un bloc http, par { secret: nom } dans une console, ou par answers dans un script",
  };
}

function referencesAt({ place, bodyLine, bodyColumn }: Block, line: string, index: number) {
  return referencesIn(line).map((name) => ({
    name,
    place: { file: place.file, line: bodyLine + index, column: bodyColumn + Math.max(0, line.indexOf("{{")) },
  }));
}

function unknownValue(place: Place, name: string, known: ReadonlySet<string>): PlanProblem {
  const meant = closest(name, known);
  return {
    place,
    reason: `valeur inconnue : {{${name}}}`,
    remedy:
      meant === undefined
        ? "déclarez-la sous « variables », dans l’inventaire, ou par « save »"
        : `vouliez-vous dire {{${meant}}} ?`,
  };
}
