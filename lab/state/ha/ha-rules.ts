import { createHash } from "node:crypto";
import type { NodeState } from "../node.ts";
import { PveError } from "../pve-error.ts";
import { assertQuorum } from "../quorum.ts";
import type { HaCluster, HaRule } from "./ha-cluster.ts";
import { renderRules, sidOf } from "./ha-config.ts";
import { prioritiesOf, sortedNodes } from "./placement.ts";

/** Adds a rule; its texts are those of version 9.2. */
export function addRule(node: NodeState, rule: HaRule): void {
  const { ha } = node.database;
  const failed = "create ha rule failed: ";
  assertQuorum(node);
  const made = normalise(rule);
  if (ha.rules.some((each) => each.rule === rule.rule)) {
    throw new PveError(`${failed}HA rule '${rule.rule}' already defined`);
  }
  checkNames(node, made, failed);
  checkConflicts(ha, made, failed);
  ha.rules.push(made);
}

/** Changes a rule; undefined deletes a key. */
export function setRule(node: NodeState, id: string, change: Partial<HaRule>): void {
  const { ha } = node.database;
  const failed = "update HA rules failed: ";
  assertQuorum(node);
  const index = ha.rules.findIndex((each) => each.rule === id);
  const before = ha.rules[index];
  if (!before) throw new PveError(`${failed}HA rule '${id}' does not exist`);
  if (change.type !== undefined && change.type !== before.type)
    throw new PveError(`${failed}unexpected property 'type'`);
  const made = normalise({ ...before, ...change });
  checkNames(node, made, failed);
  checkConflicts({ ...ha, rules: ha.rules.filter((each) => each !== before) }, made, failed);
  ha.rules[index] = made;
}

/** Takes a rule away; an unknown one is no error. */
export function removeRule(node: NodeState, id: string): void {
  const { rules } = node.database.ha;
  assertQuorum(node);
  const index = rules.findIndex((each) => each.rule === id);
  if (index >= 0) rules.splice(index, 1);
}

/** A rule as the API lists it. */
export function ruleRow(ha: HaCluster, rule: HaRule) {
  const digest = createHash("sha1").update(renderRules(ha)).digest("hex");
  return { ...rule, order: ha.rules.indexOf(rule) + 1, digest };
}

function normalise(rule: HaRule): HaRule {
  const resources = rule.resources.split(",").map((each) => sidOf(each.trim()).sid);
  return {
    ...rule,
    resources: resources.join(","),
    ...(rule.nodes === undefined ? {} : { nodes: sortedNodes(rule.nodes) }),
  };
}

function checkNames(node: NodeState, rule: HaRule, failed: string): void {
  const managed = new Set(node.database.ha.resources.map(({ sid }) => sid));
  const strangers = rule.resources.split(",").filter((sid) => !managed.has(sid));
  if (strangers.length > 0) throw new PveError(`${failed}cannot use unmanaged resource(s) ${strangers.join(", ")}.`);
  const members = new Set((node.database.corosync?.nodes ?? [node]).map(({ name }) => name));
  const unknown = [...prioritiesOf(rule.nodes ?? "").keys()].filter((name) => !members.has(name));
  if (unknown.length > 0) throw new PveError(`${failed}cannot use non-existent node(s) ${unknown.join(", ")}.`);
}

function checkConflicts(ha: HaCluster, rule: HaRule, failed: string): void {
  const reasons = rule.type === "node-affinity" ? nodeConflicts(ha, rule) : resourceConflicts(ha, rule);
  if (reasons.length === 0) return;
  throw new PveError(`${failed}400 Rule '${rule.rule}' is invalid.\nresources: ${reasons.join(", ")}\n`);
}

function nodeConflicts(ha: HaCluster, rule: HaRule): readonly string[] {
  const others = ha.rules.filter(({ type, disable }) => type === "node-affinity" && disable !== 1);
  return rule.resources
    .split(",")
    .filter((sid) => others.some((other) => other.resources.split(",").includes(sid)))
    .map((sid) => `resource '${sid}' is already used in another node affinity rule`);
}

function resourceConflicts(ha: HaCluster, rule: HaRule): readonly string[] {
  const sids = rule.resources.split(",");
  const active = ha.rules.filter(({ disable }) => disable !== 1);
  const shares = (other: HaRule) => sids.filter((sid) => other.resources.split(",").includes(sid)).length;
  const several = active.some(
    (other) =>
      other.type === "node-affinity" && shares(other) > 0 && new Set(prioritiesOf(other.nodes ?? "").values()).size > 1,
  );
  const against = active.find(
    (other) => other.type === "resource-affinity" && other.affinity !== rule.affinity && shares(other) > 1,
  );
  return [
    ...(sids.length < 2 ? ["rule is ineffective as there are less than two resources"] : []),
    ...(several ? ["resources are in node affinity rules with multiple priorities"] : []),
    ...(against ? [`rule shares two or more resources with a ${against.affinity} resource affinity rule`] : []),
  ];
}
