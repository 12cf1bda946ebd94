import { shortName } from "../../base/short-name.ts";
import { LOCAL } from "../../model/inventory.ts";
import { environmentName } from "../../model/values.ts";
import type { AnsibleInventory } from "./ansible-inventory.ts";

/** Names of ours for Ansible's hosts and groups: letters first, no dots, and none that would be taken for another. */
export interface OurNames {
  readonly hosts: ReadonlyMap<string, string>;
  readonly groups: ReadonlyMap<string, string>;
}

/** `pve1.example.org` becomes `pve1`, `192.0.2.11` becomes `noeud_192_0_2_11`; a name that is taken gets `_2`, `_3` … */
export function ourNames({ hosts, groups }: AnsibleInventory): OurNames {
  const taken = new Set([LOCAL]);
  const give = (wanted: string): string => {
    for (let number = 1; ; number += 1) {
      const name = number === 1 ? wanted : `${wanted}_${number}`;
      if (taken.has(environmentName(name))) continue;
      taken.add(environmentName(name));
      return name;
    }
  };
  return {
    hosts: new Map([...hosts.keys()].map((name) => [name, give(named(shortName(name), "noeud"))])),
    groups: new Map([...groups.keys()].map((name) => [name, give(named(name, "groupe"))])),
  };
}

/** True for an IPv4 or IPv6 address. */
export function isAddress(host: string): boolean {
  return /^\d{1,3}(?:\.\d{1,3}){3}$/.test(host) || (host.match(/:/g) ?? []).length >= 2;
}

function named(text: string, noun: string): string {
  const clean = text.replace(/[^\p{L}\p{N}_-]/gu, "_");
  return /^[\p{L}_]/u.test(clean) ? clean : `${noun}_${clean}`;
}
