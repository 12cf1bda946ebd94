import fc from "fast-check";
import { expect, test } from "vitest";
import { parseInventory } from "../../../engine/inventory/index.ts";
import { chain, messagesOf, mistakesOf } from "./support.ts";

const NODES = "nodes: { pve1: { address: 192.0.2.1 }, pve2: { address: 192.0.2.2 } }\n";

const cases: readonly (readonly [name: string, text: string])[] = [
  ["YAML that does not close", "nodes: { pve1: [\n"],
  ["a tab as indentation", "nodes:\n\tpve1: { address: a }\n"],
  ["a quote that does not close", `${NODES}nom: "a\n`],
  ["two keys on a line", `${NODES}nom: a: b\n`],
  ["two documents", `${NODES}---\nnom: a\n`],
  ["a key written twice", `${NODES}nom: a\nnom: b\n`],
  ["a list instead of keys", "- pve1\n"],
  ["an empty file", ""],
  ["an alias without an anchor", `${NODES}nom: *a\n`],
  ["an unknown key at the top", `${NODES}groupes: {}\n`],
  ["an unknown key of a node", "nodes:\n  pve1:\n    adress: 192.0.2.1\n"],
  ["an unknown key of an access", "nodes:\n  pve1: { address: a, ssh: { prot: 22 } }\n"],
  ["an unknown key that resembles none", "nodes:\n  pve1: { address: a, pve: { zzz: 1 } }\n"],
  ["a bad port", "nodes:\n  pve1: { address: a, ssh: { port: 99999 } }\n"],
  ["a bad port in connect", "defaults: { ssh: { connect: 'h:70000' } }\nnodes:\n  pve1: { address: a }\n"],
  ["connect without a port", "nodes:\n  pve1: { address: a, connect: { ssh: 127.0.0.1 } }\n"],
  ["connect given twice", "nodes:\n  pve1: { address: a, connect: { ssh: 'h:1' }, ssh: { connect: 'h:2' } }\n"],
  [
    "connect for an access that is not offered",
    "nodes:\n  pve1: { address: a, connect: { pve: 'h:1' }, pve: false }\n",
  ],
  ["a short fingerprint", "nodes:\n  pve1: { address: a, pve: { fingerprint: 'AB:CD' } }\n"],
  ["a bad host key", "nodes:\n  pve1: { address: a, ssh: { host-key: [MD5:aa] } }\n"],
  ["a bad jump", "nodes:\n  pve1: { address: a, ssh: { jump: 'a b' } }\n"],
  ["a sudo that is a number", "nodes:\n  pve1: { address: a, ssh: { sudo: 3 } }\n"],
  ["a sudo whose secret is not declared", "nodes:\n  pve1: { address: a, ssh: { sudo: hunter2 } }\n"],
  ["an access that is a word", "nodes:\n  pve1: { address: a, ssh: oui }\n"],
  ["a Proxmox user without its realm", "nodes:\n  pve1: { address: a, pve: { user: root } }\n"],
  ["a node without an address", "nodes:\n  pve1: { hostname: a }\n"],
  ["a node without anything", "nodes:\n  pve1:\n"],
  ["no nodes", "nom: vide\n"],
  ["two nodes at one address", "nodes:\n  pve1: { address: srv }\n  pve2: { address: SRV }\n"],
  ["a node named local", "nodes:\n  local: { address: a }\n"],
  ["a node name that is not one", "nodes:\n  pve 1: { address: a }\n"],
  ["two names for one environment variable", "nodes:\n  pve-1: { address: a }\n  pve_1: { address: b }\n"],
  ["a group with an unknown node", `${NODES}groups:\n  noeuds: [pve1, pev2]\n`],
  ["a group named like a node", `${NODES}groups:\n  pve1: [pve2]\n`],
  ["a group without nodes", `${NODES}groups:\n  vide: []\n`],
  ["a node twice in a group", `${NODES}groups:\n  noeuds: [pve1, pve2, pve1]\n`],
  ["a group that is a word", `${NODES}groups:\n  noeuds: pve1\n`],
  ["a secret in clear", `${NODES}secrets:\n  root_password: hunter2\n`],
  ["a secret in clear that is a number", `${NODES}secrets:\n  root_password: 12345\n`],
  ["a secret by an unknown means", `${NODES}secrets:\n  root_password: { vault: a }\n`],
  [
    "a password instead of a secret's name",
    "nodes:\n  pve1: { address: a, ssh: { password: hunter2 } }\nsecrets: { autre: { env: A } }\n",
  ],
  [
    "a misspelt secret",
    "defaults: { pve: { password: rot } }\nnodes:\n  pve1: { address: a }\nsecrets: { root: { env: A } }\n",
  ],
  ["a power that nobody commands", "nodes:\n  pve1: { address: a, power: bmc }\n"],
  ["a power by an unknown means", "nodes:\n  pve1: { address: a, power: ipmi }\n"],
  ["a power command without its return", "nodes:\n  pve1: { address: a, power: { host: local, off: coupe } }\n"],
  ["a guard that does not exist", `${NODES}guard: loopbak\n`],
  ["a time scale of zero", `${NODES}echelle-temps: 0\n`],
  ["a variable that is a list", `${NODES}vars: { a: [1] }\n`],
  ["a variable without a value", `${NODES}vars:\n  a:\n`],
];

test("parseInventory() explains each mistake at its place", () => {
  const explained = cases.map(([name, text]) => [name, ...mistakesOf(text)].join("\n  "));
  expect(explained.join("\n")).toMatchInlineSnapshot(`
    "YAML that does not close
      1:17 yaml-syntax — YAML mal formé : le crochet ouvert par « [ » n’est jamais fermé — ajoutez « ] » là où la liste finit
    a tab as indentation
      2:1 yaml-syntax — YAML mal formé : une tabulation sert de retrait — remplacez la tabulation par des espaces : YAML ne l’admet pas
    a quote that does not close
      2:8 yaml-syntax — YAML mal formé : le guillemet ouvert par « "a » n’est jamais fermé — ajoutez « " » là où le texte finit
    two keys on a line
      2:6 yaml-syntax — YAML mal formé : deux clés se suivent sur la même ligne — passez à la ligne, ou mettez la valeur entre guillemets si elle contient « : »
    two documents
      2:1 yaml-syntax — YAML mal formé : plusieurs documents YAML se suivent — retirez la ligne « --- » ou « ... »
    a key written twice
      3:1 yaml-syntax — YAML mal formé : cette clé est écrite deux fois — gardez-en une seule
    a list instead of keys
      1:1 inventory-value — l’inventaire doit être une suite de clés et de valeurs — par exemple nodes: { pve1: { address: 192.0.2.11 } }
    an empty file
      1:1 inventory-empty — l’inventaire n’a aucun nœud — ajoutez au moins un nœud, par exemple nodes: { pve1: { address: 192.0.2.11 } }
    an alias without an anchor
      1:1 yaml-alias — alias YAML sans ancre, ou trop imbriqué — écrivez la valeur en toutes lettres
    an unknown key at the top
      2:1 inventory-unknown-key — clé inconnue : « groupes » — vouliez-vous dire « groups » ?
    an unknown key of a node
      3:5 inventory-unknown-key — clé inconnue : « adress » — vouliez-vous dire « address » ?
    an unknown key of an access
      2:30 inventory-unknown-key — clé inconnue : « prot » — vouliez-vous dire « port » ?
    an unknown key that resembles none
      2:30 inventory-unknown-key — clé inconnue : « zzz » — clés possibles ici : user, host, port, connect, password, totp, token, fingerprint
    a bad port
      2:36 inventory-value — « nodes.pve1.ssh.port » doit être un port TCP, de 1 à 65535 — par exemple port: 22
    a bad port in connect
      1:29 inventory-value — le port de « h:70000 » n’existe pas — écrivez hôte:port avec un port de 1 à 65535
    connect without a port
      2:39 inventory-value — « nodes.pve1.connect.ssh » doit être l’adresse où la liaison va vraiment, hôte:port — par exemple connect: "127.0.0.1:2201"
    connect given twice
      2:39 inventory-connect-twice — « connect » est donné deux fois pour ssh — gardez « connect.ssh » ou « ssh.connect »
    connect for an access that is not offered
      2:39 inventory-connect-twice — « connect.pve » pour un nœud sans pve — retirez « pve: false » ou « connect.pve »
    a short fingerprint
      2:43 inventory-value — « nodes.pve1.pve.fingerprint » doit être l’empreinte SHA-256 du certificat, 32 paires hexadécimales séparées par « : » — par exemple fingerprint: AB:CD:… ; relevez-la sur le nœud par pvenode cert info
    a bad host key
      2:41 inventory-value — « nodes.pve1.ssh.host-key.0 » doit être une empreinte de clé d’hôte comme OpenSSH l’imprime (SHA256: et 43 caractères), ou une liste — par exemple host-key: SHA256:… ; relevez-la sur le nœud par ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub
    a bad jump
      2:36 inventory-value — « nodes.pve1.ssh.jump » doit être les machines de rebond, comme ProxyJump les écrit ([utilisateur@]hôte[:port], séparées par des virgules), ou « none » — par exemple jump: admin@bastion.example.org:2222
    a sudo that is a number
      2:36 inventory-value — « nodes.pve1.ssh.sudo » doit être « true » (sudo sans mot de passe), ou le nom du secret déclaré sous « secrets » que sudo demande — par exemple sudo: sudo_password
    a sudo whose secret is not declared
      2:36 inventory-secret — « ssh.sudo » de « pve1 » ne nomme aucun secret déclaré — aucun n’est déclaré ; ajoutez-le à l’inventaire
    an access that is a word
      2:28 inventory-value — « nodes.pve1.ssh » doit être un accès ssh, ou « false » s’il n’y en a pas — par exemple ssh: { user: root, port: 22 }
    a Proxmox user without its realm
      2:36 inventory-value — « nodes.pve1.pve.user » doit être un utilisateur de Proxmox avec son domaine — par exemple user: root@pam
    a node without an address
      2:3 inventory-address — le nœud « pve1 » n’a pas d’adresse — écrivez pve1: { address: 192.0.2.11 }
    a node without anything
      2:8 inventory-value — « nodes.pve1 » doit être un nœud — par exemple pve1: { address: 192.0.2.11 }
    no nodes
      1:1 inventory-empty — l’inventaire n’a aucun nœud — ajoutez au moins un nœud, par exemple nodes: { pve1: { address: 192.0.2.11 } }
    two nodes at one address
      3:20 inventory-address — « pve1 » et « pve2 » ont la même adresse SRV — donnez à chaque nœud la sienne, ou retirez le nœud en double
    a node named local
      2:3 inventory-name — « local » désigne déjà la machine qui exécute — donnez un autre nom à ce nœud
    a node name that is not one
      2:3 inventory-name — nom inutilisable : « pve 1 » — un nom commence par une lettre et ne tient que lettres, chiffres, tirets et soulignés
    two names for one environment variable
      3:3 inventory-name — « pve-1 » et « pve_1 » donneraient les mêmes variables d’environnement — donnez un autre nom à ce nœud
    a group with an unknown node
      3:18 inventory-group — le groupe « noeuds » nomme un nœud inconnu : « pev2 » — vouliez-vous dire « pve2 » ?
    a group named like a node
      3:3 inventory-group — le groupe « pve1 » porte le nom d’un nœud — donnez un autre nom au groupe
    a group without nodes
      3:3 inventory-group — le groupe « vide » est vide — écrivez par exemple vide: [pve1, pve2]
    a node twice in a group
      3:24 inventory-group — le groupe « noeuds » nomme deux fois « pve1 » — gardez-le une seule fois
    a group that is a word
      3:11 inventory-value — « groups.noeuds » doit être une liste de noms de nœuds, ou { nodes, groups, vars } — par exemple noeuds: [pve1, pve2, pve3]
    a secret in clear
      3:18 secret-in-clear — secret en clair : « root_password » contient une valeur au lieu d’une référence — écrivez { env: NOM }, { file: chemin } ou { command: "…" }, et changez ce secret s’il a été partagé
    a secret in clear that is a number
      3:18 secret-in-clear — secret en clair : « root_password » contient une valeur au lieu d’une référence — écrivez { env: NOM }, { file: chemin } ou { command: "…" }, et changez ce secret s’il a été partagé
    a secret by an unknown means
      3:18 inventory-value — « secrets.root_password » doit être une référence : une variable d’environnement, un fichier ou une commande — par exemple root_password: { env: PVE_ROOT_PASSWORD }
    a password instead of a secret's name
      2:40 inventory-secret — « ssh.password » de « pve1 » ne nomme aucun secret déclaré — secrets déclarés : autre
    a misspelt secret
      1:30 inventory-secret — « pve.password » de « pve1 » ne nomme aucun secret déclaré — vouliez-vous dire « root » ?
    a power that nobody commands
      2:30 inventory-value — l’alimentation de « pve1 » est confiée à un contrôleur de gestion qu’il n’a pas — ajoutez « bmc » à ce nœud, ou écrivez power: manual, ou power: { host, off, on }
    a power by an unknown means
      2:30 inventory-value — « nodes.pve1.power » doit être « bmc » (le contrôleur de gestion du nœud), « manual » (une personne), ou deux commandes, qui coupent l’alimentation et la rendent, avec l’hôte qui les exécute — par exemple power: { host: pve1, off: "qm stop 102", on: "qm start 102" }
    a power command without its return
      2:30 inventory-value — « nodes.pve1.power.on » doit être la commande qui rend l’alimentation — par exemple on: qm start 102
    a guard that does not exist
      2:8 inventory-value — « guard » doit être « none » ou « loopback » (aucune liaison hors de cette machine) — par exemple guard: loopback
    a time scale of zero
      2:16 inventory-value — « echelle-temps » doit être un nombre strictement positif : combien de fois le temps du laboratoire va plus vite — par exemple echelle-temps: 60
    a variable that is a list
      2:12 inventory-value — « vars.a » doit être un texte, un nombre ou un booléen — par exemple cluster_nom: pve-cluster
    a variable without a value
      3:5 inventory-value — « vars.a » doit être un texte, un nombre ou un booléen — par exemple cluster_nom: pve-cluster"
  `);
});

test.each(cases)("parseInventory() refuses %s", (_, text) => {
  expect(mistakesOf(text).length).toBeGreaterThan(0);
});

test("parseInventory() never repeats what may be a secret", () => {
  for (const [, text] of cases) expect(mistakesOf(text).join()).not.toMatch(/hunter2|12345/);
});

test("parseInventory() puts a mistake on the file of the chain that makes it", () => {
  const files = chain(
    ["base.yaml", "nodes:\n  pve1: { address: a }\n  pve2: { address: b }\n"],
    ["site.yaml", "groups:\n  g: [pve1, pve9]\nnodes:\n  pve2: { address: a }\n"],
  );
  expect(parseInventory(files)).toBeUndefined();
  expect(messagesOf(files)).toEqual([
    "site.yaml:4:20 inventory-address — « pve1 » et « pve2 » ont la même adresse a — donnez à chaque nœud la sienne, ou retirez le nœud en double",
    "site.yaml:2:13 inventory-group — le groupe « g » nomme un nœud inconnu : « pve9 » — vouliez-vous dire « pve1 » ?",
  ]);
});

test("parseInventory() answers any text with an inventory or with messages inside the text", () => {
  const line = fc.constantFrom(
    "nodes:",
    "  a:",
    "    address: x",
    "vars: {",
    "}",
    "- b",
    "&x *y",
    "\t",
    "ssh: false",
    "'",
    "<<: *a",
    "? k",
    "---",
    "...",
    "!!js 1",
    "é: œ",
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(line).map((lines) => lines.join("\n")),
      ),
      (text) => {
        const files = chain(["x.yaml", text]);
        const inventory = parseInventory(files);
        const lines = text.split("\n").length;
        for (const file of files) {
          expect(file.messages.every((m) => (m.line ?? 0) >= 1 && (m.line ?? 0) <= lines + 1 && m.note)).toBe(true);
          expect(file.messages.length > 0).toBe(inventory === undefined);
        }
      },
    ),
  );
});
