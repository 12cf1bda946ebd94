import { z } from "zod";
import type { Clock } from "../base/clock.ts";
import { isProblem, ProblemError } from "../base/problem.ts";
import type { InventoryNode, PveAccess } from "../model/inventory.ts";
import { withSignal } from "./browser/with-signal.ts";
import type { HttpDoor } from "./http-door.ts";
import type { HttpAnswer } from "./port.ts";
import type { PveTicket, PveTickets } from "./pve-ticket.ts";
import { type AnswerFactor, createSecondFactor } from "./second-factor.ts";
import type { Secrets } from "./secrets.ts";

/** Tickets live two hours; a web page opened with one should have most of them before it. */
const FRESH_MS = 60 * 60 * 1_000;

const loginAnswer = z.object({
  data: z.object({
    ticket: z.string(),
    CSRFPreventionToken: z.string().default(""),
    username: z.string(),
    cap: z.record(z.string(), z.json()).default({}),
    clustername: z.string().optional(),
    NeedTFA: z.union([z.number(), z.string(), z.boolean()]).nullish(),
  }),
});

type LoginData = z.output<typeof loginAnswer>["data"];

/** Asks for a session with these parameters. */
type Post = (parameters: Readonly<Record<string, string>>) => Promise<HttpAnswer>;

/**
 * Logs in to nodes with the inventory's user and password and keeps the sessions. Throws ProblemError PVE_NO_ACCESS, PVE_NO_PASSWORD,
 * PVE_AUTH_FAILED, PVE_TOKEN, PVE_TFA_NEEDED, PVE_TFA_REFUSED,
 * PVE_TOTP_INVALID, PVE_LOGIN_FAILED; TLS_… and HTTP_… as the door does.
 */
export function createPveTickets(door: HttpDoor, secrets: Secrets, clock: Clock): PveTickets {
  const kept = new Map<string, { readonly ticket: PveTicket; readonly since: number }>();
  const answerFactor = createSecondFactor(secrets, clock);
  const opening = new Map<string, Promise<PveTicket>>();
  return {
    get: async (node, signal) => {
      for (;;) {
        signal.throwIfAborted();
        const known = kept.get(node.name);
        if (known !== undefined && clock.monotonic() - known.since < FRESH_MS) return known.ticket;
        const others = opening.get(node.name);
        if (others === undefined) break;
        // Somebody else is logging in there, and a one-time code serves once: what comes of it is ours too, unless he was called off.
        const outcome = await withSignal(others, signal).catch((error: unknown) => error);
        if (isProblem(outcome)) throw outcome;
      }
      const since = clock.monotonic();
      const own = logIn(door, secrets, node, answerFactor, signal);
      opening.set(node.name, own);
      try {
        const ticket = await own;
        if (opening.get(node.name) === own) kept.set(node.name, { ticket, since });
        return ticket;
      } finally {
        if (opening.get(node.name) === own) opening.delete(node.name);
      }
    },
    drop: (node, refused) => {
      if (refused === undefined) opening.delete(node.name);
      if (refused === undefined || kept.get(node.name)?.ticket === refused) kept.delete(node.name);
    },
  };
}

/** The node with its API access. Throws ProblemError PVE_NO_ACCESS when the inventory gives none. */
export function withPve(node: InventoryNode): InventoryNode & { readonly pve: PveAccess } {
  const { pve } = node;
  if (pve !== undefined) return { ...node, pve };
  throw new ProblemError("PVE_NO_ACCESS", `Le nœud ${node.name} n’a pas d’accès \`pve\` dans l’inventaire.`, {
    scope: "author",
    hint: "Ajoutez-lui un accès `pve`, ou faites viser un autre nœud par ce bloc.",
  });
}

async function logIn(
  door: HttpDoor,
  secrets: Secrets,
  node: InventoryNode,
  answerFactor: AnswerFactor,
  signal: AbortSignal,
): Promise<PveTicket> {
  const target = withPve(node);
  const { user, password } = target.pve;
  if (user.includes("!")) throw tokenRefused(node, user);
  if (password === undefined) {
    throw new ProblemError(
      "PVE_NO_PASSWORD",
      `L’inventaire ne dit pas avec quel mot de passe ouvrir l’API de ${node.name}.`,
      {
        scope: "author",
        hint: "Donnez à son accès `pve` un `password` qui nomme un secret.",
      },
    );
  }
  const post: Post = (parameters) =>
    door.toNode(target, {
      method: "POST",
      path: "/api2/json/access/ticket",
      headers: { "content-type": "application/x-www-form-urlencoded", accept: "application/json" },
      body: new URLSearchParams({ username: user, ...parameters }).toString(),
      signal,
    });
  const read = (answer: HttpAnswer): LoginData => {
    const { data } = parseLogin(node, answer);
    secrets.remember(data.ticket, "ticket");
    secrets.remember(data.CSRFPreventionToken, "csrf");
    return data;
  };
  const answer = await post({ password: await secrets.value(password, signal) });
  if (answer.status !== 200) throw refusal(node, user, answer);
  const first = read(answer);
  const data = Number(first.NeedTFA ?? 0) === 0 ? first : read(await answerFactor(target, first.ticket, post, signal));
  return {
    ticket: data.ticket,
    csrf: data.CSRFPreventionToken,
    user: data.username,
    capabilities: data.cap,
    clusterName: data.clustername,
  };
}

function tokenRefused(node: InventoryNode, user: string): ProblemError {
  return new ProblemError("PVE_TOKEN", `${user}, sur ${node.name}, est un jeton d’API, pas un compte.`, {
    scope: "author",
    hint: "L’interface web n’a avec un jeton ni onglets ni boutons, et l’API lui refuse des méthodes : donnez un compte et son mot de passe.",
  });
}

function parseLogin(node: InventoryNode, answer: HttpAnswer): z.output<typeof loginAnswer> {
  try {
    return loginAnswer.parse(JSON.parse(answer.body.toString("utf8")));
  } catch (error) {
    throw new ProblemError(
      "PVE_LOGIN_FAILED",
      `La réponse de ${node.name} à la connexion n’est pas celle d’un Proxmox VE.`,
      {
        scope: "environment",
        hint: "Vérifiez que l’accès `pve` désigne bien l’API de Proxmox VE (port 8006).",
        cause: error instanceof SyntaxError ? undefined : error,
      },
    );
  }
}

function refusal(node: InventoryNode, user: string, answer: HttpAnswer): ProblemError {
  if (answer.status === 401) {
    return new ProblemError(
      "PVE_AUTH_FAILED",
      `${node.name} refuse la connexion de ${user} : mot de passe ou compte erroné.`,
      {
        scope: "environment",
        hint: "Vérifiez `user` et le secret que nomme `password` dans l’accès `pve` de ce nœud.",
      },
    );
  }
  return new ProblemError(
    "PVE_LOGIN_FAILED",
    `${node.name} n’ouvre pas de session pour ${user} : HTTP ${answer.status} ${answer.reason}`.trimEnd(),
    { scope: "environment", hint: "Attendez que pvedaemon et pveproxy soient démarrés sur ce nœud, puis relancez." },
  );
}
