import { writeClusterLog } from "../../state/cluster-log.ts";
import { PveError } from "../../state/pve-error.ts";
import { rootCapabilities } from "../capabilities.ts";
import type { ParameterSchema } from "../parameters.ts";
import type { ApiCall, Route } from "../route.ts";
import { answersChallenge, challengeFor } from "../second-factor.ts";
import { createSession, verifyTicket } from "../tickets.ts";

const TICKET: ParameterSchema = {
  username: { required: true, maxLength: 64 },
  password: { required: true },
  realm: { maxLength: 32 },
  otp: {},
  path: {},
  privs: {},
  "new-format": { type: "boolean" },
  "tfa-challenge": {},
};

/** `/access`: sessions, realms, users. The lab knows root@pam alone. */
export const accessRoutes: readonly Route[] = [
  { method: "POST", path: "/access/ticket", open: true, relayed: true, parameters: TICKET, handle: logIn },
  { method: "GET", path: "/access/ticket", open: true, handle: () => null },
  { method: "GET", path: "/access/domains", open: true, handle: () => DOMAINS },
  {
    method: "GET",
    path: "/access/users",
    relayed: true,
    parameters: { full: { type: "boolean" }, enabled: { type: "boolean" } },
    handle: () => [{ userid: "root@pam", enable: 1, expire: 0, "realm-type": "pam" }],
  },
  {
    method: "GET",
    path: "/access/permissions",
    parameters: { path: {}, userid: {} },
    handle: permissions,
  },
  { method: "GET", path: "/access/acl", handle: () => [] },
];

const DOMAINS = [
  { realm: "pam", type: "pam", comment: "Linux PAM standard authentication" },
  { realm: "pve", type: "pve", comment: "Proxmox VE authentication server" },
];

/** root@pam may do everything on every path; without a path, the usual ones are listed. */
function permissions({ world, params }: ApiCall) {
  const all = Object.assign({}, ...Object.values(rootCapabilities(world.dialect))) as Record<string, 1>;
  const paths = params["path"] === undefined ? PATHS : [params["path"]];
  return Object.fromEntries(paths.map((path) => [path, all]));
}

const PATHS = ["/", "/access", "/access/groups", "/nodes", "/pool", "/sdn", "/storage", "/vms"];

function logIn({ world, node, params }: ApiCall) {
  const { username = "", password = "", realm, "tfa-challenge": challenge } = params;
  const user = realm !== undefined && !username.includes("@") ? `${username}@${realm}` : username;
  // The interface renews a session by giving its ticket where the password goes; that one was whole already.
  const renewed = user === "root@pam" && verifyTicket(world, node, password) === user;
  const answered = challenge !== undefined && answersChallenge(world, node, user, challenge, password);
  const known = user === "root@pam" && password === node.rootPassword && challenge === undefined;
  if (!renewed && !answered && !known) throw new PveError("authentication failure", 401);
  const asked = known ? challengeFor(world, node, user) : undefined;
  if (asked !== undefined) return { username: user, ticket: asked, NeedTFA: 1 };
  const message = `successful auth for user '${user}'`;
  writeClusterLog(world, node, { priority: 6, tag: "pvedaemon", user, message });
  const { ticket, csrf } = createSession(world, node, user);
  const clustername = node.database.corosync?.name;
  return {
    username: user,
    ticket,
    CSRFPreventionToken: csrf,
    cap: rootCapabilities(world.dialect),
    ...(clustername === undefined ? {} : { clustername }),
  };
}
