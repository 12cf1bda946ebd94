import { z } from "zod";
import type { Clock } from "../base/clock.ts";
import { ProblemError } from "../base/problem.ts";
import type { InventoryNode, PveAccess } from "../model/inventory.ts";
import type { HttpDoor } from "./http-door.ts";
import type { HttpAnswer } from "./port.ts";
import type { PveTicket, PveTickets } from "./pve-ticket.ts";
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
    NeedTFA: z.union([z.number(), z.string(), z.boolean()]).optional(),
  }),
});

/**
 * Logs in to nodes with the inventory's user and password and keeps the sessions. Throws ProblemError PVE_NO_ACCESS, PVE_NO_PASSWORD,
 * PVE_AUTH_FAILED, PVE_TFA_UNSUPPORTED, PVE_LOGIN_FAILED; TLS_… and HTTP_… as the door does.
 */
export function createPveTickets(door: HttpDoor, secrets: Secrets, clock: Clock): PveTickets {
  const kept = new Map<string, { readonly ticket: PveTicket; readonly since: number }>();
  return {
    get: async (node, signal) => {
      const known = kept.get(node.name);
      if (known !== undefined && clock.monotonic() - known.since < FRESH_MS) return known.ticket;
      const since = clock.monotonic();
      const ticket = await logIn(door, secrets, node, signal);
      kept.set(node.name, { ticket, since });
      return ticket;
    },
    drop: (node, refused) => {
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

async function logIn(door: HttpDoor, secrets: Secrets, node: InventoryNode, signal: AbortSignal): Promise<PveTicket> {
  const target = withPve(node);
  const { user, password } = target.pve;
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
  const answer = await door.toNode(target, {
    method: "POST",
    path: "/api2/json/access/ticket",
    headers: { "content-type": "application/x-www-form-urlencoded", accept: "application/json" },
    body: new URLSearchParams({ username: user, password: await secrets.value(password, signal) }).toString(),
    signal,
  });
  if (answer.status !== 200) throw refusal(node, user, answer);
  const { data } = parseLogin(node, answer);
  secrets.remember(data.ticket, "ticket");
  secrets.remember(data.CSRFPreventionToken, "csrf");
  if (data.NeedTFA !== undefined && Number(data.NeedTFA) !== 0) {
    throw new ProblemError("PVE_TFA_UNSUPPORTED", `${user} demande un second facteur sur ${node.name}.`, {
      scope: "environment",
      hint: "Utilisez un compte sans second facteur pour Constat.",
    });
  }
  return {
    ticket: data.ticket,
    csrf: data.CSRFPreventionToken,
    user: data.username,
    capabilities: data.cap,
    clusterName: data.clustername,
  };
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
