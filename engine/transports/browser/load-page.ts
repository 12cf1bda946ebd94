import type { HTTPResponse, Page } from "puppeteer-core";
import { ProblemError } from "../../base/problem.ts";
import { evidenceUrl } from "./evidence-url.ts";

const LOAD_MS = 30_000;

/** Opens an address from scratch, even when only its fragment differs from what is open. Throws BROWSER_UNREACHABLE, BROWSER_HTTP, TLS_REFUSED. */
export async function loadPage(page: Page, url: string): Promise<void> {
  await page.goto("about:blank");
  let response: HTTPResponse | null;
  try {
    response = await page.goto(url, { waitUntil: "domcontentloaded", timeout: LOAD_MS });
  } catch (error) {
    throw refusal(url, error);
  }
  if (response !== null && response.status() >= 400) {
    throw new ProblemError(
      "BROWSER_HTTP",
      `La page ${evidenceUrl(url)} répond HTTP ${response.status()} ${response.statusText()}`.trimEnd(),
      { scope: "environment", hint: "Vérifier l’adresse ; sur un nœud Proxmox, que pveproxy a fini de démarrer." },
    );
  }
}

function refusal(url: string, error: unknown): unknown {
  const message = error instanceof Error ? error.message : String(error);
  const [, code = ""] = /net::(ERR_[A-Z_]+)/.exec(message) ?? [];
  const shown = evidenceUrl(url);
  if (/^ERR_(?:CERT|SSL)/.test(code)) {
    return new ProblemError("TLS_REFUSED", `Le certificat de ${shown} n’est pas accepté par le navigateur (${code}).`, {
      scope: "environment",
      hint: "Épingler l’empreinte du certificat dans l’inventaire, ou relancer si le nœud vient de le changer.",
      cause: error,
    });
  }
  if (code === "" && !/timeout/i.test(message)) return error;
  const reason = code === "" ? "pas de réponse en 30 s" : code;
  return new ProblemError("BROWSER_UNREACHABLE", `La page ${shown} ne s’ouvre pas : ${reason}.`, {
    scope: "environment",
    hint: "Vérifier l’adresse et que le service écoute ; sous « guard: loopback », seules les adresses de l’inventaire s’ouvrent.",
    cause: error,
  });
}
