import { type AnsibleHost, say } from "./ansible-inventory.ts";
import type { Taking } from "./plain-vars.ts";
import type { Reached } from "./ssh-of.ts";

/** Where a node of ours is: its own address, and the ssh host when several machines stand behind one. */
export interface OurAddress {
  readonly address: string;
  readonly host: string | undefined;
}

/**
 * Addresses for the hosts, each its own. Behind one address, machines differ by their ports: their names then tell them apart. What is
 * neither a name nor an address is a fatal message.
 */
export function ourAddresses(
  reached: ReadonlyMap<AnsibleHost, Reached>,
  names: ReadonlyMap<string, string>,
  { file }: Taking,
): ReadonlyMap<AnsibleHost, OurAddress> {
  const wanted = [...reached].map(([host, { address }]) => ({ host, address: address ?? host.name }));
  const sharing = Map.groupBy(wanted, ({ address }) => address.toLowerCase());
  const alone = (address: string): boolean => sharing.get(address.toLowerCase())?.length === 1;
  const used = new Set(wanted.filter(({ address }) => alone(address)).map(({ address }) => address.toLowerCase()));
  const free = (host: AnsibleHost): string => {
    const name = names.get(host.name) ?? host.name;
    for (let number = 0; ; number += 1) {
      const candidate = number === 0 ? host.name : number === 1 ? name : `${name}-${number}`;
      if (used.has(candidate.toLowerCase()) || !usable(candidate)) continue;
      used.add(candidate.toLowerCase());
      return candidate;
    }
  };
  return new Map(
    wanted.map(({ host, address }) => {
      if (!usable(address)) {
        const reason = `« ${address} » n’est ni un nom de machine ni une adresse`;
        say(file, host.spot, { reason, remedy: "corrigez-le, ou donnez ansible_host à cette machine" }, true);
      }
      return [host, alone(address) ? { address, host: undefined } : { address: free(host), host: address }] as const;
    }),
  );
}

function usable(address: string): boolean {
  return /^[^\s/@]+$/.test(address);
}
