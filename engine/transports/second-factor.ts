import type { Clock } from "../base/clock.ts";
import { ProblemError } from "../base/problem.ts";
import type { InventoryNode, PveAccess } from "../model/inventory.ts";
import type { HttpAnswer } from "./port.ts";
import type { Secrets } from "./secrets.ts";
import { oneTimeCode } from "./totp.ts";

/** Answers the challenge that the first half of a login gave, by `post`; the answer that holds the whole ticket. */
export type AnswerFactor = (
  node: InventoryNode & { readonly pve: PveAccess },
  challenge: string,
  post: (parameters: Readonly<Record<string, string>>) => Promise<HttpAnswer>,
  signal: AbortSignal,
) => Promise<HttpAnswer>;

/**
 * One-time codes for logins: made when asked for, each used once an account, because servers refuse a code that they have seen. Throws
 * PVE_TFA_NEEDED, PVE_TFA_REFUSED, PVE_TOTP_INVALID.
 */
export function createSecondFactor(secrets: Secrets, clock: Clock): AnswerFactor {
  const used = new Map<string, number>();
  return async (node, challenge, post, signal) => {
    const { user, totp } = node.pve;
    const offered = factorsOf(challenge);
    if (totp === undefined || (offered !== undefined && !offered.includes("totp"))) throw needed(node, offered);
    const key = await secrets.value(totp, signal);
    let now = oneTimeCode(key, totp, clock.now());
    // Whoever else waited for the same period may have taken its code.
    while (used.get(user) === now.step) {
      await clock.sleep(now.remainingMs, signal);
      now = oneTimeCode(key, totp, clock.now());
    }
    used.set(user, now.step);
    // Six digits by themselves stand by chance in any long number or digest: what is kept secret is what is sent.
    const password = `totp:${now.code}`;
    secrets.remember(password, "totp");
    const answer = await post({ "tfa-challenge": challenge, password });
    if (answer.status === 200) return answer;
    throw new ProblemError(
      "PVE_TFA_REFUSED",
      `${node.name} refuse le code à usage unique de ${user} : HTTP ${answer.status} ${answer.reason}`.trimEnd(),
      {
        scope: "environment",
        hint: `Vérifiez le secret « ${totp} », et que l’horloge de cette machine est celle du nœud à quelques secondes près ; un code qu’une autre exécution vient d’employer est refusé aussi : relancez après 30 s.`,
      },
    );
  };
}

/** How a person calls the factors of a challenge. */
const FACTORS: Readonly<Record<string, string>> = {
  totp: "codes à usage unique",
  webauthn: "WebAuthn",
  u2f: "U2F",
  yubico: "Yubico OTP",
  recovery: "clés de récupération",
};

/** The factors that a challenge offers; undefined when it does not say. Recovery keys and webauthn need a person. */
function factorsOf(challenge: string): readonly string[] | undefined {
  const [, written = ""] = /^PVE:!tfa!([^:]*)/.exec(challenge) ?? [];
  try {
    const offered: unknown = JSON.parse(decodeURIComponent(written));
    if (typeof offered !== "object" || offered === null) return undefined;
    return Object.entries(offered).flatMap(([name, value]) =>
      value === false || value === null || value === "unavailable" ? [] : [name],
    );
  } catch {
    return undefined;
  }
}

function needed(
  node: InventoryNode & { readonly pve: PveAccess },
  offered: readonly string[] | undefined,
): ProblemError {
  const kinds =
    offered === undefined || offered.length === 0
      ? ""
      : ` (${offered.map((each) => FACTORS[each] ?? each).join(", ")})`;
  // A key that nobody touches and a list that is used up answer no programme.
  const coded = offered === undefined || offered.includes("totp");
  const hint =
    coded && node.pve.totp === undefined
      ? "Donnez à son accès `pve` un `totp` qui nomme le secret de ses codes, ou utilisez un compte sans second facteur."
      : "Ce compte n’a pas de codes à usage unique (TOTP), et ses autres facteurs demandent une personne : ajoutez-lui des codes, ou utilisez un autre compte.";
  return new ProblemError("PVE_TFA_NEEDED", `${node.pve.user} demande un second facteur sur ${node.name}${kinds}.`, {
    scope: "environment",
    hint,
  });
}
