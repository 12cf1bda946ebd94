import type { IncomingMessage } from "node:http";
import { isRecord } from "./is-record.ts";
import type { Parameters } from "./parameters.ts";

const LARGEST_BODY = 512 * 1024;

/** The parameters of a request: query and body together, form-encoded or JSON. `_dc`, the cache breaker of the interface, is dropped. */
export async function readParameters(request: IncomingMessage, query: string): Promise<Parameters> {
  const body = request.method === "POST" || request.method === "PUT" ? await readBody(request) : "";
  const isJson = (request.headers["content-type"] ?? "").startsWith("application/json");
  const { _dc: _, ...parameters } = { ...parseForm(query), ...(isJson ? parseJson(body) : parseForm(body)) };
  return parameters;
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    if (length > LARGEST_BODY) throw new Error("for data too large");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** As real nodes read it: a value ends at a second, unencoded "=". */
function parseForm(text: string): Record<string, string> {
  const parameters: Record<string, string> = {};
  for (const pair of text.split("&")) {
    const [name = "", value = ""] = pair.split("=");
    if (name !== "") parameters[decode(name)] = decode(value);
  }
  return parameters;
}

function parseJson(text: string): Record<string, string> {
  if (text === "") return {};
  const parsed: unknown = JSON.parse(text);
  if (!isRecord(parsed)) return {};
  return Object.fromEntries(Object.entries(parsed).map(([name, value]) => [name, asText(value)]));
}

function asText(value: unknown): string {
  if (typeof value === "boolean") return value ? "1" : "0";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return text;
  }
}
