import { type BaseAgent, OpenSSHAgent, type ParsedKey } from "./ssh2-client.ts";

/** What an agent holds, and the way to let it sign with one of its keys alone. */
export interface SshAgentKeys {
  readonly keys: readonly ParsedKey[];
  /** An agent that offers only this key: a server refuses after a few tries. */
  only(key: ParsedKey): BaseAgent;
}

const ANSWER_MS = 10_000;

/** Asks the agent behind a socket; undefined when none answers in ten seconds. */
export async function agentKeys(socket: string): Promise<SshAgentKeys | undefined> {
  const { promise, resolve } = Promise.withResolvers<readonly ParsedKey[] | undefined>();
  const enough = setTimeout(() => resolve(undefined), ANSWER_MS);
  new OpenSSHAgent(socket).getIdentities((error, keys) =>
    resolve(error ? undefined : (keys as ParsedKey[] | undefined)),
  );
  const keys = await promise.finally(() => clearTimeout(enough));
  return keys && { keys, only: (key) => new OneKeyAgent(socket, key) };
}

class OneKeyAgent extends OpenSSHAgent {
  readonly #key: ParsedKey;

  constructor(socket: string, key: ParsedKey) {
    super(socket);
    this.#key = key;
  }

  override getIdentities(callback: Parameters<BaseAgent<ParsedKey>["getIdentities"]>[0]): void {
    callback(undefined, [this.#key]);
  }
}
