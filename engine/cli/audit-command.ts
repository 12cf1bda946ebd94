import type { Command } from "commander";
import { collect, fraction, percent } from "./argument-values.ts";
import type { ExitCode } from "./exit-code.ts";
import type { Terminal } from "./terminal.ts";

/** `constat audit`, of the evidence alone or with the machines (`--live`), on the program that it is added to. */
export function addAuditCommand(program: Command, terminal: Terminal, end: (code: ExitCode) => void): void {
  program
    .command("audit")
    .description("dit si les preuves sont entières, intactes, scellées et complètes")
    .argument("[execution]", "dossier d’exécution, ou son archive .zip", "output/latest")
    .option("--signer <cle>", "empreinte ou fichier d’une clé qui peut avoir scellé (répétable)", collect)
    .option("--tsa-ca <fichier>", "certificats des autorités d’horodatage reconnues (PEM)")
    .option("--no-render", "ne rend pas le rapport de nouveau pour le comparer")
    .option("--templates <dossier>", "gabarits du projet avec lesquels le rapport a été rendu")
    .option("--json", "en JSON")
    .option("--live", "redemande aux machines les seuls contrôles de l’exécution, et dit ce qui a dérivé")
    .option("-i, --inventory <fichier>", "avec --live : inventaire (défaut : celui du laboratoire démarré)")
    .option("--only <id>", "avec --live : seulement ce contrôle (répétable)", collect)
    .option("--node <nom>", "avec --live : seulement ce nœud (répétable)", collect)
    .option("--trust-checks", "avec --live : exécute aussi ce dont rien ne prouve qu’il ne fait que lire")
    .option("--other-nodes", "avec --live : continue sur d’autres machines que celles des preuves")
    .option("--strict", "avec --live : compte aussi ce qu’une action de l’exécution a pu changer elle-même")
    .option("--ignore <quoi>", "avec --live : comme pour diff (répétable)", collect)
    .option("--compare <regle>", "avec --live : comme pour diff (répétable)", collect)
    .option(
      "--tolerance <pourcent>",
      "avec --live : part des pixels d’une image qui peut différer (défaut : 0,1)",
      percent,
    )
    .option("--threshold <ecart>", "avec --live : écart de couleur d’un pixel, de 0 à 1", fraction)
    .option("--sarif <fichier>", "avec --live : y écrit les constatations au format SARIF")
    .option("--no-html", "avec --live : n’écrit pas la page des différences")
    .option("--output <dossier>", "avec --live : où garder l’audit (défaut : output/audits)")
    .action(async (path, options) => {
      const { live, ...rest } = options;
      if (live === true) end(await (await import("./audit-live.ts")).auditLive(path, rest, terminal));
      else {
        const foreign = LIVE_ONLY.find((name) => rest[name] !== undefined && rest[name] !== true);
        const flag = foreign ?? LIVE_FLAGS.find((name) => rest[name] === true);
        if (flag !== undefined) program.error(`error: option '--${kebab(flag)}' cannot be used without '--live'`);
        end(await (await import("./audit.ts")).audit(path, rest, terminal));
      }
    });
}

/** Options of `audit` that only `--live` has. */
const LIVE_ONLY = ["inventory", "only", "node", "ignore", "compare", "tolerance", "threshold", "sarif", "output"];
const LIVE_FLAGS = ["trustChecks", "otherNodes", "strict"];

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
