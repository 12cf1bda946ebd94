import { interpolate } from "../../base/interpolate.ts";
import type { Values } from "../../model/values.ts";

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];

/** A request as it is written; its first line, and which line of the body that is, from 0. */
export interface HttpMessage {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly line: number;
  readonly firstLine: string;
}

/** Why a body is no request, in French. */
export interface Malformed {
  readonly reason: string;
  /** Line of the body, from 0. */
  readonly line: number;
}

/** Reads `METHOD target [HTTP/1.1]`, header lines, an empty line and the body; lines that start with `#` before it are comments. */
export function parseMessage(text: string): HttpMessage | Malformed {
  const lines = text.split("\n");
  let at = lines.findIndex((line) => line.trim() !== "" && !/^\s*(?:#|\/\/)/.test(line));
  if (at < 0)
    return {
      reason: "La requête est vide : la première ligne doit être, par exemple, `GET /cluster/status`.",
      line: 0,
    };
  const [, method, url] = /^([A-Za-z]+)\s+(\S+)(?:\s+HTTP\/[\d.]+)?\s*$/.exec(lines[at] ?? "") ?? [];
  if (method === undefined || url === undefined || !METHODS.includes(method.toUpperCase())) {
    return { reason: `« ${(lines[at] ?? "").trim()} » n’est pas une ligne de requête.`, line: at };
  }
  const first = at;
  const headers: Record<string, string> = {};
  for (at += 1; at < lines.length && (lines[at] ?? "").trim() !== ""; at += 1) {
    const [, name, value] = /^([A-Za-z0-9-]+)\s*:\s*(.*)$/.exec(lines[at] ?? "") ?? [];
    if (name === undefined)
      return { reason: `« ${(lines[at] ?? "").trim()} » n’est pas un en-tête « Nom: valeur ».`, line: at };
    headers[name.toLowerCase()] = value ?? "";
  }
  const body = lines
    .slice(at + 1)
    .join("\n")
    .replace(/\n+$/, "");
  return { method: method.toUpperCase(), url, headers, body, line: first, firstLine: lines[first] ?? "" };
}

/** Values are percent-encoded where they land in an address or a form, so that they cannot add parameters. */
export function fillMessage(message: HttpMessage, values: Values): HttpMessage {
  // Redfish hands out whole paths as links: there a value may hold slashes, but no query of its own.
  const encode = message.url.startsWith("bmc:") ? encodePath : encodeURIComponent;
  const encoded = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, encode(value)]));
  const form = (message.headers["content-type"] ?? "").includes("x-www-form-urlencoded");
  const quoted = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, JSON.stringify(value).slice(1, -1)]),
  );
  return {
    ...message,
    url: interpolate(message.url, encoded),
    headers: Object.fromEntries(
      Object.entries(message.headers).map(([name, value]) => [
        name,
        interpolate(value, values).replace(/[\r\n]/g, " "),
      ]),
    ),
    body: interpolate(message.body, form ? encoded : quoted),
  };
}

/** The request as plan and report show it. */
export function printMessage({ method, url, headers, body }: HttpMessage): string {
  const lines = [`${method} ${url}`, ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`)];
  return body === "" ? lines.join("\n") : [...lines, "", body].join("\n");
}

function encodePath(path: string): string {
  return path.split("/").map(encodeURIComponent).join("/");
}
