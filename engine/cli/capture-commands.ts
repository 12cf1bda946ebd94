import type { Command } from "commander";
import { chapterNumber } from "./argument-values.ts";
import type { ExitCode } from "./exit-code.ts";
import { addSealing } from "./shared-options.ts";
import type { Terminal } from "./terminal.ts";

/** `constat capture`: the captures of a run that has ended, and pictures that a person adds to them. */
export function addCaptureCommands(program: Command, terminal: Terminal, end: (code: ExitCode) => void): void {
  const capture = program.command("capture").description("ajoute à une exécution des images qui existent déjà");

  addSealing(capture.command("add"))
    .description("ajoute une image, ou un dossier d’images nommées d’après leur légende ou leur numéro")
    .argument("<quoi>", "légende, numéro de la capture, ou dossier d’images")
    .argument("[image]", "image PNG ou JPEG, sauf pour un dossier")
    .requiredOption("--origin <texte>", "d’où viennent les images : dit dans le rapport, et par l’audit")
    .option("--run <execution>", "dossier d’exécution, ou son nom dans output/", "latest")
    .option("--chapter <numero>", "seulement ce chapitre", chapterNumber)
    .option("--replace", "remplace une image déjà donnée par une personne ; l’ancienne reste parmi les pièces")
    .option("-y, --yes", "atteste d’avance, sans question")
    .option("--no-report", "ne refait pas le rapport")
    .action(async (what: string, picture: string | undefined, options) => {
      end(await (await import("./capture-add.ts")).captureAdd([what, picture], options, terminal));
    });

  capture
    .command("list")
    .description("nomme et numérote les captures d’une exécution, et dit ce qui remplit chacune")
    .argument("[execution]", "dossier d’exécution, ou son nom dans output/", "latest")
    .option("--empty", "seulement celles que rien ne remplit")
    .option("--json", "en JSON")
    .action(async (path: string, options) => {
      end(await (await import("./capture-list.ts")).captureList(path, options, terminal));
    });
}
