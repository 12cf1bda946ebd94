import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";

const link = z.string().regex(/^[^:]+:[0-7]$/, "un lien s’écrit nœud:numéro");

const storage = z.strictObject({
  nom: z.string(),
  type: z.enum(["dir", "lvmthin", "lvm", "zfspool", "rbd"]),
  contenu: z.array(z.string()).default(["images", "rootdir"]),
  /** Les autres clés de storage.cfg : path, pool, vgname… */
  options: z.record(z.string(), z.string()).default({}),
  partage: z.boolean().optional(),
  noeuds: z.array(z.string()).default([]),
});

const guest = z.strictObject({
  id: z.int().min(100),
  nom: z.string(),
  noeud: z.string(),
  /** Mio */
  memoire: z.int().min(16).default(2048),
  coeurs: z.int().min(1).default(2),
  /** La taille est en Gio. */
  disque: z.strictObject({ stockage: z.string(), taille: z.int().min(1) }),
  reseau: z.strictObject({
    pont: z.string().default("vmbr0"),
    adresse: z.ipv4().optional(),
    etiquette: z.int().optional(),
    mac: z.string().optional(),
  }),
  /** Une seconde carte, net1. */
  "seconde-carte": z.strictObject({ pont: z.string(), adresse: z.ipv4() }).optional(),
  etat: z.enum(["en-marche", "arretee"]).default("en-marche"),
  agent: z.boolean().default(true),
  "en-marche-depuis": z.int().min(0).default(86_400),
});

/** The physical server of a node, with its management controller. */
const server = z.strictObject({
  noeud: z.string(),
  adresse: z.ipv4(),
  masque: z.ipv4(),
  controleur: z.enum(["ilo5", "ilo6"]).default("ilo6"),
  /** RAID volumes over all its drives, and how many. */
  volume: z.enum(["en-ligne", "hors-ligne"]).optional(),
  volumes: z.int().min(1).default(1),
  /** Chapter 1 has been there: the operator's own account, a fixed address. */
  configure: z.boolean().default(false),
});

const scenarioSchema = z.strictObject({
  /** One line, as `lab --help` shows it. */
  nom: z.string(),
  /** The chapter that begins here, when one does. */
  chapitre: z.int().positive().optional(),
  domaine: z.string(),
  prefixe: z.int().min(1).max(32),
  passerelle: z.ipv4(),
  noeuds: z
    .array(
      z.strictObject({
        nom: z.string(),
        adresse: z.ipv4(),
        "en-marche-depuis": z.int().min(60),
        /** La machine virtuelle d’un autre nœud dans laquelle vit celui-ci. */
        heberge: z.strictObject({ sur: z.string(), id: z.int().min(100) }).optional(),
        /** Gio du disque sur lequel le système est, ou sera, installé. */
        "disque-systeme": z.int().min(8).optional(),
        /** Nothing is installed on it yet. */
        nu: z.boolean().default(false),
      }),
    )
    .min(1),
  serveurs: z.array(server).default([]),
  cluster: z.strictObject({ nom: z.string().max(15) }).optional(),
  ceph: z.strictObject({ reseau: z.string(), disque: z.string().optional(), pool: z.string().optional() }).optional(),
  /** Images ISO laissées dans le stockage « local » d’un nœud, en Gio. */
  depots: z
    .array(z.strictObject({ noeud: z.string(), nom: z.string().endsWith(".iso"), taille: z.number().positive() }))
    .default([]),
  /** Images de disque déposées sur chaque nœud, par chemin. */
  images: z.array(z.string().startsWith("/")).optional(),
  stockages: z.array(storage).optional(),
  invites: z.array(guest).optional(),
  /** Guests under HA, by number; `noeuds` are the nodes with their priorities, under the name of a group (8.4) or a rule (9). */
  ha: z
    .strictObject({ nom: z.string().min(2), noeuds: z.string(), ressources: z.array(z.int().min(100)).min(1) })
    .optional(),
  /** One zone (vxlan over all nodes), VNet and subnet, applied. */
  sdn: z
    .strictObject({ zone: z.string(), vnet: z.string(), numero: z.int(), reseau: z.cidrv4(), passerelle: z.ipv4() })
    .optional(),
  pannes: z
    .strictObject({
      eteints: z.array(z.string()).default([]),
      "liens-coupes": z.array(link).default([]),
      "api-lente": z.record(z.string(), z.int().min(0)).default({}),
      "ssh-refuse": z.array(z.string()).default([]),
      "disque-plein": z.array(z.string()).default([]),
      "certificat-expire": z.array(z.string()).default([]),
      "restes-sur-disque": z.array(z.string()).default([]),
      "osd-arretes": z.array(z.int().min(0)).default([]),
    })
    .partial()
    .default({}),
});

/** What a lab starts from: nodes, whether they are a cluster already, and what is broken. Keys are French, as people write them. */
export type Scenario = z.infer<typeof scenarioSchema>;

const FOLDER = join(import.meta.dirname, "..", "scenarios");

/** Names of the scenarios that come with the lab. */
export async function scenarioNames(): Promise<string[]> {
  const files = await readdir(FOLDER);
  return files
    .filter((file) => file.endsWith(".yaml"))
    .map((file) => file.slice(0, -".yaml".length))
    .sort();
}

/** Reads a scenario by its name; throws with the names there are, or with what is wrong in the file. */
export async function loadScenario(name: string): Promise<Scenario> {
  const known = await scenarioNames();
  if (!known.includes(name)) {
    throw new Error(`Scénario inconnu : « ${name} ». Choisissez parmi : ${known.join(", ")}.`);
  }
  const result = scenarioSchema.safeParse(parse(await readFile(join(FOLDER, `${name}.yaml`), "utf8")));
  if (result.success) return result.data;
  throw new Error(`Le scénario « ${name} » n’est pas valide : ${z.prettifyError(result.error)}`);
}
