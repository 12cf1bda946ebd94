import { isIP } from "node:net";
import { parameterError } from "./pve-error.ts";

/** Corosync links as the caller gave them: address by link number, 0 to 7. */
export type Links = Readonly<Record<number, string>>;

const HOSTNAME = /^[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?$/;

/** Reads `link0` … `link7` out of parameters: "10.0.0.1", "address=10.0.0.1" or with ",priority=N". Throws a parameter error otherwise. */
export function parseLinks(parameters: Readonly<Record<string, string | undefined>>): Links {
  const links: Record<number, string> = {};
  const errors: Record<string, string> = {};
  for (let number = 0; number <= 7; number += 1) {
    const name = `link${number}`;
    const value = parameters[name];
    if (value === undefined) continue;
    const address = addressIn(value);
    if (address !== undefined && isAddress(address)) links[number] = address;
    else if (address === undefined)
      errors[name] = "invalid format - format error\naddress: property is missing and it is not optional\n";
    else
      errors[name] =
        `invalid format - format error\naddress: invalid format - value does not look like a valid address: ${address}\n\n`;
  }
  if (Object.keys(errors).length > 0) throw parameterError(errors);
  return links;
}

function addressIn(value: string): string | undefined {
  for (const part of value.split(",")) {
    const [key = "", text] = part.split("=");
    if (text === undefined) return key;
    if (key === "address") return text;
  }
  return undefined;
}

function isAddress(text: string): boolean {
  // Four numbers with dots are meant as an IPv4 address, never as a host name.
  if (/^[\d.]+$/.test(text)) return isIP(text) === 4;
  return isIP(text) !== 0 || HOSTNAME.test(text);
}
