import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";

const link = z.string().regex(/^[^:]+:[0-7]$/, "un lien s’écrit nœud:numéro");

/** The physical server of a node, with its management controller. */
const server = z.strictObject({
  noeud: z.string(),
  adresse: z.ipv4(),
  masque: z.ipv4(),
  controleur: z.enum(["ilo5", "ilo6"]).default("ilo6"),
  /** A RAID volume over all its drives. */
  volume: z.enum(["en-ligne", "hors-ligne"]).optional(),
});

const scenarioSchema = z.strictObject({
  nom: z.string(),
  domaine: z.string(),
  prefixe: z.int().min(1).max(32),
  passerelle: z.ipv4(),
  noeuds: z
    .array(
      z.strictObject({
        nom: z.string(),
        adresse: z.ipv4(),
        "en-marche-depuis": z.int().min(60),
        /** Nothing is installed on it yet. */
        nu: z.boolean().default(false),
      }),
    )
    .min(1),
  serveurs: z.array(server).default([]),
  cluster: z.strictObject({ nom: z.string().max(15) }).optional(),
  pannes: z
    .strictObject({
      eteints: z.array(z.string()).default([]),
      "liens-coupes": z.array(link).default([]),
      "api-lente": z.record(z.string(), z.int().min(0)).default({}),
      "ssh-refuse": z.array(z.string()).default([]),
      "disque-plein": z.array(z.string()).default([]),
      "certificat-expire": z.array(z.string()).default([]),
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
