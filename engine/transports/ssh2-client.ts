// ssh2 is CommonJS: this is the one file that touches its default export.
import ssh2 from "ssh2";

export const { Client, utils, OpenSSHAgent } = ssh2;
export type {
  AnyAuthMethod,
  BaseAgent,
  Client as SshClient,
  ClientChannel,
  KeyboardInteractiveAuthMethod,
  ParsedKey,
  SignCallback,
  SigningRequestOptions,
} from "ssh2";
