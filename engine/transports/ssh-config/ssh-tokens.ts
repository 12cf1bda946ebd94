import { expandHome, type OperatorHost } from "../operator-host.ts";
import { type ConfigPlace, invalidConfig } from "./config-line.ts";

/** What the tokens of an ssh configuration stand for, without their `%`. */
export type SshTokens = Readonly<Partial<Record<"d" | "h" | "k" | "n" | "p" | "r" | "u", string>>>;

/** Replaces `%h` and its like, `%%` being a percent sign. Throws ProblemError SSH_CONFIG_INVALID for one that has no meaning here. */
export function expandTokens(text: string, tokens: SshTokens, place: ConfigPlace): string {
  return text.replace(/%(.?)/gs, (written, letter: string) => {
    if (letter === "%") return "%";
    const value = Object.hasOwn(tokens, letter) ? tokens[letter as keyof SshTokens] : undefined;
    if (value !== undefined) return value;
    const known = Object.keys(tokens).map((name) => `%${name}`);
    throw invalidConfig(
      place,
      `le jeton « ${written} » n’a pas de sens ici`,
      `Jetons possibles : ${known.join(", ")}, %%.`,
    );
  });
}

/** A path with its tokens, its `${VARIABLE}` and its leading `~/` replaced. */
export function expandPath(text: string, tokens: SshTokens, host: OperatorHost, place: ConfigPlace): string {
  const filled = text.replace(/\$\{([^}]*)\}/g, (_, name: string) => {
    const value = host.env[name];
    if (value !== undefined) return value;
    throw invalidConfig(
      place,
      `la variable d’environnement ${name} n’est pas définie`,
      "Définissez-la, ou écrivez le chemin en toutes lettres.",
    );
  });
  return expandTokens(expandHome(filled, host), tokens, place);
}
