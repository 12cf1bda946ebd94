import { parseArgs } from "node:util";
import { DEFAULT_SCENARIO, type Lab, startLab } from "./index.ts";
import type { Dialect } from "./state/dialect.ts";
import { loadScenario, scenarioNames } from "./state/scenario.ts";

const USAGE = `Usage : npm run -s constat -- lab [--folder DOSSIER] [--scenario NOM] [--dialect 9|8.4] [--time-scale N] [--language fr] [--second-factor]

Démarre des nœuds Proxmox VE simulés, joignables sur la boucle locale seulement ; Ctrl-C les arrête.`;

process.exitCode = await main(process.argv.slice(2));

async function main(argv: readonly string[]): Promise<number> {
  const options = readOptions(argv);
  if (typeof options === "string") {
    console.error(options);
    return 2;
  }
  if (options.help) {
    console.log(`${USAGE}\n\n${await scenarioLines()}`);
    return 0;
  }
  const end = stopSignal();
  try {
    console.log("Démarrage du laboratoire…");
    const lab = await startLab(options);
    announce(lab);
    const signal = await end;
    console.log(signal === "SIGINT" ? "\nArrêt du laboratoire…" : "Arrêt du laboratoire…");
    await lab.stop();
    console.log("Laboratoire arrêté.");
    return 0;
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    return 3;
  }
}

interface MainOptions {
  readonly folder: string;
  readonly scenario: string | undefined;
  readonly dialect: Dialect;
  readonly timeScale: number;
  readonly language: string | undefined;
  readonly secondFactor: boolean;
  readonly help: boolean;
}

/** The options, or what is wrong with them. */
function readOptions(argv: readonly string[]): MainOptions | string {
  const values = parseValues(argv);
  if (typeof values === "string") return values;
  const { folder, scenario, dialect, language, help } = values;
  if (dialect !== "9" && dialect !== "8.4") {
    return `Dialecte inconnu : « ${dialect} ». Choisissez 9 ou 8.4.`;
  }
  const timeScale = Number(values["time-scale"]);
  if (!(timeScale > 0))
    return "--time-scale attend un nombre positif : 1 pour le temps réel, 10 pour dix fois plus vite.";
  return { folder, scenario, dialect, timeScale, language, help, secondFactor: values["second-factor"] };
}

function parseValues(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        folder: { type: "string", default: "output/lab" },
        scenario: { type: "string" },
        dialect: { type: "string", default: "9" },
        "time-scale": { type: "string", default: "1" },
        language: { type: "string" },
        "second-factor": { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    }).values;
  } catch (error) {
    return `${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`;
  }
}

/** The scenarios in the order of the chapters that begin there; the one of a lab without `--scenario` is marked. */
async function scenarioLines(): Promise<string> {
  const names = await scenarioNames();
  const scenarios = await Promise.all(names.map(async (name) => ({ name, ...(await loadScenario(name)) })));
  const width = Math.max(...names.map((name) => name.length));
  const lines = scenarios
    .toSorted((a, b) => (a.chapitre ?? Number.POSITIVE_INFINITY) - (b.chapitre ?? Number.POSITIVE_INFINITY))
    .map(({ name, nom, chapitre }) => {
      const chapter = chapitre === undefined ? "          " : `chapitre ${chapitre}`;
      return `  ${name.padEnd(width)}  ${chapter}  ${nom}${name === DEFAULT_SCENARIO ? " (par défaut)" : ""}`;
    });
  return ["Scénarios, et le chapitre qui y commence :", ...lines].join("\n");
}

function stopSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve(signal));
  });
}

function announce(lab: Lab): void {
  console.log("Laboratoire simulé prêt :");
  for (const [name, { address, ssh, pve }] of lab.endpoints) {
    console.log(`  ${name} (${address}) : https://127.0.0.1:${pve.port}/, ssh 127.0.0.1:${ssh.port}`);
  }
  console.log(`Inventaire : ${lab.inventoryFile}`);
  console.log(`Mot de passe de root : dans ${lab.folder}/secrets/root-password`);
  console.log("Ctrl-C pour arrêter.");
}
