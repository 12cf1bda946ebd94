import { createHash } from "node:crypto";
import { debianRepositories, proxmoxRepositories, standardRepositories } from "../repositories.ts";
import type { ApiCall, Route } from "../route.ts";

/** `/nodes/NODE/subscription` and `apt/repositories`: a fresh installation without a subscription key. */
export const nodeSoftwareRoutes: readonly Route[] = [
  { method: "GET", path: "/nodes/{node}/subscription", handle: subscription },
  { method: "GET", path: "/nodes/{node}/apt/repositories", handle: repositories },
];

function subscription({ node }: ApiCall) {
  return {
    status: "notfound",
    message: "There is no subscription key",
    serverid: createHash("md5").update(node.sshHostKey.publicKey).digest("hex").toUpperCase(),
    url: "https://www.proxmox.com/en/proxmox-virtual-environment/pricing",
  };
}

function repositories({ node }: ApiCall) {
  const files = [debianRepositories(node.versions.debian), proxmoxRepositories(node.versions.debian)];
  const digest = createHash("sha256").update(JSON.stringify(files)).digest("hex");
  return { files, errors: [], infos: [], digest, "standard-repos": standardRepositories(node.versions.debian) };
}
