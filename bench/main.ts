import { shots } from "./shots.ts";

const MEASURES: Readonly<Record<string, (target: string | undefined) => Promise<void>>> = { shots };

const [name = "", target] = process.argv.slice(2);
const measure = MEASURES[name];
if (measure === undefined) {
  process.stderr.write(`npm run bench -- NOM [resultat.json] ; noms : ${Object.keys(MEASURES).join(", ")}\n`);
  process.exitCode = 2;
} else await measure(target);
