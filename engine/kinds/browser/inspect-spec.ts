import { checkExpectation } from "../../expect/index.ts";
import type { BrowserSpec } from "../../model/browser-spec.ts";
import { parsePveDialog } from "../../model/pve-dialogs.ts";
import { isViewMistake, parsePveView } from "../../model/pve-views.ts";
import type { BodyMistake } from "./read-body.ts";
import { readFlow } from "./read-flow.ts";

type At = (path: readonly PropertyKey[]) => number;

/** Mistakes of a body that has the right form: names that no page has, and settings that do not go together. */
export function inspectSpec(spec: BrowserSpec, at: At, wantsExpectation: boolean): readonly BodyMistake[] {
  return [
    ...views(spec, at),
    ...(spec.view === undefined ? plainPage(spec, at) : []),
    ...recording(spec, at),
    ...patterns(spec, at),
    ...(wantsExpectation && spec.expect.length === 0
      ? [
          {
            rule: "browser-expect" as const,
            offset: 0,
            reason: "cette capture ne vérifie rien de ce qu’elle montre",
            remedy: "Ajouter une attente sur les données : expect: [{ row: {…} }] ou [{ api: …, path: …, count: … }].",
          },
        ]
      : []),
  ];
}

function views(spec: BrowserSpec, at: At): readonly BodyMistake[] {
  if (spec.view === undefined) return [];
  const mistake = (key: string, reason: string, remedy: string): BodyMistake => ({
    rule: "browser-view",
    offset: at([key]),
    reason,
    remedy,
  });
  // A reference stands for a name or a number, never for a tab.
  const view = parsePveView(spec.view.replace(/\{\{[^}]*\}\}/g, "0"));
  if (isViewMistake(view)) return [mistake("view", view.reason, view.remedy)];
  const found: BodyMistake[] = [];
  if (spec.dialog !== undefined) {
    const dialog = parsePveDialog(spec.dialog.replace(/\{\{[^}]*\}\}/g, "vlan"), view);
    if ("reason" in dialog) found.push(mistake("dialog", dialog.reason, dialog.remedy));
  }
  if (spec.steps !== undefined) {
    found.push(
      mistake("steps", "« steps » ne sert qu’avec « open »", "Décrire la page de Proxmox par view, dialog et fill."),
    );
  }
  const hasWindow = spec.dialog !== undefined || view.type === "login";
  if (spec.fill !== undefined && !hasWindow) {
    found.push(mistake("fill", "« fill » demande une fenêtre à remplir", "Ajouter dialog."));
  }
  if (spec.crop === "window" && !hasWindow) {
    found.push(mistake("crop", "« crop: window » demande une fenêtre", "Ajouter dialog, ou écrire crop: content."));
  }
  return found;
}

function plainPage(spec: BrowserSpec, at: At): readonly BodyMistake[] {
  const only = (key: "fill" | "log", reason: string): BodyMistake => ({
    rule: "browser-view",
    offset: at([key]),
    reason,
    remedy: "Retirer cette clé, ou remplacer open par view.",
  });
  const spots = (["highlight", "mask", "freeze"] as const).flatMap((key) =>
    spec[key].flatMap((spot, index) =>
      typeof spot === "string" || "selector" in spot || "text" in spot
        ? []
        : [
            {
              rule: "browser-view" as const,
              offset: at([key, index]),
              reason: "seul « selector » désigne un endroit d’une page ordinaire",
              remedy: 'Écrire { selector: "…" } (un sélecteur CSS).',
            },
          ],
    ),
  );
  const expectations = spec.expect.flatMap((each, index) =>
    "text" in each
      ? []
      : [
          {
            rule: "browser-view" as const,
            offset: at(["expect", index]),
            reason: "seul « text » se vérifie sur une page ordinaire",
            remedy: "Écrire { text: motif }, ou vérifier les données dans un bloc http.",
          },
        ],
  );
  return [
    ...(spec.fill === undefined ? [] : [only("fill", "« fill » ne sert qu’avec « view »")]),
    ...(spec.log ? [only("log", "« log » ne sert qu’avec « view »")] : []),
    ...spots,
    ...expectations,
  ];
}

function recording(spec: BrowserSpec, at: At): readonly BodyMistake[] {
  if (spec.flow === undefined) return [];
  const mistake = (reason: string, remedy: string) => [
    { rule: "browser-value" as const, offset: at(["flow"]), reason, remedy },
  ];
  if (spec.view !== undefined)
    return mistake("« flow » ne sert pas avec « view »", "Décrire la page de Proxmox par view, dialog et fill.");
  const read = readFlow(spec.flow);
  if (!read.ok) return mistake(read.reason, "Coller l’export JSON de l’enregistreur de Chrome, sans rien y changer.");
  if (spec.open === undefined && read.opens === undefined) {
    return mistake("cet enregistrement n’ouvre aucune page", "Ajouter open: adresse.");
  }
  return [];
}

function patterns(spec: BrowserSpec, at: At): readonly BodyMistake[] {
  const covered = (["mask", "freeze"] as const).flatMap((key) =>
    spec[key].flatMap((each, index) => {
      const reason = typeof each === "string" || !("text" in each) ? undefined : checkExpectation(asPattern(each.text));
      if (reason === undefined) return [];
      const remedy = "Corriger ce motif, ou l’écrire entre guillemets simples.";
      return [{ rule: "browser-value" as const, offset: at([key, index]), reason, remedy }];
    }),
  );
  const expected = spec.expect.flatMap((each, index) => {
    const written = "text" in each ? asPattern(each.text) : "api" in each ? { json: { path: each.path } } : undefined;
    const reason = written === undefined ? undefined : checkExpectation(written);
    if (reason === undefined) return [];
    return [
      { rule: "browser-value" as const, offset: at(["expect", index]), reason, remedy: "Corriger cette attente." },
    ];
  });
  return [...covered, ...expected];
}

function asPattern(text: string): string {
  return /^\/.+\/[a-z]*$/s.test(text) ? text : `/${text}/`;
}
