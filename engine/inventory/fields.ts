/** What a field must be (noun phrase, after « doit être ») and how to write it; for messages and for the JSON Schema alike. */
export interface Field {
  readonly what: string;
  readonly example: string;
}

/** Every field of an inventory by its key. `node`, `group`, `variable` and `secret` stand for the entries under free names. */
export const FIELDS = {
  inventaire: { what: "une suite de clés et de valeurs", example: "nodes: { pve1: { address: 192.0.2.11 } }" },
  nom: { what: "le nom du site, un texte", example: "nom: site de Lyon" },
  simule: {
    what: "la mention imprimée avec tout ce qui vient d’un laboratoire, un texte",
    example: "simule: laboratoire simulé",
  },
  guard: { what: "« none » ou « loopback » (aucune liaison hors de cette machine)", example: "guard: loopback" },
  "echelle-temps": {
    what: "un nombre strictement positif : combien de fois le temps du laboratoire va plus vite",
    example: "echelle-temps: 60",
  },
  extends: { what: "le chemin d’un autre inventaire, relatif à celui-ci", example: "extends: ../lab.yaml" },
  groups: {
    what: "des groupes, chacun une liste de nœuds, ou ses nœuds, ses sous-groupes et ses variables",
    example: "groups: { noeuds: [pve1, pve2] }",
  },
  group: {
    what: "une liste de noms de nœuds, ou { nodes, groups, vars }",
    example: "noeuds: [pve1, pve2, pve3]",
  },
  members: { what: "une liste de noms de nœuds", example: "nodes: [pve1, pve2]" },
  subgroups: { what: "une liste de noms de groupes, dont les nœuds entrent dans celui-ci", example: "groups: [ceph]" },
  versions: {
    what: "des versions de Proxmox VE, chacune avec ce qui y diffère",
    example: 'versions: { "8.4": { vars: { ceph_version: squid } } }',
  },
  release: {
    what: "ce qui diffère dans cette version de Proxmox VE : des variables",
    example: '"9": { vars: { ceph_version: tentacle } }',
  },
  version: { what: "la version de Proxmox VE du nœud, ou son début", example: 'version: "9.2"' },
  vars: { what: "des variables, chacune un texte", example: "vars: { cluster_nom: pve-cluster }" },
  variable: { what: "un texte, un nombre ou un booléen", example: "cluster_nom: pve-cluster" },
  secrets: {
    what: "des secrets, chacun une référence",
    example: "secrets: { root_password: { env: PVE_ROOT_PASSWORD } }",
  },
  secret: {
    what: "une référence : une variable d’environnement, un fichier ou une commande",
    example: "root_password: { env: PVE_ROOT_PASSWORD }",
  },
  nodes: { what: "des nœuds, chacun sous son nom", example: "nodes: { pve1: { address: 192.0.2.11 } }" },
  defaults: { what: "ce qui vaut pour tous les nœuds", example: "defaults: { ssh: { user: root } }" },
  node: { what: "un nœud", example: "pve1: { address: 192.0.2.11 }" },
  address: { what: "l’adresse nominale du nœud, IP ou nom, sans port", example: "address: 192.0.2.11" },
  hostname: { what: "le nom de la machine dans Proxmox", example: "hostname: srv-pve-01" },
  ssh: { what: "un accès ssh, ou « false » s’il n’y en a pas", example: "ssh: { user: root, port: 22 }" },
  pve: {
    what: "un accès à l’API de Proxmox, ou « false » s’il n’y en a pas",
    example: "pve: { user: root@pam, port: 8006 }",
  },
  power: {
    what: "« bmc » (le contrôleur de gestion du nœud), « manual » (une personne), ou deux commandes, qui coupent l’alimentation et la rendent, avec l’hôte qui les exécute",
    example: 'power: { host: pve1, off: "qm stop 102", on: "qm start 102" }',
  },
  off: { what: "la commande qui coupe l’alimentation", example: "off: qm stop 102" },
  on: { what: "la commande qui rend l’alimentation", example: "on: qm start 102" },
  bmc: {
    what: "un contrôleur de gestion (Redfish), ou « false » s’il n’y en a pas",
    example: "bmc: { host: 192.0.2.131, user: constat, password: bmc_password }",
  },
  accounts: {
    what: "d’autres comptes du contrôleur de gestion, chacun sous son nom",
    example: "accounts: { usine: { user: Administrator, password: bmc_usine } }",
  },
  account: {
    what: "un compte et le nom de son secret",
    example: "usine: { user: Administrator, password: bmc_usine }",
  },
  page: { what: "le chemin d’une page de ce serveur", example: "page: /html/irc.html" },
  console: {
    what: "l’écran d’un nœud qui est une machine virtuelle, ou « false »",
    example: "console: { host: pve1, vmid: 201 }",
  },
  vmid: { what: "le numéro d’une machine virtuelle", example: "vmid: 201" },
  connect: { what: "l’adresse où la liaison va vraiment, hôte:port", example: 'connect: "127.0.0.1:2201"' },
  connects: {
    what: "les adresses où les liaisons vont vraiment",
    example: 'connect: { ssh: "127.0.0.1:2201", pve: "127.0.0.1:8101" }',
  },
  host: { what: "un nom d’hôte ou une adresse, sans port", example: "host: pve1.example.org" },
  port: { what: "un port TCP, de 1 à 65535", example: "port: 22" },
  "host-key": {
    what: "une empreinte de clé d’hôte comme OpenSSH l’imprime (SHA256: et 43 caractères), ou une liste",
    example: "host-key: SHA256:… ; relevez-la sur le nœud par ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub",
  },
  fingerprint: {
    what: "l’empreinte SHA-256 du certificat, 32 paires hexadécimales séparées par « : »",
    example: "fingerprint: AB:CD:… ; relevez-la sur le nœud par pvenode cert info",
  },
  totp: {
    what: "le nom du secret (clé en base 32 ou adresse otpauth://) dont viennent les codes du second facteur",
    example: "totp: root_totp",
  },
  token: {
    what: "un jeton d’API { id, secret }, employé pour l’API à la place du mot de passe, qui reste à l’interface web",
    example: "token: { id: audit@pve!constat, secret: jeton_pve }",
  },
  "token-id": { what: "le nom d’un jeton, utilisateur@domaine!jeton", example: "id: audit@pve!constat" },
  "token-secret": {
    what: "le nom du secret déclaré sous « secrets » qui est la valeur du jeton",
    example: "secret: jeton_pve",
  },
  password: { what: "le nom d’un secret déclaré sous « secrets »", example: "password: root_password" },
  identity: { what: "le chemin d’une clé privée", example: "identity: ~/.ssh/id_ed25519" },
  passphrase: {
    what: "le nom du secret déclaré sous « secrets » qui déchiffre la clé privée",
    example: "passphrase: cle_phrase",
  },
  jump: {
    what: "les machines de rebond, comme ProxyJump les écrit ([utilisateur@]hôte[:port], séparées par des virgules), ou « none »",
    example: "jump: admin@bastion.example.org:2222",
  },
  config: {
    what: "le chemin d’un fichier de configuration ssh, ou « false » pour n’en lire aucun",
    example: "config: ~/.ssh/config",
  },
  sudo: {
    what: "« true » (sudo sans mot de passe), ou le nom du secret déclaré sous « secrets » que sudo demande",
    example: "sudo: sudo_password",
  },
  user: { what: "un nom d’utilisateur", example: "user: root" },
  "user-pve": { what: "un utilisateur de Proxmox avec son domaine", example: "user: root@pam" },
} as const satisfies Readonly<Record<string, Field>>;

export type FieldName = keyof typeof FIELDS;
