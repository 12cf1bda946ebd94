import { randomBytes, timingSafeEqual } from "node:crypto";
import type { BmcState } from "../../state/bmc.ts";
import { collection, head, message, type RedfishAnswer, type RedfishCall, type Resource, text } from "./answer.ts";

const PATH = "/redfish/v1/SessionService/Sessions";
/** Sessions at one time; real ones allow few. */
const MOST = 12;

/** Sessions: login, list, logout. */
export const sessionResources: readonly Resource[] = [
  {
    path: "/redfish/v1/SessionService",
    get: () => ({
      ...head("/redfish/v1/SessionService", "SessionService", "1_0_0", "SessionService", "Session Service"),
      ServiceEnabled: true,
      SessionTimeout: 1800,
      Sessions: { "@odata.id": `${PATH}/` },
    }),
  },
  {
    path: PATH,
    open: ["POST"],
    get: ({ server }) =>
      collection(
        PATH,
        "SessionCollection",
        "Manager Sessions",
        [...server.bmc.sessions.values()].map(({ id }) => id),
      ),
    post: logIn,
  },
  {
    path: `${PATH}/{id}`,
    get: ({ server, parts }) => {
      const session = find(server.bmc, parts["id"]);
      if (session === undefined) return undefined;
      const path = `${PATH}/${session.id}`;
      return { ...head(path, "Session", "1_0_0", session.id, "Manager Session"), UserName: session.user };
    },
    delete: ({ server, parts }) => {
      const session = find(server.bmc, parts["id"]);
      if (session === undefined) return message(server, 404, "ResourceMissingAtURI");
      server.bmc.sessions.delete(session.token);
      return message(server, 200, "Success");
    },
  },
];

/** True when the two are equal; takes the same time either way. */
export function samePassword(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** Opens a session, or says that these are no credentials. */
export function openSession(bmc: BmcState, user: string, password: string): string | undefined {
  const account = [...bmc.accounts.values()].find(({ userName }) => userName === user);
  if (account === undefined || !samePassword(account.password, password)) return undefined;
  const token = randomBytes(16).toString("hex");
  const id = `${account.userName}${randomBytes(8).toString("hex")}`;
  bmc.sessions.set(token, { id, token, user: account.userName });
  return token;
}

function logIn({ server, body }: RedfishCall): RedfishAnswer {
  const [user, password] = [text(body, "UserName"), text(body, "Password")];
  if (user === undefined || password === undefined) {
    return message(server, 400, "PropertyMissing", user === undefined ? "UserName" : "Password");
  }
  if (server.bmc.sessions.size >= MOST) return message(server, 503, "SessionLimitExceeded");
  const token = openSession(server.bmc, user, password);
  const session = token === undefined ? undefined : server.bmc.sessions.get(token);
  if (session === undefined) return message(server, 401, "UnauthorizedLoginAttempt");
  const path = `${PATH}/${session.id}`;
  return {
    status: 201,
    headers: { "X-Auth-Token": session.token, Location: `${path}/` },
    body: { ...head(path, "Session", "1_0_0", session.id, "Manager Session"), UserName: session.user },
  };
}

function find(bmc: BmcState, id: string | undefined) {
  return [...bmc.sessions.values()].find((session) => session.id === id);
}
