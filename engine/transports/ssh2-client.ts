// ssh2 is CommonJS: this is the one file that touches its default export.
import ssh2 from "ssh2";

export const { Client, utils } = ssh2;
export type {
  AnyAuthMethod,
  Client as SshClient,
  ClientChannel,
  ParsedKey,
} from "ssh2";
