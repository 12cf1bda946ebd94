import { ProblemError } from "../../base/problem.ts";
import type { BmcLogin } from "../../model/inventory.ts";
import type { HttpAnswer } from "../port.ts";
import type { Secrets } from "../secrets.ts";
import type { BmcDoor } from "./bmc-door.ts";
import type { BmcNode } from "./bmc-pins.ts";
import { messageIds, readJson } from "./redfish-answer.ts";

const LOGOUT_MS = 3_000;

/** One session of one account on one controller. */
export interface BmcSession {
  readonly token: string;
  /** Path to DELETE at the end. */
  readonly location: string;
}

/** Sessions of controllers: few are allowed, so that each is kept, and given back at the end. */
export interface BmcSessions {
  /** Throws ProblemError BMC_NO_ACCOUNT, BMC_AUTH_FAILED, BMC_PASSWORD_CHANGE, BMC_LOGIN_FAILED. */
  get(node: BmcNode, account: string | undefined, signal: AbortSignal): Promise<BmcSession>;
  /** The same, but one that still holds: a session that the controller has ended meanwhile is replaced by a new one. */
  alive(node: BmcNode, account: string | undefined, signal: AbortSignal): Promise<BmcSession>;
  /** The controller ended this one: the next request logs in again, unless another one has done so already. */
  drop(node: BmcNode, account: string | undefined, ended: BmcSession): void;
  /** A restart ended them all. */
  dropAll(node: BmcNode): void;
  /** Logs out everywhere, as far as the controllers still listen. */
  endAll(): Promise<void>;
}

/** Logs in by Redfish with the accounts of the inventory. */
export function createBmcSessions(door: BmcDoor, secrets: Secrets): BmcSessions {
  const kept = new Map<string, { readonly node: BmcNode; readonly session: BmcSession }>();
  const keyOf = (node: BmcNode, account: string | undefined) => `${node.name} ${account ?? ""}`;
  const get: BmcSessions["get"] = async (node, account, signal) => {
    const known = kept.get(keyOf(node, account));
    if (known !== undefined) return known.session;
    const login = loginOf(node, account);
    const session = await logIn(door, secrets, node, login, signal);
    const sooner = kept.get(keyOf(node, account));
    if (sooner !== undefined) {
      // Two consoles began at once: one session serves both, and a controller has few.
      await logOut(door, node, session);
      return sooner.session;
    }
    kept.set(keyOf(node, account), { node, session });
    return session;
  };
  const drop: BmcSessions["drop"] = (node, account, ended) => {
    // Another request may have found it ended sooner, and logged in again: that session is open, and must be given back at the end.
    if (kept.get(keyOf(node, account))?.session === ended) kept.delete(keyOf(node, account));
  };
  return {
    get,
    alive: async (node, account, signal) => {
      const known = kept.get(keyOf(node, account))?.session;
      if (known !== undefined && !(await holds(door, node, known, signal))) drop(node, account, known);
      return await get(node, account, signal);
    },
    drop,
    dropAll: (node) => {
      for (const [key, { node: owner }] of kept) if (owner.name === node.name) kept.delete(key);
    },
    endAll: async () => {
      const open = [...kept.values()];
      kept.clear();
      for (const { node, session } of open) await logOut(door, node, session);
    },
  };
}

function loginOf(node: BmcNode, account: string | undefined): BmcLogin {
  const login =
    account === undefined
      ? node.bmc.login
      : Object.hasOwn(node.bmc.accounts, account)
        ? node.bmc.accounts[account]
        : undefined;
  if (login !== undefined) return login;
  const which = account === undefined ? "de compte (`user` et `password`)" : `de compte « ${account} »`;
  throw new ProblemError("BMC_NO_ACCOUNT", `L’inventaire ne donne pas ${which} au contrôleur de ${node.name}.`, {
    scope: "author",
    hint: "Complétez `bmc` pour ce nœud : user et password, ou une entrée de `accounts`.",
  });
}

async function logIn(
  door: BmcDoor,
  secrets: Secrets,
  node: BmcNode,
  login: BmcLogin,
  signal: AbortSignal,
): Promise<BmcSession> {
  const path = await sessionsPath(door, node, signal);
  const password = await secrets.value(login.password, signal);
  const answer = await door.request(node, {
    method: "POST",
    path,
    headers: { "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify({ UserName: login.user, Password: password }),
    signal,
  });
  const token = answer.headers["x-auth-token"];
  const location = answer.headers["location"];
  if (answer.status < 200 || answer.status > 299 || token === undefined) throw refusal(node, login, answer);
  secrets.remember(token, "bmc-token");
  return { token, location: location === undefined ? "" : new URL(location, "https://bmc/").pathname };
}

/** Where sessions are made, as the service root says. */
export async function sessionsPath(door: BmcDoor, node: BmcNode, signal: AbortSignal): Promise<string> {
  const answer = await door.request(node, {
    method: "GET",
    path: "/redfish/v1/",
    headers: { accept: "application/json" },
    signal,
  });
  const links = readJson(answer)?.["Links"] as { Sessions?: { "@odata.id"?: unknown } } | undefined;
  const path = links?.Sessions?.["@odata.id"];
  if (answer.status === 200 && typeof path === "string") return path;
  throw new ProblemError(
    "BMC_LOGIN_FAILED",
    `Le contrôleur de ${node.name} ne se présente pas comme un service Redfish (HTTP ${answer.status}).`,
    { scope: "environment", hint: "Vérifiez l’adresse ; après un redémarrage, il lui faut une à cinq minutes." },
  );
}

/** Whether a controller still knows a session: it answers 401 to a token that it has forgotten, some 404 for the session itself. */
async function holds(door: BmcDoor, node: BmcNode, session: BmcSession, signal: AbortSignal): Promise<boolean> {
  const path = session.location === "" ? await sessionsPath(door, node, signal) : session.location;
  const headers = { accept: "application/json", "x-auth-token": session.token };
  const { status } = await door.request(node, { method: "GET", path, headers, signal });
  return status !== 401 && status !== 404;
}

async function logOut(door: BmcDoor, node: BmcNode, { token, location }: BmcSession): Promise<void> {
  if (location === "") return;
  const signal = AbortSignal.timeout(LOGOUT_MS);
  // A controller that restarts has ended the session by itself.
  await door
    .request(node, { method: "DELETE", path: location, headers: { "x-auth-token": token }, signal })
    .catch(() => undefined);
}

function refusal(node: BmcNode, login: BmcLogin, answer: HttpAnswer): ProblemError {
  const ids = messageIds(answer);
  if (answer.status === 403 && ids.includes("PasswordChangeRequired")) {
    return new ProblemError(
      "BMC_PASSWORD_CHANGE",
      `${login.user} doit d’abord changer son mot de passe sur le contrôleur de ${node.name}.`,
      {
        scope: "environment",
        hint: "Changez-le sur sa page Web ou par un PATCH de son compte, puis relancez.",
      },
    );
  }
  if (answer.status === 401 || answer.status === 400 || answer.status === 403) {
    return new ProblemError(
      "BMC_AUTH_FAILED",
      `Le contrôleur de ${node.name} refuse la connexion de ${login.user} : mot de passe ou compte erroné.`,
      {
        scope: "environment",
        hint: "Vérifiez ce compte et le secret que nomme son `password` dans l’inventaire.",
      },
    );
  }
  const why = [`HTTP ${answer.status} ${answer.reason}`.trim(), ...ids].join(", ");
  return new ProblemError("BMC_LOGIN_FAILED", `Le contrôleur de ${node.name} n’ouvre pas de session : ${why}.`, {
    scope: "environment",
    hint: "Attendez qu’il ait fini de démarrer ; trop de sessions ouvertes se ferment d’elles-mêmes en quelques minutes.",
  });
}
