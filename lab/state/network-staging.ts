import type { NetworkInterface } from "./hardware.ts";
import { interfacesText, PENDING_FILE, pendingText, readInterfaces, renderInterfaces } from "./network-config.ts";
import { namesIn } from "./network-file.ts";
import type { NodeState } from "./node.ts";
import { parameterError } from "./pve-error.ts";

/** The interfaces as they wait to be applied, or as they are when nothing waits. */
export function stagedInterfaces(node: NodeState): NetworkInterface[] {
  return readInterfaces(node, pendingText(node) ?? interfacesText(node));
}

/** Puts one interface, new or changed, into interfaces.new; `values` are the API's, `delete` among them. */
export function stageInterface(node: NodeState, name: string, values: Readonly<Record<string, string>>): void {
  const { delete: removed = "", ...given } = values;
  const others = stagedInterfaces(node);
  const known = others.find((nic) => nic.name === name);
  const kept = without(known ?? newInterface(node, name, given["type"], others.length + 3), removed.split(/[,; ]+/));
  const changed = withValues(kept, given);
  const rival = others.find((nic) => nic.name !== name && nic.gateway !== undefined);
  if (given["gateway"] !== undefined && rival) {
    throw parameterError({ gateway: `Default gateway already exists on interface '${rival.name}'.` });
  }
  stage(node, known ? others.map((nic) => (nic.name === name ? changed : nic)) : [...others, changed]);
}

/** Takes one interface out of interfaces.new. */
export function unstageInterface(node: NodeState, name: string): void {
  stage(
    node,
    stagedInterfaces(node).filter((nic) => nic.name !== name),
  );
}

function stage(node: NodeState, interfaces: readonly NetworkInterface[]): void {
  node.files.set(PENDING_FILE, renderInterfaces(interfaces));
}

function newInterface(node: NodeState, name: string, type: string | undefined, priority: number): NetworkInterface {
  const known = (["bridge", "bond", "eth", "vlan"] as const).find((each) => each === type) ?? "eth";
  const none = { address: undefined, prefix: undefined, gateway: undefined, ports: [] };
  return { ...none, name, type: known, mac: node.interfaces[0]?.mac ?? "", autostart: false, priority };
}

function without(nic: NetworkInterface, removed: readonly string[]): NetworkInterface {
  const gone = (...names: readonly string[]) => names.some((name) => removed.includes(name));
  return {
    ...nic,
    ...(gone("cidr", "address") ? { address: undefined, prefix: undefined } : {}),
    ...(gone("gateway") ? { gateway: undefined } : {}),
    ...(gone("comments") ? { comments: undefined } : {}),
    ...(gone("bridge_vlan_aware") ? { vlanAware: undefined } : {}),
  };
}

function withValues(nic: NetworkInterface, values: Readonly<Record<string, string>>): NetworkInterface {
  const { cidr, gateway, bridge_ports: ports, comments, autostart, bridge_vlan_aware: aware } = values;
  const [address, prefix] = cidr?.split("/") ?? [values["address"], values["netmask"]];
  return {
    ...nic,
    ...(address === undefined ? {} : { address, prefix: prefix === undefined ? nic.prefix : Number(prefix) }),
    ...(gateway === undefined ? {} : { gateway: gateway === "" ? undefined : gateway }),
    ...(ports === undefined ? {} : { ports: namesIn(ports) }),
    ...(comments === undefined ? {} : { comments: comments.trimEnd() || undefined }),
    ...(autostart === undefined ? {} : { autostart: isOn(autostart) }),
    ...(aware === undefined ? {} : { vlanAware: isOn(aware) }),
  };
}

function isOn(text: string): boolean {
  return /^(?:1|on|yes|true)$/i.test(text);
}
