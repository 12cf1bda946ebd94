/** Methods that Proxmox VE never lets a token call: what makes or changes a person's own means of entry. */
const NEVER: readonly (readonly [method: RegExp, path: RegExp])[] = [
  [/^POST$/, /^\/access\/ticket$/],
  [/^PUT$/, /^\/access\/password$/],
  [/./, /^\/access\/tfa(?:\/|$)/],
  // A console is opened by one user with two requests; the second one, a websocket, brings a ticket along.
  [/^POST$/, /^\/nodes\/[^/]+\/(?:(?:qemu|lxc)\/\d+\/)?(?:vncproxy|termproxy|spiceproxy|vncshell|spiceshell)$/],
];

/** Methods reserved to root@pam itself, which a token of root@pam is not. */
const ROOT_ONLY: typeof NEVER = [
  [/^POST$/, /^\/cluster\/config(?:\/join)?$/],
  [/^(?:POST|DELETE)$/, /^\/cluster\/config\/nodes\/[^/]+$/],
  [/^POST$/, /^\/nodes\/[^/]+\/execute$/],
];

/** Why a token is of no use for a request (its path without `/api2/json`); undefined when it may be used. */
export function tokenRefusal(method: string, path: string): "ticket" | "root" | undefined {
  const bare = path.replace(/^\/api2\/[a-z]+(?=\/)/, "").replace(/[?#].*$/, "");
  const among = (list: typeof NEVER) => list.some(([verb, what]) => verb.test(method) && what.test(bare));
  if (among(NEVER)) return "ticket";
  return among(ROOT_ONLY) ? "root" : undefined;
}
