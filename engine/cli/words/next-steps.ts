import type { ExitCode } from "../exit-code.ts";
import type { Language } from "../language.ts";

type Said = Readonly<Record<Language, string>>;

/** What is worth doing next, by command and by how it ended. Commands that end a piece of work say nothing. */
export const NEXT_STEPS: Readonly<Record<string, Partial<Readonly<Record<ExitCode, Said>>>>> = {
  fmt: { 0: { fr: "constat lint", en: "constat lint" } },
  lint: {
    0: {
      fr: "constat plan dit tout ce qui serait exécuté.",
      en: "constat plan tells everything that would be executed.",
    },
    2: {
      fr: "corrigez ; constat lint --watch recommence à chaque changement.",
      en: "correct them; constat lint --watch looks again after each change.",
    },
  },
  plan: {
    0: {
      fr: "constat doctor regarde les machines sans rien modifier, constat run exécute.",
      en: "constat doctor looks at the machines and changes nothing, constat run executes.",
    },
  },
  doctor: {
    0: { fr: "constat run", en: "constat run" },
    1: {
      fr: "chaque point a son remède ci-dessus ; relancez ensuite constat doctor.",
      en: "each point has its remedy above; then constat doctor again.",
    },
    3: {
      fr: "chaque point a son remède ci-dessus ; relancez ensuite constat doctor.",
      en: "each point has its remedy above; then constat doctor again.",
    },
  },
  run: {
    0: {
      fr: "constat audit latest vérifie les preuves ; constat list nomme les exécutions.",
      en: "constat audit latest verifies the evidence; constat list names the runs.",
    },
    1: {
      fr: "corrigez la cause et relancez : ce qui est déjà fait n’est pas refait. constat explain ID dit les réglages d’un bloc.",
      en: "correct the cause and run again: what is done already is not done twice. constat explain ID tells a block's settings.",
    },
    3: {
      fr: "constat doctor cherche la cause sur les machines.",
      en: "constat doctor looks for the cause on the machines.",
    },
    4: {
      fr: "constat capture list latest --empty dit ce qui manque ; capture add y met une image, run --reuse reprend d’une autre exécution.",
      en: "constat capture list latest --empty tells what is missing; capture add puts a picture there, run --reuse takes one from another run.",
    },
  },
  report: {
    0: { fr: "constat audit latest vérifie les preuves.", en: "constat audit latest verifies the evidence." },
    4: {
      fr: "constat capture list latest --empty dit ce qui manque.",
      en: "constat capture list latest --empty tells what is missing.",
    },
  },
  seal: {
    0: {
      fr: "donnez l’empreinte de la clé à qui vérifiera, par une autre voie que ce dossier : constat audit --signer EMPREINTE.",
      en: "give the key's fingerprint to whoever verifies, by another way than this folder: constat audit --signer FINGERPRINT.",
    },
  },
  "capture add": { 0: { fr: "constat audit latest", en: "constat audit latest" } },
  "inventory import": {
    0: {
      fr: "constat doctor -i, suivi du fichier écrit.",
      en: "constat doctor -i, followed by the file that was written.",
    },
  },
};
