import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { ProblemError } from "../base/problem.ts";
import type { InventoryNode, SshAccess } from "../model/inventory.ts";
import { expandHome, type OperatorHost } from "./operator-host.ts";
import type { Secrets } from "./secrets.ts";
import { type AnyAuthMethod, type ParsedKey, utils } from "./ssh2-client.ts";

const DEFAULT_KEYS = ["id_ed25519", "id_ecdsa", "id_rsa"] as const;

/**
 * The ways to log in to a node, in order. What the inventory names (key, password) is all that is tried; the agent and the usual
 * keys serve when it names nothing: a server refuses after a few tries. Throws ProblemError SSH_KEY_UNREADABLE, SSH_KEY_ENCRYPTED.
 */
export async function loginMethods(
  node: InventoryNode,
  ssh: SshAccess,
  secrets: Secrets,
  host: OperatorHost,
  signal: AbortSignal,
): Promise<readonly AnyAuthMethod[]> {
  const username = ssh.user;
  const agent = host.env["SSH_AUTH_SOCK"];
  const methods: AnyAuthMethod[] = [];
  if (ssh.identity !== undefined) methods.push(await identity(node, ssh.identity, username, agent, host));
  if (ssh.password !== undefined) {
    const password = await secrets.value(ssh.password, signal);
    methods.push({ type: "password", username, password });
    methods.push({
      type: "keyboard-interactive",
      username,
      prompt: (_name, _instructions, _language, prompts, finish) => finish(prompts.map(() => password)),
    });
  }
  if (methods.length > 0) return methods;
  if (agent !== undefined && agent !== "") methods.push({ type: "agent", username, agent });
  for (const name of DEFAULT_KEYS) {
    const key = await readFile(`${host.home}/.ssh/${name}`).then(readableKey, () => undefined);
    if (key !== undefined) methods.push({ type: "publickey", username, key });
  }
  return methods;
}

async function identity(
  node: InventoryNode,
  path: string,
  username: string,
  agent: string | undefined,
  host: OperatorHost,
): Promise<AnyAuthMethod> {
  const file = resolve(expandHome(path, host));
  const text = await readFile(file).catch((error: unknown) => {
    throw new ProblemError("SSH_KEY_UNREADABLE", `La clé privée de ${node.name} ne se lit pas : ${path}.`, {
      scope: "environment",
      hint: "Vérifiez le chemin `identity` dans l’inventaire et les droits du fichier.",
      cause: error,
    });
  });
  const key = readableKey(text);
  if (key !== undefined) return { type: "publickey", username, key };
  if (agent !== undefined && agent !== "") return { type: "agent", username, agent };
  throw new ProblemError(
    "SSH_KEY_ENCRYPTED",
    `La clé privée ${path} de ${node.name} est chiffrée, ou n’est pas une clé privée.`,
    {
      scope: "environment",
      hint: "Chargez-la dans un agent (ssh-add), puis relancez.",
    },
  );
}

function readableKey(text: Buffer): ParsedKey | undefined {
  const parsed: ParsedKey | ParsedKey[] | Error = utils.parseKey(text);
  if (parsed instanceof Error) return undefined;
  const key = Array.isArray(parsed) ? parsed[0] : parsed;
  return key?.isPrivateKey() === true ? key : undefined;
}
