import {
  type BaseAgent,
  OpenSSHAgent,
  type ParsedKey,
  type SignCallback,
  type SigningRequestOptions,
} from "./ssh2-client.ts";

/** What an agent holds, and the way to let it sign with one of its keys alone. */
export interface SshAgentKeys {
  readonly keys: readonly ParsedKey[];
  /** An agent that offers only this key: a server refuses after a few tries. */
  only(key: ParsedKey): BaseAgent;
  /** The same, when the key is shown as `shown` (with its certificate); `signed` hears of the signature just before ssh2 does. */
  onlyAs(key: ParsedKey, shown: ParsedKey, signed: (signature: Buffer) => void): BaseAgent;
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
  return (
    keys && {
      keys,
      only: (key) => new OneKeyAgent(socket, key, key, () => {}),
      onlyAs: (key, shown, signed) => new OneKeyAgent(socket, key, shown, signed),
    }
  );
}

class OneKeyAgent extends OpenSSHAgent {
  readonly #key: ParsedKey;
  readonly #shown: ParsedKey;
  readonly #signed: (signature: Buffer) => void;

  constructor(socket: string, key: ParsedKey, shown: ParsedKey, signed: (signature: Buffer) => void) {
    super(socket);
    this.#key = key;
    this.#shown = shown;
    this.#signed = signed;
  }

  override getIdentities(callback: Parameters<BaseAgent<ParsedKey>["getIdentities"]>[0]): void {
    callback(undefined, [this.#shown]);
  }

  override sign(
    _key: unknown,
    data: Buffer,
    options?: SigningRequestOptions | SignCallback,
    callback?: SignCallback,
  ): boolean {
    const done = typeof options === "function" ? options : callback;
    const asked = typeof options === "object" ? options : {};
    // With a certificate the algorithm is settled; ssh2 knows of none then.
    const how = this.#shown === this.#key ? asked : { hash: "sha512" as const };
    return super.sign(this.#key, data, how, (error, signature) => {
      if (signature !== undefined) this.#signed(signature);
      done?.(error, signature);
    });
  }
}
