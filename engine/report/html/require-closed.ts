import { ProblemError } from "../../base/problem.ts";
import { escapeHtml } from "../escape-html.ts";

/**
 * Throws ProblemError TEMPLATE_OPEN unless a rendered page keeps the engine's policy, before anything else could run, and has no script but
 * the engine's: whoever writes a template decides what a report looks like, never what it runs.
 */
export function requireClosed(html: string, policy: string, scripts: number): void {
  const unescaped = (text: string) => text.replace(/&#x27;|&#39;/g, "'").replace(/&#x3D;/g, "=");
  const head = html.slice(0, html.search(/<(?:body|script|style|link|base|img|iframe|object|embed)\b/i));
  const [, found] = /<meta http-equiv="Content-Security-Policy" content="([^"]*)">/.exec(head) ?? [];
  const kept = found !== undefined && [policy, escapeHtml(policy)].map(unescaped).includes(unescaped(found));
  if (kept && (html.match(/<script\b/gi) ?? []).length === scripts) return;
  throw new ProblemError(
    "TEMPLATE_OPEN",
    kept
      ? "Un gabarit ajoute un script à la page."
      : "Le gabarit report.hbs ne pose plus la politique de sécurité en tête de page.",
    {
      scope: "author",
      hint: "Gardez la ligne Content-Security-Policy de templates/report.hbs, et n’écrivez aucune balise script.",
    },
  );
}
