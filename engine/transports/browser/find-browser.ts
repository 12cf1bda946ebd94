import { access, constants, readdir } from "node:fs/promises";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { ProblemError } from "../../base/problem.ts";

const NAMES = [
  "chromium",
  "chromium-browser",
  "google-chrome-stable",
  "google-chrome",
  "chrome-headless-shell",
  "chrome",
];
const FOLDERS = ["/usr/bin", "/usr/local/bin", "/snap/bin", "/opt/google/chrome"];
const CACHED = ["chrome", "chrome-headless-shell", "chromium"];
const INSTALL = "Installer Chromium (Debian, Ubuntu : apt install chromium) ou donner son chemin dans CONSTAT_BROWSER.";

/** What decides where a browser is looked for; handed down, so that only the command line reads the environment. */
export interface BrowserPlaces {
  /** `CONSTAT_BROWSER`: the path of an executable, which then is the only one that counts. */
  readonly chosen?: string | undefined;
  /** `PATH`. */
  readonly path?: string | undefined;
  /** Folders to look into first; the usual ones unless said otherwise. */
  readonly folders?: readonly string[] | undefined;
  /** Where @puppeteer/browsers keeps its downloads. */
  readonly cache?: string | undefined;
}

/** Path of a Chromium or Chrome on this machine. Throws BROWSER_MISSING, with what to do, when there is none. */
export async function findBrowser(places: BrowserPlaces = {}): Promise<string> {
  if (places.chosen !== undefined && places.chosen !== "") {
    if (await isExecutable(places.chosen)) return places.chosen;
    throw new ProblemError("BROWSER_MISSING", `CONSTAT_BROWSER désigne ${places.chosen}, qui n’est pas exécutable.`, {
      scope: "environment",
      hint: INSTALL,
    });
  }
  const folders = [
    ...(places.folders ?? FOLDERS),
    ...(places.path ?? "").split(delimiter).filter((folder) => folder !== ""),
  ];
  for (const folder of folders) {
    for (const name of NAMES) {
      const file = join(folder, name);
      if (await isExecutable(file)) return file;
    }
  }
  const cached = await findCached(places.cache ?? join(homedir(), ".cache", "puppeteer"));
  if (cached !== undefined) return cached;
  throw new ProblemError("BROWSER_MISSING", "Aucun navigateur (Chromium, Chrome) n’est installé sur cette machine.", {
    scope: "environment",
    hint: INSTALL,
  });
}

/** `<cache>/chrome/linux-156.0.1/chrome-linux64/chrome`: the newest version of the first product that is there. */
async function findCached(cache: string): Promise<string | undefined> {
  for (const product of CACHED) {
    const versions = (await entries(join(cache, product))).toSorted((a, b) =>
      b.localeCompare(a, "en", { numeric: true }),
    );
    for (const version of versions) {
      for (const folder of await entries(join(cache, product, version))) {
        for (const name of ["chrome", "chrome-headless-shell"]) {
          const file = join(cache, product, version, folder, name);
          if (await isExecutable(file)) return file;
        }
      }
    }
  }
  return undefined;
}

async function entries(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch {
    return [];
  }
}

async function isExecutable(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
