import { ProblemError } from "../base/problem.ts";
import { openKey } from "./ssh-key-file.ts";
import type { SshSetting } from "./ssh-setting.ts";
import type { LoginFile, SshStop } from "./ssh-stop.ts";
import type { ParsedKey } from "./ssh2-client.ts";

const ATTEMPTS = 3;

/**
 * Opens an encrypted key by the inventory's secret, else by asking. Undefined when nobody can be asked and the key is one among others;
 * throws ProblemError SSH_KEY_ENCRYPTED when it is the one that the inventory wants, SSH_PASSPHRASE_WRONG when what was given is wrong.
 */
export async function decryptKey(
  stop: SshStop,
  file: LoginFile,
  text: Buffer,
  setting: SshSetting,
  signal: AbortSignal,
): Promise<ParsedKey | undefined> {
  const secret = stop.login.passphrase;
  if (secret !== undefined) {
    const key = openKey(text, await setting.secrets.value(secret, signal));
    if (key !== undefined) return key;
    throw wrong(stop, file, `la phrase secrète du secret « ${secret} » ne l’ouvre pas`);
  }
  const { person } = setting;
  if (person === undefined) {
    if (file.wanted) throw encrypted(stop, file);
    return undefined;
  }
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const answer = await setting.answers.get(`phrase ${file.path}`, async () => {
      const typed = await person.ask(`Phrase secrète de la clé ${file.shown} : `, "hidden", signal);
      setting.secrets.remember(typed, `phrase secrète de ${file.shown}`);
      return typed;
    });
    // An empty answer is how OpenSSH lets one pass on to the next way.
    if (answer === "") break;
    const key = openKey(text, answer);
    if (key !== undefined) return key;
    setting.answers.forget(`phrase ${file.path}`);
  }
  if (file.wanted) throw wrong(stop, file, "aucune réponse ne l’ouvre");
  return undefined;
}

function encrypted({ label }: SshStop, file: LoginFile): ProblemError {
  return new ProblemError("SSH_KEY_ENCRYPTED", `La clé privée ${file.shown} de ${label} est chiffrée.`, {
    scope: "environment",
    hint: "Nommez dans l’inventaire le secret de sa phrase secrète (`passphrase`), chargez-la dans un agent (ssh-add), ou relancez depuis un terminal.",
  });
}

function wrong({ label }: SshStop, file: LoginFile, why: string): ProblemError {
  return new ProblemError("SSH_PASSPHRASE_WRONG", `La clé privée ${file.shown} de ${label} reste fermée : ${why}.`, {
    scope: "environment",
    hint: "Vérifiez la phrase secrète par « ssh-keygen -y -f » sur ce fichier.",
  });
}
