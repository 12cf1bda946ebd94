import { Command, CommanderError, Option } from "commander";
import {
  collect,
  FORMAT_NAMES,
  formats,
  fraction,
  megabytes,
  percent,
  reporter,
  SCREEN_VIEWS,
  splitReporters,
} from "./argument-values.ts";
import { addAuditCommand } from "./audit-command.ts";
import { addCaptureCommands } from "./capture-commands.ts";
import { EXIT, type ExitCode } from "./exit-code.ts";
import { addExamples, helpIn } from "./help.ts";
import { inFrench } from "./misuse.ts";
import { tellNextStep } from "./next-step.ts";
import { addProjectCommands } from "./project-commands.ts";
import { addSealing, addSelection } from "./shared-options.ts";
import type { Terminal } from "./terminal.ts";
import { VERSION } from "./version.ts";

/** The command line: each command loads its own code, so that `--help` does not pay for a browser. */
export function createProgram(terminal: Terminal): (args: readonly string[]) => Promise<ExitCode> {
  const { program, ended } = buildProgram(terminal);
  return async (args) => {
    try {
      await program.parseAsync(args, { from: "user" });
      return ended();
    } catch (error) {
      // Help and version end by an exception too; only misuse has an exit code of its own.
      if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.author;
      throw error;
    }
  };
}

/** The tree of commands, and the exit code of the one that ran. */
export function buildProgram(terminal: Terminal): { readonly program: Command; ended(): ExitCode } {
  const language = terminal.language ?? "fr";
  let code: ExitCode = EXIT.ok;
  const program = new Command("constat")
    .description("Exécuter un runbook, prouver ce qui a été fait, en faire le rapport.")
    .version(VERSION, "--version", "affiche la version")
    .option("--lang <langue>", "langue du terminal : fr ou en (défaut : celle du système)")
    .helpOption("-h, --help", "affiche cette aide")
    .configureHelp(helpIn(language))
    .helpCommand("help [commande]", "affiche l’aide d’une commande")
    .configureOutput({
      writeOut: terminal.out,
      writeErr: terminal.err,
      outputError: (text, write) => write(language === "fr" ? inFrench(text) : text),
    })
    .exitOverride();

  const end = (ended: ExitCode): void => {
    code = ended;
  };
  addProjectCommands(program, terminal, end);

  addSealing(addSelection(program.command("run")))
    .description("exécute les runbooks sur les nœuds, garde les preuves et rend le rapport")
    .argument("[chemins...]", "runbooks ou dossiers", ["runbooks"])
    .option("--output <dossier>", "où créer le dossier d’exécution", "output")
    .option("--run <nom>", "nom du dossier d’exécution (défaut : la date)")
    .option("--reuse <execution>", "reprend d’une exécution antérieure les figures d’un état qui n’est plus visible")
    .option("-y, --yes", "répond oui aux demandes de confirmation")
    .option("--no-report", "ne rend pas le rapport à la fin")
    .option("--no-seal", "ne scelle pas le dossier à la fin")
    .option("--step", "étape par étape, avec vous (défaut : sur un terminal, sans --yes ni --reporter)")
    .option("--no-step", "d’une traite, même sur un terminal")
    .option(
      "--resume [execution]",
      "reprend une exécution interrompue (défaut : la plus récente) et prouve ce qui était fait",
    )
    .addOption(
      new Option(
        "--reporter <vue>",
        "ce qui s’affiche, ligne si rien n’est dit ; <vue>=<fichier>, ou junit= et markdown=, l’écrit (répétable)",
      )
        .choices(SCREEN_VIEWS)
        .argParser(reporter),
    )
    .action(async (paths, options) => {
      const views = splitReporters(options.reporter ?? []);
      code = await (await import("./run.ts")).run(paths, { ...options, ...views }, terminal);
    });

  addSelection(program.command("plan"))
    .description("dit tout ce qui serait exécuté, sans rien toucher")
    .argument("[chemins...]", "runbooks ou dossiers", ["runbooks"])
    .option("--json", "en JSON")
    .option("--graph", "en graphe (Mermaid), à coller dans un wiki")
    .action(async (paths, options) => {
      code = await (await import("./plan.ts")).plan(paths, options, terminal);
    });

  program
    .command("lint")
    .description("signale les fautes des auteurs, avec ligne et colonne")
    .argument("[chemins...]", "runbooks ou dossiers", ["runbooks"])
    .option("--inventory <fichier>", "inventaire (défaut : tous ceux de inventory/)")
    .option("-q, --quiet", "ne dit rien quand tout va bien")
    .addOption(
      new Option("--format <format>", "ce qui est écrit")
        .choices(["texte", "json", "sarif", "github"])
        .default("texte"),
    )
    .option("--json", "en JSON, comme --format json")
    .option("--sarif", "en SARIF 2.1.0, comme --format sarif")
    .option("--watch", "recommence à chaque changement, jusqu’à Ctrl-C")
    .action(async (paths, options) => {
      code = await (await import("./lint.ts")).lint(paths, options, terminal);
    });

  addSealing(program.command("report"))
    .description("rend le rapport PDF et HTML d’une exécution, sans aucun nœud")
    .argument("[execution]", "dossier d’exécution, ou son nom dans output/", "output/latest")
    .option("--out <dossier>", "autre dossier que celui de l’exécution, qui reste tel qu’il est scellé")
    .addOption(
      new Option("--format <forme>", "une seule forme, avec --out (défaut : PDF et HTML)").choices([
        "html",
        "markdown",
      ]),
    )
    .option("--templates <dossier>", "gabarits du projet, qui remplacent ceux de Constat fichier par fichier")
    .option("--runbooks <dossier>", "prose et rapport.yaml tels qu’ils sont maintenant, avec --out")
    .option("--html-max <Mo>", "au-delà, la page HTML garde ses images à côté d’elle (défaut : 40)", megabytes)
    .option("--watch", "recommence à chaque changement des gabarits ou de la prose, jusqu’à Ctrl-C")
    .action(async (path, options) => {
      code = await (await import("./report.ts")).report(path, options, terminal);
    });

  addSealing(program.command("seal"))
    .description("scelle une exécution : empreintes, signature, horodatage ; de nouveau si elle a changé")
    .argument("[execution]", "dossier d’exécution, ou son nom dans output/", "output/latest")
    .option("--stamp", "fait seulement horodater le scellement qui est là")
    .option("--zip [fichier]", "écrit aussi le tout en un fichier (défaut : à côté du dossier)")
    .action(async (path, options) => {
      code = await (await import("./seal.ts")).seal(path, options, terminal);
    });

  addAuditCommand(program, terminal, (ended) => {
    code = ended;
  });

  addCaptureCommands(program, terminal, end);

  program
    .command("export")
    .description("écrit une exécution dans le format d’autres outils (CI, conformité, archives)")
    .argument("[execution]", "dossier d’exécution, ou son nom dans output/", "latest")
    .requiredOption(
      "-f, --format <format>",
      `${FORMAT_NAMES.join(", ")} (répétable, ou séparés par des virgules)`,
      formats,
    )
    .option("--out <chemin>", "fichier, ou dossier pour plusieurs formats (défaut : sortie standard)")
    .action(async (path, options) => {
      code = await (await import("./export.ts")).exportRun(path, options, terminal);
    });

  program
    .command("diff")
    .description("dit en quoi deux exécutions diffèrent : étapes, sorties, données, images")
    .argument("[ancienne]", "dossier d’exécution, ou son nom dans output/")
    .argument("[nouvelle]", "l’autre", "latest")
    .addOption(new Option("--html [fichier]", "page à écrire").default(true, "diff-….html à côté de la nouvelle"))
    .option("--no-html", "n’écrit pas de page")
    .option("--json", "en JSON (et de page seulement avec --html <fichier>)")
    .option("--ignore <quoi>", "laisse aussi de côté une règle, un /motif/ ou un chemin $… (répétable)", collect)
    .option("--compare <regle>", "compare aussi ce que cette règle laisse de côté, ou « toutes » (répétable)", collect)
    .option("--tolerance <pourcent>", "part des pixels d’une image qui peut différer", percent, 0)
    .option("--threshold <ecart>", "écart de couleur d’un pixel, de 0 à 1", fraction, 0.05)
    .option("--rules", "liste les règles et s’arrête")
    .action(async (older, newer, options) => {
      const { diff, listRules } = await import("./diff.ts");
      if (options.rules === true) code = listRules(terminal);
      else if (older === undefined) program.error("error: missing required argument 'ancienne'");
      else code = await diff(older, newer, options, terminal);
    });

  program
    .command("explain")
    .description("dit d’où vient chaque réglage d’un bloc")
    .argument("<id>", "identifiant du bloc")
    .argument("[chemins...]", "runbooks ou dossiers", ["runbooks"])
    .option("-i, --inventory <fichier>", "dit aussi par où cet inventaire et la configuration ssh mènent aux nœuds")
    .action(async (id, paths, options) => {
      code = await (await import("./explain.ts")).explain(id, paths, options, terminal);
    });

  program
    .command("doctor")
    .description(
      "dit ce qu’une exécution rencontrerait : machines, droits, horloges, place, navigateur ; ne modifie rien",
    )
    .option(
      "-i, --inventory <fichier>",
      "inventaire (défaut : celui du laboratoire démarré, sinon cette machine seule)",
    )
    .option("--node <nom>", "seulement ce nœud (répétable)", collect)
    .option("--json", "en JSON")
    .action(async (options) => {
      code = await (await import("./doctor.ts")).doctor(options, terminal);
    });

  const inventory = program.command("inventory").description("reprend un inventaire Ansible, ou en donne le schéma");
  inventory
    .command("import")
    .description("écrit un inventaire à partir d’un inventaire Ansible (INI ou YAML) ; ce qui n’est pas repris est dit")
    .argument("<fichier>", "inventaire Ansible")
    .addOption(new Option("--format <format>", "format du fichier (défaut : d’après lui)").choices(["ini", "yaml"]))
    .option("--out <fichier>", "où l’écrire (défaut : sortie standard)")
    .action(async (path, options) => {
      code = await (await import("./inventory-import.ts")).inventoryImport(path, options, terminal);
    });
  inventory
    .command("schema")
    .description("écrit le schéma JSON des inventaires, pour les éditeurs")
    .action(async () => {
      code = (await import("./inventory-schema.ts")).inventorySchema(terminal);
    });

  program
    .command("lab")
    .description("démarre un cluster simulé pour s’exercer")
    .allowUnknownOption()
    .helpOption(false)
    .argument("[arguments...]", "arguments du laboratoire")
    .action(async (args) => {
      code = await (await import("./lab.ts")).lab(args);
    });

  addExamples(program, language);
  program.hook("postAction", (_, command) => tellNextStep(command, code, terminal));
  return { program, ended: () => code };
}
