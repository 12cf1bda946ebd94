import { encodeForm } from "./form-body.ts";
import type { WireRequest } from "./http-door.ts";
import type { HttpRequest } from "./port.ts";
import type { PveSession } from "./pve-session.ts";

const FORM = "application/x-www-form-urlencoded";

/** A request to a node's API as it goes on the wire: prefix, session, form encoding, parameters of DELETE in the query. */
export function apiRequest(path: string, request: HttpRequest, session: PveSession): WireRequest {
  const method = request.method.toUpperCase();
  const headers: Record<string, string> = { ...lowerCase(request.headers) };
  if (session.by === "token") headers["authorization"] ??= session.authorization;
  else {
    headers["cookie"] = [headers["cookie"], `PVEAuthCookie=${encodeURIComponent(session.ticket.ticket)}`]
      .filter(Boolean)
      .join("; ");
    if (method !== "GET" && method !== "HEAD") headers["csrfpreventiontoken"] ??= session.ticket.csrf;
  }
  const full = path.startsWith("/api2/") ? path : `/api2/json${path.startsWith("/") ? "" : "/"}${path}`;
  if (request.body === undefined || request.body.trim() === "")
    return { method, path: full, headers, signal: request.signal };
  const json = (headers["content-type"] ?? (looksLikeJson(request.body) ? "application/json" : FORM)).includes("json");
  // Proxmox closes the connection without an answer when a DELETE has a body.
  if (method === "DELETE" || method === "GET") {
    delete headers["content-type"];
    const query = json ? jsonToForm(request.body) : encodeForm(request.body);
    return { method, path: `${full}${full.includes("?") ? "&" : "?"}${query}`, headers, signal: request.signal };
  }
  headers["content-type"] ??= json ? "application/json" : FORM;
  const body = headers["content-type"].startsWith(FORM) ? encodeForm(request.body) : request.body;
  return { method, path: full, headers, body, signal: request.signal };
}

/** A request to any other address; the body goes as it is, except that a form is percent-encoded. */
export function plainRequest(url: URL, request: HttpRequest): WireRequest {
  const headers = lowerCase(request.headers);
  const form = (headers["content-type"] ?? "").startsWith(FORM);
  const body = request.body !== undefined && form ? encodeForm(request.body) : request.body;
  return {
    method: request.method.toUpperCase(),
    path: `${url.pathname}${url.search}`,
    headers,
    body,
    signal: request.signal,
  };
}

function lowerCase(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

function looksLikeJson(body: string): boolean {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === "object" && value !== null;
  } catch {
    return false;
  }
}

function jsonToForm(body: string): string {
  const value: unknown = JSON.parse(body);
  const entries = typeof value === "object" && value !== null ? Object.entries(value) : [];
  return new URLSearchParams(entries.map(([name, part]) => [name, String(part)])).toString();
}
