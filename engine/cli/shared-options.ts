import type { Command } from "commander";
import { chapterNumber, collect } from "./argument-values.ts";

/** The options by which steps are chosen. */
export function addSelection(command: Command): Command {
  return command
    .option("-i, --inventory <fichier>", "inventaire (défaut : celui du laboratoire démarré)")
    .option(
      "--chapter <numero>",
      "seulement ce chapitre (répétable)",
      (value: string, previous: readonly number[] = []) => [...previous, chapterNumber(value)],
    )
    .option("--only <id>", "seulement cette étape (répétable)", collect)
    .option("--from <id>", "à partir de cette étape")
    .option("--until <id>", "jusqu’à cette étape, comprise")
    .option("--tag <mot>", "seulement les étapes qui portent ce mot (répétable)", collect)
    .option("--node <nom>", "seulement ce nœud (répétable)", collect)
    .option("--pictures <dossier>", "images nommées d’après leur légende, pour ce qui serait demandé à une personne");
}

/** How to seal. */
export function addSealing(command: Command): Command {
  return command
    .option("--key <fichier>", "clé Ed25519 qui scelle (défaut : la vôtre, créée au premier usage)")
    .option("--tsa <adresse>", "autorité d’horodatage (défaut : « horodatage » de rapport.yaml)")
    .option(
      "--certificate <fichier>",
      "certificat qui signe le PDF (PKCS#12 ou PEM ; phrase : CONSTAT_CERTIFICATE_PHRASE)",
    )
    .option("--certificate-key <fichier>", "clé de ce certificat, s’il est en PEM");
}
