import type { InventoryNode } from "../model/inventory.ts";
import type { HttpAnswer } from "../transports/port.ts";
import type { Observation } from "./observation.ts";

interface Need {
  readonly path: string;
  readonly privilege: string;
  /** What stays impossible without it. */
  readonly without: string;
}

/** What the runbooks do by API or web page; what they do over ssh, they do as root. */
export const NEEDS: readonly Need[] = [
  { path: "/", privilege: "Sys.Audit", without: "l’état du cluster, de Ceph et de HA (chapitres 3 à 5)" },
  { path: "/", privilege: "Sys.Modify", without: "les fenêtres de création du cluster et de Ceph (chapitres 3 et 4)" },
  { path: "/nodes", privilege: "Sys.Audit", without: "les vues des nœuds" },
  { path: "/nodes", privilege: "Sys.Modify", without: "les fenêtres des nœuds : OSD, pools (chapitre 4)" },
  { path: "/nodes", privilege: "Sys.Console", without: "la console des nœuds (chapitre 1)" },
  { path: "/storage", privilege: "Datastore.Audit", without: "les vues du stockage (chapitre 4)" },
  { path: "/vms", privilege: "VM.Audit", without: "les vues des VM (chapitres 2, 5 à 7)" },
  { path: "/vms", privilege: "VM.Console", without: "l’écran des VM (chapitre 2)" },
  { path: "/vms", privilege: "VM.Migrate", without: "la migration (chapitre 6)" },
  { path: "/sdn", privilege: "SDN.Audit", without: "les vues du SDN (chapitre 7)" },
  { path: "/sdn", privilege: "SDN.Allocate", without: "les fenêtres du SDN (chapitre 7)" },
];

type Permissions = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** What the account lacks, by what `/access/permissions` says of it; undefined: it was not said. */
export function judgePrivileges(
  node: InventoryNode,
  permissions: Permissions | undefined,
  { status, reason }: Pick<HttpAnswer, "status" | "reason">,
): Observation {
  const seen = { subject: { type: "node", name: node.name }, check: "api-privileges" } as const;
  const { token } = node.pve ?? {};
  const user = token?.id ?? node.pve?.user ?? "";
  if (permissions === undefined)
    return { ...seen, status: "unchecked", text: `droits inconnus (HTTP ${status} ${reason})`.replace(" )", ")") };
  const missing = NEEDS.filter(({ path, privilege }) => !holds(permissions, path, privilege));
  if (missing.length === 0) return { ...seen, status: "ok", text: user };
  const audits = !missing.some(({ privilege }) => privilege.endsWith(".Audit"));
  const words = missing.map(({ path, privilege, without }) => `${privilege} sur ${path} : ${without}`);
  return {
    ...{ ...seen, code: "API_PRIVILEGES", status: audits ? "warning" : "error" },
    text: `il manque à ${user} ${words.join(" ; ")}`,
    remedy: `Employez root@pam, ou donnez-lui ces droits : pveum acl modify / --${token === undefined ? "users" : "tokens"} '${user}' --roles Administrator (ou un rôle qui les a).`,
  };
}

/** What is given on a path goes down from the nearest one above that is listed and lets it. */
function holds(permissions: Permissions, path: string, privilege: string): boolean {
  if (Object.hasOwn(permissions, path)) return Object.hasOwn(permissions[path] ?? {}, privilege);
  if (path === "/") return false;
  const above = path.slice(0, Math.max(1, path.lastIndexOf("/")));
  return Number(permissions[above]?.[privilege] ?? 0) === 1;
}
