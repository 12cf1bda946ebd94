import { appendFile, mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { keyFingerprint, knownHostLine } from "./known-hosts.ts";
import type { SshPerson } from "./ssh-person.ts";
import type { SshStop } from "./ssh-stop.ts";
import { stopSubject } from "./ssh-where.ts";

const ATTEMPTS = 3;

/**
 * Asks whether a key that nobody knows is the server's: yes, no, or the fingerprint that was read on the machine. A key that is accepted
 * is kept in the operator's known_hosts, as ssh does. False when it was not accepted.
 */
export async function acceptedByPerson(
  stop: SshStop,
  key: Buffer,
  person: SshPerson,
  signal: AbortSignal,
): Promise<boolean> {
  const shown = keyFingerprint(key);
  const type = key
    .toString("latin1", 4, 4 + key.readUInt32BE(0))
    .replace(/^ssh-/, "")
    .toUpperCase();
  const question = [
    `${stopSubject(stop)} montre une clé d’hôte que rien ne connaît :`,
    `  ${type} ${shown}`,
    "Est-ce bien la sienne ? (oui, non, ou l’empreinte lue sur la machine) : ",
  ].join("\n");
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const answer = (await person.ask(question, "shown", signal)).trim();
    if (/^(?:n|non|no)$/i.test(answer)) return false;
    if (/^(?:o|oui|y|yes)$/i.test(answer) || answer.replace(/=+$/, "") === shown) {
      await keep(stop, key);
      return true;
    }
    // Another fingerprint is a clear answer: the machine is not the one that was meant.
    if (answer.startsWith("SHA256:")) return false;
  }
  return false;
}

async function keep({ known }: SshStop, key: Buffer): Promise<void> {
  const [file] = known.own;
  if (file === undefined) return;
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await appendFile(file, knownHostLine(known.name.host, known.name.port, key, known.hashNames), { mode: 0o600 });
}
