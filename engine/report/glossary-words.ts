/** A term of the trade: how it is written, its meaning in both languages. A term without letters of case is looked for in any case. */
export interface KnownTerm {
  readonly term: { readonly fr: string; readonly en: string };
  /** What counts as a use of it in prose. */
  readonly used: RegExp;
  readonly meaning: { readonly fr: string; readonly en: string };
}

function word(pattern: string, flags = "u"): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}_/-])(?:${pattern})(?![\\p{L}\\p{N}_/-])`, flags);
}

function known(name: string | readonly [fr: string, en: string], fr: string, en: string, used?: RegExp): KnownTerm {
  const term = typeof name === "string" ? { fr: name, en: name } : { fr: name[0], en: name[1] };
  const pattern = typeof name === "string" ? `${name}s?` : name.join("s?|");
  return { term, used: used ?? word(pattern, typeof name === "string" ? "u" : "iu"), meaning: { fr, en } };
}

/** Terms that a report on a cluster may use, each explained only where it is. */
export const KNOWN_TERMS: readonly KnownTerm[] = [
  known(
    "API",
    "interface par laquelle un programme commande un service",
    "interface through which a program controls a service",
  ),
  known(
    "BMC",
    "contrôleur d’administration d’un serveur, joignable même éteint",
    "management controller of a server, reachable even when it is off",
  ),
  known(
    ["bridge", "bridge"],
    "commutateur logiciel d’un nœud, auquel se raccordent cartes et machines virtuelles",
    "software switch of a node to which cards and virtual machines connect",
    word("[Bb]ridges?|[Pp]onts? réseau"),
  ),
  known(
    "Ceph",
    "stockage réparti sur les disques de plusieurs nœuds",
    "storage distributed over the disks of several nodes",
  ),
  known(
    "Corosync",
    "service par lequel les nœuds du cluster se voient et votent",
    "service through which the nodes of the cluster see each other and vote",
  ),
  known(
    ["cluster", "cluster"],
    "ensemble de nœuds administrés comme un seul",
    "nodes that are administered as one",
    word("[Cc]lusters?"),
  ),
  known(
    ["haute disponibilité (HA)", "high availability (HA)"],
    "redémarrage d’une machine virtuelle sur un autre nœud quand le sien tombe",
    "restart of a virtual machine on another node when its own fails",
    word("HA|[Hh]aute disponibilité|[Hh]igh availability"),
  ),
  known(
    ["fencing", "fencing"],
    "mise hors jeu d’un nœud injoignable avant de relancer ailleurs ce qu’il portait",
    "taking an unreachable node out before what it ran is started elsewhere",
    word("[Ff]encing|[Ff]enced"),
  ),
  known("iLO", "interface d’administration distante des serveurs HPE", "remote management interface of HPE servers"),
  known("ISO", "image d’un disque d’installation", "image of an installation disc"),
  known("LVM", "gestionnaire de volumes logiques de Linux", "logical volume manager of Linux"),
  known(
    ["migration à chaud", "live migration"],
    "déplacement d’une machine virtuelle d’un nœud à l’autre sans l’arrêter",
    "move of a virtual machine from one node to another without stopping it",
  ),
  known(
    "MON",
    "moniteur Ceph : garde la carte du stockage et vote",
    "Ceph monitor: keeps the map of the storage and votes",
  ),
  known("MGR", "gestionnaire Ceph : mesures et administration", "Ceph manager: metrics and administration"),
  known("MTU", "taille maximale d’une trame réseau", "largest size of a network frame"),
  known(
    ["nœud", "node"],
    "serveur membre du cluster",
    "server that is a member of the cluster",
    word("[Nn]œuds?|[Nn]odes?"),
  ),
  known("OSD", "service Ceph qui gère un disque", "Ceph service that manages one disk"),
  known("PG", "groupe de placement Ceph : part d’un pool", "Ceph placement group: a share of a pool"),
  known(
    ["quorum", "quorum"],
    "majorité des voix sans laquelle le cluster refuse tout changement",
    "majority of votes without which the cluster refuses any change",
    word("[Qq]uorum"),
  ),
  known("QEMU", "programme qui exécute les machines virtuelles", "program that runs the virtual machines"),
  known("RAID", "réunion de plusieurs disques en un volume", "several disks joined into one volume"),
  known("RBD", "disque virtuel réparti dans Ceph", "virtual disk distributed in Ceph"),
  known("Redfish", "API normalisée des contrôleurs d’administration", "standard API of management controllers"),
  known(
    "SDN",
    "réseaux définis par logiciel pour tout le cluster",
    "networks defined by software for the whole cluster",
  ),
  known(
    "SSH",
    "accès chiffré à la ligne de commande d’une machine",
    "encrypted access to a machine’s command line",
    word("SSH|ssh"),
  ),
  known("TLS", "chiffrement et identité d’une liaison web", "encryption and identity of a web connection"),
  known("UEFI", "micrologiciel de démarrage d’un serveur", "boot firmware of a server"),
  known("VLAN", "réseau séparé porté par le même câble", "separate network carried by the same cable"),
  known("VM", "machine virtuelle", "virtual machine"),
  known("VNet", "réseau virtuel d’une zone SDN", "virtual network of an SDN zone"),
  known(
    "VXLAN",
    "réseau virtuel porté par des tunnels entre nœuds",
    "virtual network carried by tunnels between nodes",
  ),
  known(
    "watchdog",
    "minuterie qui redémarre un nœud bloqué",
    "timer that restarts a node that hangs",
    word("[Ww]atchdogs?"),
  ),
];

/** Words of the report itself, explained in every glossary. */
export const OWN_TERMS: readonly Omit<KnownTerm, "used">[] = [
  {
    term: { fr: "action", en: "action" },
    meaning: { fr: "bloc qui change quelque chose", en: "block that changes something" },
  },
  {
    term: { fr: "bloc", en: "block" },
    meaning: {
      fr: "étape exécutable d’un runbook, avec sa réponse et son jugement",
      en: "executable step of a runbook, with its answer and its judgement",
    },
  },
  {
    term: { fr: "contrôle", en: "check" },
    meaning: { fr: "bloc qui regarde sans rien changer", en: "block that looks and changes nothing" },
  },
  {
    term: { fr: "empreinte (SHA-256)", en: "digest (SHA-256)" },
    meaning: {
      fr: "nombre qui change dès qu’un octet du fichier change",
      en: "number that changes as soon as one byte of the file does",
    },
  },
  {
    term: { fr: "journal", en: "journal" },
    meaning: {
      fr: "suite des événements de l’exécution, chacun lié au précédent par son empreinte",
      en: "the run’s events, each tied to the one before by its digest",
    },
  },
  {
    term: { fr: "pièce", en: "evidence file" },
    meaning: {
      fr: "fichier gardé par l’exécution : sortie, image, réponse",
      en: "file kept by the run: output, picture, answer",
    },
  },
];
