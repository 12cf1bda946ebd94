import type { Command } from "commander";
import type { ExitCode } from "./exit-code.ts";
import type { Terminal } from "./terminal.ts";

/** The commands of an author's first minutes, on the program they are added to; each hands its exit code to `end`. */
export function addProjectCommands(program: Command, terminal: Terminal, end: (code: ExitCode) => void): void {
  program
    .command("init")
    .description("crée un projet : un runbook qui s’exécute, un inventaire, les réglages du rapport")
    .argument("[dossier]", "où le créer", ".")
    .action(async (folder: string) => {
      end(await (await import("./init.ts")).init(folder, terminal));
    });

  program
    .command("import")
    .description("fait d’un rapport déjà écrit, avec ses emplacements de capture, des runbooks à compléter")
    .argument("<rapport>", "rapport.txt ou rapport.md")
    .option("--out <dossier>", "où écrire les runbooks", "runbooks")
    .option("--json", "dit en JSON ce qui a été fait")
    .action(async (path: string, options) => {
      end(await (await import("./import.ts")).importFile(path, options, terminal));
    });

  program
    .command("fmt")
    .description("met les annotations d’autres outils (runme, pandoc, Quarto) sous la forme de Constat")
    .argument("[chemins...]", "runbooks ou dossiers", ["runbooks"])
    .option("--check", "n’écrit rien ; code 1 s’il y avait à écrire")
    .option("--diff", "n’écrit rien ; montre ce qui changerait")
    .action(async (paths: readonly string[], options) => {
      end(await (await import("./fmt.ts")).fmt(paths, options, terminal));
    });

  program
    .command("schema")
    .description("écrit un schéma JSON pour les éditeurs ; sans nom, les nomme tous")
    .argument("[nom]", "inventory, rapport, en-tete, reglages, browser, console ou watch")
    .action(async (name: string | undefined) => {
      end((await import("./schema.ts")).schema(name, terminal));
    });

  program
    .command("list")
    .description("liste les exécutions : date, portée, bilan, figures, taille")
    .argument("[dossier]", "dossier des exécutions", "output")
    .option("--json", "en JSON")
    .action(async (folder: string, options) => {
      end(await (await import("./list.ts")).list(folder, options, terminal));
    });

  program
    .command("completion")
    .description("écrit le script de complétion d’un shell")
    .argument("<shell>", "bash, zsh ou fish")
    .action(async (shell: string) => {
      end((await import("./completion.ts")).completion(shell, program, terminal));
    });
}
