import type { NodeState } from "../state/node.ts";
import { type AuthContext, type Connection, utils } from "./ssh2.ts";

const METHODS = ["publickey", "password", "keyboard-interactive"] as const;

/** Answers the login attempts of a connection as a node's sshd does: root only, by password or by a key of its authorized_keys. */
export function authenticate(node: NodeState, connection: Connection): void {
  connection.on("authentication", (attempt) => {
    if (attempt.username !== "root") {
      attempt.reject([...METHODS]);
      return;
    }
    switch (attempt.method) {
      case "password":
        settle(attempt, attempt.password === node.rootPassword);
        return;
      case "keyboard-interactive":
        attempt.prompt([{ prompt: "Password: ", echo: false }], (answers) =>
          settle(attempt, answers[0] === node.rootPassword),
        );
        return;
      case "publickey":
        settle(attempt, isAuthorized(node, attempt));
        return;
      default:
        attempt.reject([...METHODS]);
    }
  });
}

function settle(attempt: AuthContext, right: boolean): void {
  if (right) attempt.accept();
  else attempt.reject([...METHODS]);
}

function isAuthorized(node: NodeState, attempt: Extract<AuthContext, { method: "publickey" }>): boolean {
  const lines = node.files.get("/root/.ssh/authorized_keys")?.split("\n") ?? [];
  return lines.some((line) => {
    const known = utils.parseKey(line);
    if (line.trim() === "" || known instanceof Error) return false;
    if (!known.getPublicSSH().equals(attempt.key.data)) return false;
    // Without a signature the client only asks whether this key would do.
    if (!attempt.signature || !attempt.blob) return true;
    return known.verify(attempt.blob, attempt.signature, attempt.hashAlgo) === true;
  });
}
