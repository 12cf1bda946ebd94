/**
 * Brings a fresh machine to where Constat runs: dependencies, the Node LTS, a browser, fonts, ExtJS; with `--tests` also sshd, PDF tools and a Java for veraPDF.
 * Plain Node 20 built-ins only: it runs before anything is installed. Each part is skipped when it is there; each refusal says what to do.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, dirname, join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..");
const NODE_MAJOR = 26;
const BROWSER_CACHE = join(homedir(), ".cache", "puppeteer");
const STAMP = join(ROOT, "node_modules", ".constat-lock");

/** Debian packages by what they are for; `command` says whether they are there already. */
const RUN_PACKAGES = [
  { name: "chromium", found: () => findBrowser() !== undefined },
  { name: "fonts-liberation", found: () => hasFont("liberation") },
];
const TEST_PACKAGES = [
  { name: "openssh-server", found: () => existsSync("/usr/sbin/sshd") },
  { name: "openssh-client", found: () => hasCommand("ssh") },
  { name: "poppler-utils", found: () => hasCommand("pdftotext") },
  { name: "qpdf", found: () => hasCommand("qpdf") },
  { name: "openssl", found: () => hasCommand("openssl") },
  { name: "procps", found: () => hasCommand("ps") },
  { name: "tmux", found: () => hasCommand("tmux") },
  // veraPDF is in an npm package without the libraries that it needs, and its driver is compiled when it runs.
  { name: "default-jdk-headless", found: () => javaCompiles() },
  { name: "libjaxb-java", found: () => existsSync("/usr/share/java/jaxb-impl.jar") },
];

/**
 * Does all of it. Returns the Node to start Constat with and what could not be done, each with its remedy.
 * @param {{ tests: boolean }} options
 */
export async function setUp({ tests }) {
  const problems = [];
  installDependencies(problems);
  const node = findNode(problems);
  installPackages(tests ? [...RUN_PACKAGES, ...TEST_PACKAGES] : RUN_PACKAGES, problems);
  if (findBrowser() === undefined) downloadBrowser(node, problems);
  // 120 MB are not worth fetching for a machine that cannot run yet.
  if (problems.length === 0) await fetchExtJs(problems);
  return { node, problems };
}

function installDependencies(problems) {
  const digest = createHash("sha256")
    .update(readFileSync(join(ROOT, "package-lock.json")))
    .digest("hex");
  if (existsSync(STAMP) && readFileSync(STAMP, "utf8") === digest) return say("dépendances : déjà installées");
  say("dépendances : npm ci (une minute environ)…");
  // No install script is needed, whatever the npm: 9 and 10 do not know `allowScripts`.
  const result = run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]);
  if (result.status === 0) return writeFileSync(STAMP, digest);
  problems.push(
    "npm ci a échoué : vérifiez l’accès au registre npm, puis relancez. Sans dépendances, rien ne démarre.",
  );
}

/**
 * The Node that npm's platform package brings. npm 9 and 10 drop its link when they leave the other platform's package out, and every
 * `npm run` would then fall back to the system's Node: the link is made again.
 */
function findNode(problems) {
  const packaged = join(ROOT, "node_modules", `node-${process.platform}-${process.arch}`, "bin", "node");
  const link = join(ROOT, "node_modules", ".bin", "node");
  for (const candidate of [packaged, link, process.execPath]) {
    const version = versionOf(candidate);
    if (Number(version.slice(1).split(".")[0]) < NODE_MAJOR) continue;
    if (candidate === packaged && versionOf(link) !== version) {
      rmSync(link, { force: true });
      symlinkSync(relative(dirname(link), packaged), link);
    }
    say(`Node : ${version}`);
    return candidate;
  }
  const supported = existsSync(packaged)
    ? "celui que npm a installé ne démarre pas"
    : "npm ne l’apporte que pour Linux x64 et arm64";
  problems.push(
    `Node ${NODE_MAJOR} manque : ${supported}. Installez Node ${NODE_MAJOR} ou plus récent, puis relancez.`,
  );
  return process.execPath;
}

/** `v26.10.0`, or `v0` for what is no Node. */
function versionOf(program) {
  return spawnSync(program, ["--version"], { encoding: "utf8" }).stdout?.trim() || "v0";
}

function installPackages(wanted, problems) {
  const missing = wanted.filter(({ found }) => !found()).map(({ name }) => name);
  if (missing.length === 0) return say("paquets du système : déjà là");
  const list = missing.join(" ");
  if (!hasCommand("apt-get") || process.getuid?.() !== 0) {
    const how = hasCommand("apt-get") ? `sudo apt-get install ${list}` : `installez l’équivalent de : ${list}`;
    // A browser can still come another way; the caller tries.
    const serious = missing.filter((name) => name !== "chromium");
    if (serious.length > 0) problems.push(`Paquets du système absents : ${how}`);
    return;
  }
  say(`paquets du système : apt-get install ${list}…`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  run("apt-get", ["update", "-qq"], env);
  const result = run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...missing], env);
  const still = wanted.filter(({ found }) => !found()).map(({ name }) => name);
  if (result.status !== 0 || still.length > 0) {
    problems.push(
      `apt-get n’a pas pu installer ${still.join(" ") || list} : vérifiez l’accès aux paquets, puis relancez.`,
    );
  }
}

/** Puppeteer's own Chrome, where the network allows. */
function downloadBrowser(node, problems) {
  say("navigateur : aucun Chrome ni Chromium ; téléchargement de chrome-headless-shell…");
  const program = join(ROOT, "node_modules", "@puppeteer", "browsers", "lib", "main-cli.js");
  const result = existsSync(program)
    ? spawnSync(node, [program, "install", "chrome-headless-shell@stable", "--path", BROWSER_CACHE], {
        stdio: "ignore",
      })
    : { status: 1 };
  if (result.status !== 0) {
    problems.push(
      "Aucun navigateur : installez Chromium ou Chrome (Debian, Ubuntu : sudo apt-get install chromium), " +
        "ou donnez son chemin dans CONSTAT_BROWSER.",
    );
  }
}

async function fetchExtJs(problems) {
  try {
    const { fetchExtjs } = await import(pathToFileURL(join(ROOT, "scripts", "fetch-extjs.js")).href);
    await fetchExtjs();
  } catch (error) {
    problems.push(`ExtJS, dont le laboratoire a besoin, n’a pas pu être obtenu : ${error.message}`);
  }
}

function findBrowser() {
  const named = process.env.CONSTAT_BROWSER;
  if (named && existsSync(named)) return named;
  const installed = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome-headless-shell"]
    .map((name) => pathOf(name))
    .find((path) => path !== undefined);
  return installed ?? downloadedBrowser();
}

/** A browser that an earlier set-up downloaded: `<cache>/<browser>/<platform-version>/…`. */
function downloadedBrowser() {
  const folder = join(BROWSER_CACHE, "chrome-headless-shell");
  return existsSync(folder) && readdirSync(folder).length > 0 ? folder : undefined;
}

function hasFont(word) {
  const result = spawnSync("fc-list", [], { encoding: "utf8" });
  return result.status === 0
    ? result.stdout.toLowerCase().includes(word)
    : existsSync(`/usr/share/fonts/truetype/${word}`);
}

/** A Java runtime alone runs no source file. */
function javaCompiles() {
  return spawnSync("java", ["--list-modules"], { encoding: "utf8" }).stdout?.includes("jdk.compiler") ?? false;
}

function hasCommand(name) {
  return pathOf(name) !== undefined;
}

function pathOf(name) {
  return (process.env.PATH ?? "")
    .split(delimiter)
    .concat("/usr/sbin")
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path));
}

function run(command, args, env = process.env) {
  return spawnSync(command, args, { cwd: ROOT, env, stdio: ["ignore", "inherit", "inherit"] });
}

function say(text) {
  process.stdout.write(`[mise en place] ${text}\n`);
}

/** Prints what could not be done; true when there is something. */
export function complain(problems) {
  for (const problem of problems) process.stderr.write(`[mise en place] IMPOSSIBLE — ${problem}\n`);
  return problems.length > 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { problems } = await setUp({ tests: process.argv.includes("--tests") });
  process.exitCode = complain(problems) ? 3 : 0;
}
