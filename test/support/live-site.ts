import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { homedir, hostname } from "node:os";
import { join } from "node:path";
import { type Sshd, startSshd } from "./sshd.ts";

/** A real sshd, a web service that counts what it is sent, and a folder in which a trace would last. */
export interface LiveSite {
  readonly sshd: Sshd;
  readonly origin: string;
  /** Requests other than GET and HEAD that arrived. */
  readonly sent: string[];
  /** What the service answers and its page shows; to be changed between a run and its audit. */
  readonly shows: { rows: readonly string[]; quorate: boolean };
  readonly traces: string;
  left(): readonly string[];
  /** The inventory; `hostKey` pins another key than the server's own only where a test says so. */
  inventory(more?: string): string;
  stop(): Promise<void>;
}

/** Everything listens on the loopback address. */
export async function startLiveSite(): Promise<LiveSite> {
  const sshd = await startSshd();
  // Not below /tmp, which is private in an enclosure anyway.
  const traces = mkdtempSync(join(homedir(), ".constat-traces-"));
  const sent: string[] = [];
  const shows = { rows: ["pve1", "pve2", "pve3"] as readonly string[], quorate: true };
  const server: Server = createServer((request, response) => {
    if (!["GET", "HEAD"].includes(request.method ?? "")) sent.push(`${request.method} ${request.url}`);
    if (request.url === "/api") {
      response.setHeader("content-type", "application/json").end(JSON.stringify({ data: shows }));
      return;
    }
    response.setHeader("content-type", "text/html; charset=utf-8").end(page(shows.rows));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    ...{ sshd, origin, sent, shows, traces },
    left: () => readdirSync(traces),
    inventory: (more = "") =>
      [
        "nom: essai",
        "guard: loopback",
        `vars: { traces: ${traces}, origine: "${origin}" }`,
        "nodes:",
        "  pve1:",
        "    address: 127.0.0.1",
        `    hostname: ${hostname()}`,
        `    ssh: { user: ${sshd.user}, port: ${sshd.port}, host-key: "${sshd.hostKey}", identity: ${sshd.identity}, config: false }`,
        more,
      ].join("\n"),
    stop: async () => {
      await sshd.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      rmSync(traces, { recursive: true, force: true });
    },
  };
}

function page(rows: readonly string[]): string {
  const list = rows.map((row) => `<tr><td>${row}</td><td>en ligne</td></tr>`).join("");
  return `<!doctype html><html lang="fr"><title>Cluster</title><body style="background:#fff"><main><h1>Nœuds</h1>
<table>${list}</table>
<button type="button" aria-label="Redémarrer" onclick="fetch('/redemarrer', { method: 'POST' })">Redémarrer</button>
<form action="/envoi" method="post"><button aria-label="Envoyer">Envoyer</button></form></main></body></html>`;
}
