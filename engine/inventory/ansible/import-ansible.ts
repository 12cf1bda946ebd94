import type { VFile } from "vfile";
import { shortName } from "../../base/short-name.ts";
import type { Layer, LayerNode } from "../inventory-schema.ts";
import { type AnsibleGroup, type AnsibleHost, type AnsibleInventory, type Spot, say } from "./ansible-inventory.ts";
import { circlesOf, holds } from "./lineage.ts";
import { ourAddresses } from "./our-addresses.ts";
import { isAddress, type OurNames, ourNames } from "./our-names.ts";
import { parseAnsibleYaml } from "./parse-ansible-yaml.ts";
import { parseIni } from "./parse-ini.ts";
import { plainVars, type Taking } from "./plain-vars.ts";
import { type Reached, sshOf, tellOthers } from "./ssh-of.ts";
import { type AnsibleVariablesFile, addVariablesBeside } from "./variables-beside.ts";

export type AnsibleFormat = "ini" | "yaml";

/** The group that the runbooks speak to. */
const EVERYBODY = "noeuds";
const HOSTNAME = /^[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?$/;

/**
 * An Ansible inventory, with the variables that stand in files beside it, as one of ours. What is not taken over is a message on the file, at its place; undefined when the file cannot be
 * understood (fatal messages). Values of vaults and of anything that looks secret are never copied: a reference stands for them.
 */
export function importAnsible(
  file: VFile,
  format: AnsibleFormat,
  beside: readonly AnsibleVariablesFile[] = [],
): Layer | undefined {
  const inventory = format === "ini" ? parseIni(file) : parseAnsibleYaml(file);
  addVariablesBeside(inventory, beside);
  for (const { name, spot } of circlesOf(inventory)) {
    const words = {
      reason: `le groupe « ${name} » se contient lui-même`,
      remedy: "défaites le cercle : Ansible le refuse aussi",
    };
    say(file, spot, words, true);
  }
  const taking: Taking = { file, secrets: {} };
  const reached = new Map([...inventory.hosts.values()].map((host) => [host, sshOf(host, inventory, taking)] as const));
  for (const { vars } of [...inventory.groups.values(), ...inventory.hosts.values()]) tellOthers(vars, taking);
  for (const [host, { local }] of reached) {
    if (!local) continue;
    leaveOut(host, inventory, file);
    reached.delete(host);
  }
  const names = ourNames(inventory);
  tellRenamed(inventory, names, file);
  const nodes = nodesOf(reached, names, taking);
  if (inventory.hosts.size === 0 && !file.messages.some(({ fatal }) => fatal)) {
    const words = {
      reason: "aucune machine dans cet inventaire",
      remedy: "donnez-en un qui nomme au moins une machine à joindre",
    };
    say(file, { line: 1, column: 1 }, words, true);
  }
  if ([file, ...beside.map((each) => each.file)].some(({ messages }) => messages.some(({ fatal }) => fatal)))
    return undefined;
  const vars = plainVars(inventory.groups.get("all")?.vars ?? [], "all", taking);
  const groups = groupsOf(inventory, names, taking);
  return {
    nom: file.stem ?? "site",
    ...(Object.keys(vars).length > 0 && { vars }),
    // Whatever has been found to be secret is known by now.
    secrets: { ...taking.secrets, root_password: { env: "CONSTAT_ROOT_PASSWORD" } },
    groups,
    ...hoisted(nodes),
  };
}

function leaveOut(host: AnsibleHost, { hosts, groups }: AnsibleInventory, file: VFile): void {
  hosts.delete(host.name);
  for (const group of groups.values()) group.hosts.delete(host.name);
  const reason = `« ${host.name} » est la machine qui exécute : elle n’est pas reprise`;
  say(file, host.spot, { reason, remedy: "un bloc la vise par on=local" }, false);
}

/** A name of ours that nobody would expect from Ansible's is said; the first label of a long name needs no word. */
function tellRenamed({ hosts }: AnsibleInventory, names: OurNames, file: VFile): void {
  for (const { name, spot } of hosts.values()) {
    const ours = names.hosts.get(name) ?? name;
    if (ours !== shortName(name)) tellName("la machine", name, ours, spot, file);
  }
}

function tellName(what: string, name: string, ours: string, spot: Spot, file: VFile): void {
  const reason = `${what} « ${name} » s’appelle ici « ${ours} »`;
  const remedy = "les blocs emploient ce nom ; changez-le dans l’inventaire repris s’il ne convient pas";
  say(file, spot, { reason, remedy }, false);
}

function nodesOf(
  reached: ReadonlyMap<AnsibleHost, Reached>,
  names: OurNames,
  taking: Taking,
): Record<string, LayerNode> {
  const addresses = ourAddresses(reached, names.hosts, taking);
  return Object.fromEntries(
    [...reached].map(([host, { ssh }]) => {
      const name = names.hosts.get(host.name) ?? host.name;
      const { address = host.name, host: shared } = addresses.get(host) ?? {};
      const access = ssh !== false && shared !== undefined ? { host: shared, ...ssh } : ssh;
      const vars = plainVars(host.vars, host.name, taking);
      const real = shortName(host.name);
      const node: LayerNode = {
        address,
        ...(real !== name && HOSTNAME.test(real) && !isAddress(real) && { hostname: real }),
        ...((access === false || Object.keys(access ?? {}).length > 0) && { ssh: access }),
        ...(Object.keys(vars).length > 0 && { vars }),
      };
      return [name, node];
    }),
  );
}

/** In the order of their names, by which Ansible too decides between groups that say different things. */
function groupsOf(inventory: AnsibleInventory, names: OurNames, taking: Taking): NonNullable<Layer["groups"]> {
  const { groups, hosts } = inventory;
  const everybody = [...hosts.keys()].map((host) => names.hosts.get(host) ?? host);
  const kept = [...groups.values()]
    .filter(({ name }) => name !== "all" && name !== "ungrouped")
    .filter((group) => [...hosts.keys()].some((host) => holds(group, host, groups)) || tellEmpty(group, taking));
  const entries = kept
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map((group) => {
      const nodes = [...group.hosts].map((host) => names.hosts.get(host) ?? host);
      const inner = [...group.children].filter((child) => kept.some(({ name }) => name === child));
      const ours = names.groups.get(group.name) ?? group.name;
      if (ours !== group.name) tellName("le groupe", group.name, ours, group.spot, taking.file);
      const vars = plainVars(group.vars, group.name, taking);
      const simple = inner.length === 0 && Object.keys(vars).length === 0;
      const whole = {
        ...(nodes.length > 0 && { nodes }),
        ...(inner.length > 0 && { groups: inner.map((child) => names.groups.get(child) ?? child) }),
        ...(Object.keys(vars).length > 0 && { vars }),
      };
      return [ours, simple ? nodes : whole] as const;
    });
  const written = Object.fromEntries(entries);
  return Object.hasOwn(written, EVERYBODY) ? written : { [EVERYBODY]: everybody, ...written };
}

function tellEmpty({ name, spot }: AnsibleGroup, { file }: Taking): boolean {
  const reason = `le groupe « ${name} » n’a aucune machine : il n’est pas repris`;
  say(file, spot, { reason, remedy: "donnez-lui une machine, ou retirez-le" }, false);
  return false;
}

/** What all nodes say alike of ssh is said once, for all of them. */
function hoisted(nodes: Record<string, LayerNode>): Pick<Layer, "nodes" | "defaults"> {
  const all = Object.values(nodes);
  const [first] = all;
  if (all.length < 2 || !first?.ssh) return { nodes };
  const common = Object.entries(first.ssh).filter(
    ([key, value]) =>
      key !== "host" && all.every(({ ssh }) => ssh && Object.entries(ssh).some(([k, v]) => k === key && v === value)),
  );
  if (common.length === 0) return { nodes };
  const keys = new Set(common.map(([key]) => key));
  const rest = Object.entries(nodes).map(([name, { ssh, ...node }]) => {
    const own = Object.fromEntries(Object.entries(ssh || {}).filter(([key]) => !keys.has(key)));
    return [name, { ...node, ...(Object.keys(own).length > 0 && { ssh: own }) }] as const;
  });
  return { defaults: { ssh: Object.fromEntries(common) }, nodes: Object.fromEntries(rest) };
}
