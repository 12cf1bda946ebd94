import { TOTP, URI } from "otpauth";
import type { ClusterDatabase } from "../state/cluster-database.ts";
import type { NodeState } from "../state/node.ts";
import type { World } from "../state/world.ts";
import { signTicket, verifySigned } from "./tickets.ts";

/** A challenge lives as long as it takes to find one's telephone. */
const CHALLENGE_SECONDS = 300;
const FILE = "priv/tfa.cfg";

/** A code is taken once; a cluster remembers the period of the last one. */
const lastSteps = new WeakMap<ClusterDatabase, number>();

/** Gives root@pam one-time codes, as its TFA panel would: an `otpauth://` address in /etc/pve/priv/tfa.cfg. */
export function addSecondFactor(database: ClusterDatabase, address: string): void {
  const entry = { info: { id: "totp:lab", description: "laboratoire", enable: true }, entry: address };
  database.files.set(FILE, `${JSON.stringify({ users: { "root@pam": { totp: [entry] } } })}\n`);
}

/** What a login whose password was right gets instead of a session; undefined when the user has no second factor. */
export function challengeFor(world: World, node: NodeState, user: string): string | undefined {
  if (codesOf(node.database, user) === undefined) return undefined;
  const offered = encodeURIComponent(JSON.stringify({ totp: true, recovery: [] }));
  return signTicket(world, node, `PVE:!tfa!${offered}:${user}`);
}

/** True when this is our challenge for that user, still young, and the answer `totp:123456` fits it. */
export function answersChallenge(
  world: World,
  node: NodeState,
  user: string,
  challenge: string,
  answer: string,
): boolean {
  const signed = verifySigned(world, node, challenge);
  if (signed === undefined || signed.age > CHALLENGE_SECONDS || !signed.plain.endsWith(`:${user}`)) return false;
  const codes = codesOf(node.database, user);
  const [, token = ""] = /^totp:(\d{6,8})$/.exec(answer) ?? [];
  if (codes === undefined || token === "") return false;
  const timestamp = world.clock.outside();
  const delta = codes.validate({ token, timestamp, window: 1 });
  if (delta === null) return false;
  const step = codes.counter({ timestamp }) + delta;
  if (step <= (lastSteps.get(node.database) ?? 0)) return false;
  lastSteps.set(node.database, step);
  return true;
}

function codesOf(database: ClusterDatabase, user: string): TOTP | undefined {
  const file = database.files.get(FILE);
  if (file === undefined) return undefined;
  const { users } = JSON.parse(file) as { users: Record<string, { totp?: readonly { entry: string }[] }> };
  const address = users[user]?.totp?.[0]?.entry;
  if (address === undefined) return undefined;
  const found = URI.parse(address);
  return found instanceof TOTP ? found : undefined;
}
