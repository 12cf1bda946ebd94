/** Words in a variable's name that say that its value is nobody else's business. */
const TELLING =
  /(?:^|_)(?:pass|passwd|password|passphrase|mot_?de_?passe|mdp|secret|token|api_?key|private_?key|credentials?)s?(?:$|_)/i;

/** Whether a variable's name says that it holds a secret; a path to a key file is none. */
export function isSecretName(name: string): boolean {
  return TELLING.test(name) && !/_(?:file|path)$/i.test(name);
}

/** What a secret is called in our inventory: by its variable, and by whom it is said of unless that is everybody. */
export function secretName(variable: string, owner: string): string {
  const name = owner === "all" ? variable : `${variable}_${owner}`;
  return name.replace(/[^\p{L}\p{N}_-]/gu, "_").replace(/^(?=[\d-])/, "secret_");
}

/** The environment variable that the operator is asked to fill for it. */
export function secretVariable(name: string): string {
  return `CONSTAT_${name
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[^A-Za-z0-9]/g, "_")
    .toUpperCase()}`;
}
