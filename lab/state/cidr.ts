import { isIPv4 } from "node:net";

/** An IPv4 network: its first address and the bits of its mask. */
export interface Network {
  readonly network: string;
  readonly prefix: number;
}

/** Reads "10.50.0.0/24"; undefined for anything else. */
export function parseCidr(text: string): Network | undefined {
  const [address = "", bits = ""] = text.split("/");
  const prefix = Number(bits);
  if (!isIPv4(address) || !/^\d{1,2}$/.test(bits) || prefix > 32) return undefined;
  return { network: textOf(firstOf(address, prefix)), prefix };
}

/** Whether an address is in a network. */
export function isInNetwork(address: string, { network, prefix }: Network): boolean {
  return isIPv4(address) && firstOf(address, prefix) === firstOf(network, prefix);
}

function firstOf(address: string, prefix: number): number {
  const size = 2 ** (32 - prefix);
  const value = address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
  return Math.floor(value / size) * size;
}

function textOf(value: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join(".");
}
