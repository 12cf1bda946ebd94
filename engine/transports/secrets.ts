import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { execa } from "execa";
import { exhaustive } from "../base/exhaustive.ts";
import { isProblem, ProblemError } from "../base/problem.ts";
import type { Inventory, SecretReference } from "../model/inventory.ts";
import { expandHome, type OperatorHost } from "./operator-host.ts";

const COMMAND_DEADLINE_MS = 10_000;

/** The secrets of an inventory, resolved when first asked for. */
export interface Secrets {
  /** The value behind a name. Throws ProblemError SECRET_UNKNOWN or SECRET_MISSING, which name the reference, never the value. */
  value(name: string, signal: AbortSignal): Promise<string>;
  /** Keeps a value met on the way (a session ticket) among those that must never be stored. */
  remember(value: string, name: string): void;
  /** Every value known so far, for the redactor. */
  known(): readonly string[];
  /** Reads what lies ready in the environment and in files, so that it is known; what is missing is left for those who need it. */
  knowStored(signal: AbortSignal): Promise<void>;
}

/**
 * Reads secrets from the environment, from files (the last line break is dropped) and from commands (10 s at most). `learned` hears of
 * each value, with its name, before anybody can use it: give it to the redactor.
 */
export function createSecrets(
  inventory: Pick<Inventory, "file" | "secrets">,
  host: OperatorHost,
  learned: (value: string, name: string) => void = () => {},
): Secrets {
  const values = new Map<string, string>();
  const met = new Set<string>();
  const keep = (value: string, name: string) => {
    if (met.has(value)) return;
    met.add(value);
    learned(value, name);
  };
  const secrets: Secrets = {
    value: async (name, signal) => {
      const kept = values.get(name);
      if (kept !== undefined) return kept;
      const reference = Object.hasOwn(inventory.secrets, name) ? inventory.secrets[name] : undefined;
      if (reference === undefined) throw unknownSecret(name, inventory);
      const value = await resolveReference(name, reference, inventory.file, host, signal);
      values.set(name, value);
      keep(value, name);
      return value;
    },
    remember: (value, name) => {
      if (value !== "") keep(value, name);
    },
    known: () => [...met],
    knowStored: async (signal) => {
      for (const [name, { from }] of Object.entries(inventory.secrets)) {
        if (from === "command" || values.has(name)) continue;
        await secrets.value(name, signal).catch((error: unknown) => {
          if (!isProblem(error)) throw error;
        });
      }
    },
  };
  return secrets;
}

async function resolveReference(
  name: string,
  reference: SecretReference,
  inventoryFile: string,
  host: OperatorHost,
  signal: AbortSignal,
): Promise<string> {
  switch (reference.from) {
    case "env": {
      const value = host.env[reference.name];
      if (value === undefined || value === "")
        throw missing(name, `la variable d’environnement ${reference.name} est vide`);
      return value;
    }
    case "file": {
      const path = resolve(dirname(inventoryFile), expandHome(reference.path, host));
      const text = await readFile(path, { encoding: "utf8", signal }).catch((error: unknown) => {
        signal.throwIfAborted();
        throw missing(name, `le fichier ${reference.path} ne se lit pas`, error);
      });
      return filled(name, text, `le fichier ${reference.path} est vide`);
    }
    case "command": {
      // Nothing of the command's output or error text goes into the message: either may hold the secret.
      const done = await runCommand(reference.command, dirname(inventoryFile), host, signal);
      signal.throwIfAborted();
      if (done === undefined) throw missing(name, `la commande « ${reference.command} » n’a pas fini en 10 s`);
      if (done.failed)
        throw missing(name, `la commande « ${reference.command} » a échoué (code ${done.exitCode ?? "inconnu"})`);
      return filled(name, done.stdout, `la commande « ${reference.command} » n’a rien écrit`);
    }
    default:
      return exhaustive(reference);
  }
}

/** How a command ended, and what it wrote; undefined when it was not done in time. What it started may hold its pipes: they are let go. */
async function runCommand(command: string, cwd: string, host: OperatorHost, signal: AbortSignal) {
  const child = execa("sh", ["-c", command], {
    cwd,
    env: { ...host.env },
    extendEnv: false,
    reject: false,
    stdin: "ignore",
    stripFinalNewline: false,
  });
  const over = AbortSignal.any([signal, AbortSignal.timeout(COMMAND_DEADLINE_MS)]);
  const late = Promise.withResolvers<undefined>();
  const end = (): void => {
    child.kill("SIGKILL");
    child.stdout.destroy();
    child.stderr.destroy();
    late.resolve(undefined);
  };
  over.addEventListener("abort", end, { once: true });
  if (over.aborted) end();
  try {
    return await Promise.race([child, late.promise]);
  } finally {
    over.removeEventListener("abort", end);
  }
}

function filled(name: string, text: string, whenEmpty: string): string {
  const value = text.replace(/\r?\n$/, "");
  if (value === "") throw missing(name, whenEmpty);
  return value;
}

function missing(name: string, why: string, cause?: unknown): ProblemError {
  return new ProblemError("SECRET_MISSING", `Le secret « ${name} » est introuvable : ${why}.`, {
    scope: "environment",
    hint: "Fournissez la valeur là où la rubrique `secrets` de l’inventaire la cherche.",
    cause,
  });
}

function unknownSecret(name: string, inventory: Pick<Inventory, "file" | "secrets">): ProblemError {
  const names = Object.keys(inventory.secrets);
  return new ProblemError("SECRET_UNKNOWN", `Le secret « ${name} » n’est pas déclaré dans ${inventory.file}.`, {
    scope: "author",
    hint: names.length === 0 ? "Ajoutez-le à la rubrique `secrets`." : `Secrets déclarés : ${names.join(", ")}.`,
  });
}
