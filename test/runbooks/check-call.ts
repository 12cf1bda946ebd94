import { API_CALLS, type KnownCall } from "./known/api-calls.ts";
import { readName } from "./known/fact.ts";
import type { OnlyFor } from "./script-commands.ts";

/** What is wrong with a call of Proxmox's API in the versions that would make it: an unknown path or parameter, or one that only one version has. */
export function checkCall(
  method: string,
  path: string,
  parameters: readonly string[],
  onlyFor: OnlyFor,
): readonly string[] {
  const found = Object.entries(API_CALLS).find(([known]) => matches(known, method, path));
  if (!found) return [`${method} ${path} is not a known call of the API`];
  const [name, known] = found;
  const missing = notEverywhere(known.only, onlyFor);
  if (missing !== undefined) return [`${name} is not in ${missing}`];
  return parameters.flatMap((parameter) => checkParameter(name, known, parameter, onlyFor));
}

/** The version in which a thing is missing though a runbook uses it there; undefined when it is wherever it is used. */
export function notEverywhere(only: "8.4" | "9" | undefined, onlyFor: OnlyFor): "8.4" | "9" | undefined {
  if (only === undefined || only === onlyFor) return undefined;
  return only === "9" ? "8.4" : "9";
}

function checkParameter(name: string, { parameters }: KnownCall, given: string, onlyFor: OnlyFor): readonly string[] {
  const known = parameters.map(readName).find(({ pattern }) => pattern.test(given));
  if (!known) return [`${name} has no parameter '${given}'`];
  const missing = notEverywhere(known.only, onlyFor);
  return missing === undefined ? [] : [`${name} has no parameter '${given}' in ${missing}`];
}

function matches(known: string, method: string, path: string): boolean {
  const [verb = "", template = ""] = known.split(" ");
  if (verb !== method) return false;
  const [pattern, given] = [template.split("/"), path.split("/")];
  return (
    pattern.length === given.length && pattern.every((part, index) => part.startsWith("{") || part === given[index])
  );
}
