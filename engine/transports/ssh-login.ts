import { ProblemError } from "../base/problem.ts";
import { agentKeys, type SshAgentKeys } from "./ssh-agent.ts";
import { type KeyFile, readKeyFile } from "./ssh-key-file.ts";
import { decryptKey } from "./ssh-passphrase.ts";
import { answerPrompts, askedPassword } from "./ssh-password.ts";
import type { SshSetting } from "./ssh-setting.ts";
import type { LoginFile, SshStop } from "./ssh-stop.ts";
import { signedByAgent, type UserCertificate, userCertificates, withCertificate } from "./ssh-user-certificate.ts";
import type { AnyAuthMethod, ParsedKey, SshClient } from "./ssh2-client.ts";

/** One way to log in. What it needs is fetched, or asked of a person, only when its turn comes. */
export interface LoginTry {
  /** For the message when all are refused: `la clé ~/.ssh/id_ed25519`. */
  readonly what: string;
  /** The server's name for it. */
  readonly type: "publickey" | "password" | "keyboard-interactive";
  /** Undefined: it cannot be tried after all. Throws ProblemError SSH_KEY_… or SECRET_…. */
  prepare(signal: AbortSignal, client: SshClient): Promise<AnyAuthMethod | undefined>;
}

interface FoundKey {
  readonly file: LoginFile;
  readonly found: KeyFile;
}

/**
 * The ways to log in at a stop, in OpenSSH's order: the named keys that the agent holds, its other ones, the key files, then a password.
 * What the inventory names (key, password) is all that is tried. Throws ProblemError SSH_KEY_UNREADABLE.
 */
export async function loginTries(
  stop: SshStop,
  setting: SshSetting,
  signal: AbortSignal,
): Promise<readonly LoginTry[]> {
  const { login } = stop;
  const keys = await Promise.all(login.keys.map(async (file) => ({ file, found: await readKeyFile(file.path) })));
  for (const key of keys) assertUsable(stop, key);
  const agent = login.agent === undefined ? undefined : await agentKeys(login.agent);
  signal.throwIfAborted();
  const certificates = await userCertificates(login);
  const named = keys.flatMap((key) => inAgent(key, agent) ?? []);
  const others = login.agentKeysNamed ? [] : (agent?.keys ?? []).filter((key) => !named.some(sameAs(key)));
  const held = [...named, ...others];
  return [
    ...(agent === undefined ? [] : held.flatMap((key) => fromAgent(stop, agent, key, certificates))),
    ...keys
      .filter((key) => inAgent(key, agent) === undefined)
      .flatMap((key) => fromFile(stop, key, certificates, setting)),
    ...(login.password === undefined ? [] : withSecret(stop, login.password, setting)),
    ...(login.settled || setting.person === undefined ? [] : byAsking(stop, setting)),
  ];
}

function inAgent({ found }: FoundKey, agent: SshAgentKeys | undefined): ParsedKey | undefined {
  const publicKey = "publicKey" in found ? found.publicKey : undefined;
  return publicKey && agent?.keys.find((key) => key.getPublicSSH().equals(publicKey));
}

function sameAs(key: ParsedKey): (other: ParsedKey) => boolean {
  return (other) => other.getPublicSSH().equals(key.getPublicSSH());
}

/** With each of its certificates first, as OpenSSH does, then by itself. */
function fromAgent(
  { user: username }: SshStop,
  agent: SshAgentKeys,
  key: ParsedKey,
  certificates: readonly UserCertificate[],
): readonly LoginTry[] {
  const comment = key.comment === undefined || key.comment === "" ? key.type : key.comment;
  const what = `la clé « ${comment} » de l’agent`;
  const certified = certificates.filter(({ publicKey }) => publicKey.equals(key.getPublicSSH()));
  return [
    ...certified.map((certificate): LoginTry => {
      const prepare: LoginTry["prepare"] = async (_signal, client) => {
        const shown = withCertificate(key, certificate, client);
        const only = agent.onlyAs(key, shown, (signature) => signedByAgent(client, certificate, signature));
        return { type: "agent", username, agent: only };
      };
      return { what: `${what} avec ${certificate.file.shown}`, type: "publickey", prepare };
    }),
    { what, type: "publickey", prepare: async () => ({ type: "agent", username, agent: agent.only(key) }) },
  ];
}

function fromFile(
  stop: SshStop,
  { file, found }: FoundKey,
  certificates: readonly UserCertificate[],
  setting: SshSetting,
): readonly LoginTry[] {
  if (found.status !== "open" && found.status !== "encrypted") return [];
  const what = `la clé ${file.shown}${found.status === "encrypted" ? " (chiffrée)" : ""}`;
  const username = stop.user;
  const { publicKey } = found;
  let opened: Promise<ParsedKey | undefined> | undefined;
  const open = (signal: AbortSignal) => {
    opened ??=
      found.status === "open" ? Promise.resolve(found.key) : decryptKey(stop, file, found.text, setting, signal);
    return opened;
  };
  const certified = certificates.filter((other) => publicKey !== undefined && other.publicKey.equals(publicKey));
  return [
    ...certified.map((certificate): LoginTry => {
      const prepare: LoginTry["prepare"] = async (signal, client) => {
        const key = await open(signal);
        return key && { type: "publickey", username, key: withCertificate(key, certificate, client) };
      };
      return { what: `${what} avec ${certificate.file.shown}`, type: "publickey", prepare };
    }),
    {
      what,
      type: "publickey",
      prepare: async (signal) => {
        const key = await open(signal);
        return key && { type: "publickey", username, key };
      },
    },
  ];
}

function withSecret(stop: SshStop, secret: string, setting: SshSetting): readonly LoginTry[] {
  const username = stop.user;
  const value = (signal: AbortSignal) => setting.secrets.value(secret, signal);
  return [
    {
      what: `le mot de passe du secret « ${secret} »`,
      type: "password",
      prepare: async (signal) => ({ type: "password", username, password: await value(signal) }),
    },
    {
      what: "les questions du serveur",
      type: "keyboard-interactive",
      prepare: async (signal) => {
        const prompt = answerPrompts(stop, await value(signal), setting, signal);
        return { type: "keyboard-interactive", username, prompt };
      },
    },
  ];
}

function byAsking(stop: SshStop, setting: SshSetting): readonly LoginTry[] {
  const username = stop.user;
  return [
    {
      what: "les réponses données au terminal",
      type: "keyboard-interactive",
      prepare: async (signal) => ({
        type: "keyboard-interactive",
        username,
        prompt: answerPrompts(stop, undefined, setting, signal),
      }),
    },
    {
      what: "le mot de passe donné au terminal",
      type: "password",
      prepare: async (signal) => {
        const password = await askedPassword(stop, setting, signal);
        return password === undefined ? undefined : { type: "password", username, password };
      },
    },
  ];
}

function assertUsable({ label }: SshStop, { file, found }: FoundKey): void {
  if (!file.wanted || !["absent", "unreadable", "not-a-key"].includes(found.status)) return;
  const why =
    found.status === "not-a-key"
      ? "ce n’est pas une clé"
      : found.status === "absent"
        ? "ce fichier n’existe pas"
        : "ce fichier ne se lit pas";
  throw new ProblemError("SSH_KEY_UNREADABLE", `La clé privée de ${label} ne se lit pas : ${file.shown} (${why}).`, {
    scope: "environment",
    hint: "Vérifiez le chemin `identity` dans l’inventaire et les droits du fichier.",
    ...("cause" in found && { cause: found.cause }),
  });
}
