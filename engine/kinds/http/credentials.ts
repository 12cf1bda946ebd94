import { referencesIn } from "../../base/interpolate.ts";
import { parseBmcUrl } from "../../model/bmc-url.ts";
import type { Credential } from "../../model/credential.ts";
import type { Place } from "../../model/place.ts";
import type { Block } from "../../model/runbook.ts";
import { type HttpMessage, parseMessage } from "./http-message.ts";

const SECRETS = "secrets.";

/** Names of the secrets that a text refers to as `{{secrets.name}}`. */
export function secretsIn(text: string): readonly string[] {
  return referencesIn(text).flatMap((name) => (name.startsWith(SECRETS) ? name.slice(SECRETS.length) : []));
}

/** The secrets that a request writes into its headers and body, and the access or account that sends it, each with its line. */
export function credentialsOf(block: Block): readonly Credential[] {
  const message = parseMessage(block.body);
  if ("reason" in message) return [];
  const secrets = block.body
    .split("\n")
    .flatMap((line, index) =>
      secretsIn(line).map((name): Credential => ({ type: "secret", name, place: placeIn(block, index, line, name) })),
    );
  const at = Math.max(0, message.firstLine.indexOf(message.url));
  const place = { file: block.place.file, line: block.bodyLine + message.line, column: block.bodyColumn + at };
  const { method, url } = message;
  if (url.startsWith("/"))
    return [{ type: "pve-access", for: { method, path: url }, on: undefined, place }, ...secrets];
  const bmc = parseBmcUrl(url);
  if (bmc === undefined || goesBare(message, bmc.path)) return secrets;
  return [{ type: "bmc-account", account: bmc.account, unlessConsole: false, place }, ...secrets];
}

/** The service root and a login are asked without a session. */
function goesBare({ method }: HttpMessage, path: string): boolean {
  return /^\/redfish(?:\/v1)?\/?$/.test(path) || (method === "POST" && /\/Sessions\/?$/.test(path));
}

function placeIn({ place, bodyLine, bodyColumn }: Block, index: number, line: string, name: string): Place {
  const at = Math.max(0, line.indexOf(`${SECRETS}${name}`));
  return { file: place.file, line: bodyLine + index, column: bodyColumn + at };
}
