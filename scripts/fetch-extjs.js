/**
 * Fetches ExtJS 6.2.0 GPL for the lab's web pages: the pinned tarball through npm, its digest checked, about 500 files extracted.
 *
 * Why not a dependency: `npm ci` would unpack 39 652 files. Node 20 built-ins only, as this runs before anything is installed.
 */
import { execFile, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { createReadStream, realpathSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const PACKAGE = "extjs-gpl@6.2.0";
const DIGEST = "sha512-A/l4PKXE89dojDoWkNKqr+2jryF9jX3KuuaXb3NWEKYAKipNyP4CZyVGj7HBJIZF9h/ioxaBm3YJdCklo+XDpQ==";
const MEMBERS = [
  "LICENSE",
  "licenses",
  "version.properties",
  "build/ext-all.js",
  "build/packages/charts/classic/charts.js",
  "build/packages/charts/classic/crisp/resources/charts-all.css",
  "build/classic/locale/locale-fr.js",
  "build/classic/theme-crisp/resources/theme-crisp-all.css",
  "build/classic/theme-crisp/resources/theme-crisp-all_1.css",
  "build/classic/theme-crisp/resources/theme-crisp-all_2.css",
  "build/classic/theme-crisp/resources/images",
];
const DEADLINE_MS = 10 * 60_000;

const vendor = join(dirname(fileURLToPath(import.meta.url)), "..", "lab", "ui", "vendor");
const target = join(vendor, "extjs-6.2.0");

/** Puts ExtJS into lab/ui/vendor/extjs-6.2.0 and gives that folder; at once when it is already there with the same digest. */
export async function fetchExtjs(report = (line) => process.stderr.write(`${line}\n`)) {
  if (await isThere()) return target;
  await mkdir(vendor, { recursive: true });
  const work = await mkdtemp(join(vendor, ".fetch-"));
  try {
    report(`ExtJS : téléchargement de ${PACKAGE} par npm (120 Mo, temporaires)…`);
    const tarball = await download(work, report);
    report("ExtJS : contrôle de l’empreinte SHA-512…");
    await verify(tarball);
    report("ExtJS : extraction des fichiers utiles…");
    const extracted = join(work, "extracted");
    await extract(tarball, extracted);
    await writeFile(join(extracted, ".digest"), `${DIGEST}\n`);
    await install(extracted);
    report("ExtJS : prêt dans lab/ui/vendor/extjs-6.2.0.");
    return target;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function isThere() {
  const found = await readFile(join(target, ".digest"), "utf8").catch(() => "");
  return found.trim() === DIGEST;
}

async function download(work, report) {
  const started = Date.now();
  const ticker = setInterval(() => report(`ExtJS : … ${Math.round((Date.now() - started) / 1000)} s`), 5_000);
  try {
    await run("npm", ["pack", PACKAGE, "--silent", "--pack-destination", work], work);
  } catch (error) {
    throw trouble(
      `npm n’a pas pu télécharger ${PACKAGE} : ${firstLine(error)}`,
      "Vérifiez l’accès au registre (npm ping), puis relancez : node scripts/fetch-extjs.js",
    );
  } finally {
    clearInterval(ticker);
  }
  const name = (await readdir(work)).find((entry) => entry.endsWith(".tgz"));
  if (name === undefined) {
    throw trouble("npm pack n’a laissé aucune archive.", "Relancez : node scripts/fetch-extjs.js");
  }
  return join(work, name);
}

async function verify(tarball) {
  const hash = createHash("sha512");
  await pipeline(createReadStream(tarball), hash);
  const found = `sha512-${hash.digest("base64")}`;
  if (found !== DIGEST) {
    throw trouble(
      `L’archive reçue n’est pas celle qui est épinglée (attendu ${DIGEST}, reçu ${found}) : refusée.`,
      "Le registre sert un autre contenu ; ne l’utilisez pas et signalez-le.",
    );
  }
}

async function extract(tarball, folder) {
  await mkdir(folder);
  const members = MEMBERS.map((member) => `package/${member}`);
  try {
    await promisify(execFile)("tar", ["-xzf", tarball, "-C", folder, "--strip-components=1", ...members], {
      timeout: DEADLINE_MS,
    });
  } catch (error) {
    throw trouble(
      `L’archive d’ExtJS n’a pas pu être extraite : ${firstLine(error)}`,
      "Vérifiez que la commande tar est installée et que le disque a 20 Mo de libre.",
    );
  }
}

/** Two set-ups may end at the same time: whoever comes second keeps what the first one put there. */
async function install(extracted) {
  if (await isThere()) return;
  await rm(target, { recursive: true, force: true });
  try {
    await rename(extracted, target);
  } catch (error) {
    if (!(await isThere())) throw error;
  }
}

function run(command, args, cwd) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, stdio: ["ignore", "ignore", "pipe"], timeout: DEADLINE_MS });
    let complaint = "";
    child.stderr.setEncoding("utf8").on("data", (text) => {
      complaint = `${complaint}${text}`.slice(-4_000);
    });
    child.once("error", reject);
    child.once("close", (code) => {
      if (code === 0) resolve();
      else reject(new Error(complaint.trim() || `code de sortie ${code}`));
    });
  });
}

function firstLine(error) {
  return error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
}

function trouble(message, hint) {
  return Object.assign(new Error(message), { code: "EXTJS_FETCH_FAILED", hint });
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  fetchExtjs().catch((error) => {
    process.stderr.write(`${error.message}\n${error.hint ?? ""}\n`);
    process.exitCode = 3;
  });
}
