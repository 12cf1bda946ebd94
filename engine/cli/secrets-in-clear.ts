import type { VFile } from "vfile";
import { findSecrets } from "../runbook/index.ts";

/** Puts a fatal message wherever an inventory or a settings file seems to give a secret away, comments included; the value is never repeated. */
export function refuseSecretsInClear(files: readonly VFile[]): void {
  for (const file of files) {
    String(file)
      .split(/\r?\n/)
      .forEach((text, index) => {
        for (const { column, what } of findSecrets(text)) {
          // In an inventory `password: root_password` names a secret.
          if (
            /^\s*(?:-\s*)?["']?(?:password|passphrase|sudo)["']?\s*:\s*["']?[\w.-]+["']?\s*(?:#.*)?$/.test(text) ||
            inBraces(text)
          )
            continue;
          if (file.messages.some(({ line, ruleId }) => line === index + 1 && ruleId === "secret-in-clear")) continue;
          const place = { line: index + 1, column };
          const message = file.message(`${what}.`, { place, ruleId: "secret-in-clear", source: "constat" });
          message.fatal = true;
          message.note =
            'Écrivez { env: NOM }, { file: chemin } ou { command: "…" } sous « secrets », et changez ce secret s’il a été partagé.';
        }
      });
  }
}

/** `{ user: root, password: root_password }`. */
function inBraces(text: string): boolean {
  return /[{,]\s*(?:password|passphrase|sudo)\s*:\s*[\w.-]+\s*[,}]/.test(text);
}
