import { createHostKey } from "./host-key.ts";
import type { NodeState } from "./node.ts";

const keys = new WeakMap<NodeState, string>();

/** The public half of root's own key on a node, as its `authorized_keys` line. A real node has an RSA key; only its being one node's counts here. */
export function rootKeyOf(node: NodeState): string {
  const known = keys.get(node);
  if (known !== undefined) return known;
  const [type = "", key = ""] = createHostKey(`root@${node.name}`).publicKey.split(" ");
  const line = `${type} ${key} root@${node.name}`;
  keys.set(node, line);
  return line;
}
