import { createHash } from "node:crypto";
import { repositoriesOf } from "../repositories.ts";
import type { ApiCall, Route } from "../route.ts";

/** `/nodes/NODE/subscription` and `apt/repositories`: a fresh installation without a subscription key. */
export const nodeSoftwareRoutes: readonly Route[] = [
  { method: "GET", path: "/nodes/{node}/subscription", handle: subscription },
  { method: "GET", path: "/nodes/{node}/apt/repositories", handle: ({ node }) => repositoriesOf(node) },
  // The lab's nodes have the newest packages that there are for their release.
  { method: "GET", path: "/nodes/{node}/apt/update", handle: () => [] },
];

function subscription({ node }: ApiCall) {
  return {
    status: "notfound",
    message: "There is no subscription key",
    serverid: createHash("md5").update(node.sshHostKey.publicKey).digest("hex").toUpperCase(),
    url: "https://www.proxmox.com/en/proxmox-virtual-environment/pricing",
  };
}
