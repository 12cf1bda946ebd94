/** What differs between Proxmox VE 8.4 and 9 in the API: all of it stands here, and in the table of docs/kinds/http.md. */
interface Difference {
  readonly method: RegExp;
  readonly path: RegExp;
  /** What to know, in French. */
  readonly text: string;
}

const ANY = /./;
const WRITES = /^(?:POST|PUT|DELETE)$/;

const DIFFERENCES: readonly Difference[] = [
  {
    method: ANY,
    path: /^\/cluster\/ha\/rules(?:\/|\?|$)/,
    text: "les règles HA existent depuis Proxmox VE 9 ; en 8.4, ce sont des groupes (/cluster/ha/groups)",
  },
  {
    method: ANY,
    path: /^\/cluster\/ha\/groups(?:\/|\?|$)/,
    text: "depuis Proxmox VE 9, les groupes HA sont des règles (/cluster/ha/rules), faites après la ressource qu’elles nomment",
  },
  {
    method: /^POST$/,
    path: /^\/cluster\/ha\/status\/(?:dis)?arm-ha(?:\?|$)/,
    text: "désarmer la HA date de Proxmox VE 9 (vu en 9.2)",
  },
  {
    method: /^GET$/,
    path: /^\/cluster\/resources\?(?:.*&)?type=(?:network|sdn)(?:&|$)/,
    text: "le type des ressources du SDN a changé (sdn en 8.4, network en 9) et le filtre n’a pas suivi : demandez /cluster/resources entier, et choisissez par expect",
  },
  {
    method: ANY,
    path: /^\/cluster\/sdn\/(?:lock|rollback|dry-run|fabrics)(?:\/|\?|$)/,
    text: "verrou, retour arrière, essai à blanc et fabriques du SDN existent depuis Proxmox VE 9",
  },
  {
    method: WRITES,
    path: /^\/access\/roles(?:\/|\?|$)/,
    text: "VM.Monitor n’existe plus depuis Proxmox VE 9 ; VM.GuestAgent.* n’existent pas en 8.4",
  },
];

/** What differs between releases where a request went; undefined when nothing is known to. `/api2/json` before the path does not matter. */
export function pveDifference(method: string, url: string): string | undefined {
  const path = url.replace(/^\/api2\/[a-z]+(?=\/)/, "");
  return DIFFERENCES.find((each) => each.method.test(method.toUpperCase()) && each.path.test(path))?.text;
}
