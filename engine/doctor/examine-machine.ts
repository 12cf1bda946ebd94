import { constants } from "node:fs";
import { access, statfs } from "node:fs/promises";
import { execa } from "execa";
import type { DoctorDoors } from "./doors.ts";
import { type Look, looked } from "./looked.ts";
import type { Observation } from "./observation.ts";
import { sizeWords } from "./size-words.ts";

/** A run of seven chapters leaves some 60 MB; a browser's profile and a printed PDF come on top. */
const NEEDED_BYTES = 300 * 1024 ** 2;
const COMFORTABLE_BYTES = 2 * 1024 ** 3;
/** The families that the report is set in and that it does not bring along. */
const FONTS = ["Liberation Serif", "Liberation Sans"] as const;
const LISTING_MS = 20_000;

const subject = { type: "local" } as const;

/** What this machine needs to run and to report: Node, room on the disk, a browser that starts, fonts. */
export async function examineMachine(
  folder: string,
  path: string | undefined,
  doors: Pick<DoctorDoors, "browser" | "redact">,
  look: Look,
): Promise<readonly Observation[]> {
  const [room, browser, fonts] = await Promise.all([
    looked(subject, "disk", look, async () => await disk(folder)),
    looked(subject, "browser", look, async (signal) => await doors.browser(signal)),
    looked(subject, "fonts", look, async (signal) => await fontsOf(path, signal)),
  ]);
  return [
    {
      subject,
      check: "node",
      status: "ok",
      text: `Node ${process.versions.node}, ${process.platform} ${process.arch}`,
    },
    room.status === "seen" ? room.value : room.observation,
    browser.status === "seen" ? { subject, check: "browser", status: "ok", text: browser.value } : browser.observation,
    fonts.status === "seen" ? fonts.value : fonts.observation,
  ];
}

async function disk(folder: string): Promise<Observation> {
  const seen = { subject, check: "disk" } as const;
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  const text = `${sizeWords(free)} libres ici`;
  const writable = await access(folder, constants.W_OK).then(
    () => true,
    () => false,
  );
  if (!writable) {
    const remedy = "Lancez Constat dans un dossier où vous pouvez écrire, ou donnez --output à « constat run ».";
    return {
      ...seen,
      status: "error",
      code: "FOLDER_READONLY",
      text: "ce dossier ne s’écrit pas : aucune preuve n’y serait gardée",
      remedy,
    };
  }
  if (free >= COMFORTABLE_BYTES) return { ...seen, status: "ok", text };
  const remedy =
    "Faites de la place, ou donnez à --output un dossier d’un autre disque : une exécution garde toutes ses preuves.";
  return { ...seen, status: free < NEEDED_BYTES ? "error" : "warning", code: "DISK_LOW", text, remedy };
}

async function fontsOf(path: string | undefined, signal: AbortSignal): Promise<Observation> {
  const seen = { subject, check: "fonts" } as const;
  const install = "Installez-les (Debian, Ubuntu : apt install fonts-liberation fontconfig).";
  const listed = await execa("fc-list", [":", "family"], {
    ...{ env: { PATH: path }, extendEnv: false, reject: false, stdin: "ignore" },
    ...{ timeout: LISTING_MS, cancelSignal: signal, forceKillAfterDelay: 1_000 },
  });
  signal.throwIfAborted();
  if (listed.failed) {
    const text = "les polices ne se laissent pas lister (fc-list manque)";
    return { ...seen, status: "warning", code: "FONTS_UNKNOWN", text, remedy: install };
  }
  const families = new Set(listed.stdout.split("\n").flatMap((line) => line.split(",").map((family) => family.trim())));
  const missing = FONTS.filter((family) => !families.has(family));
  if (missing.length === 0) return { ...seen, status: "ok", text: FONTS.join(", ") };
  const text = `polices absentes : ${missing.join(", ")} ; le rapport serait composé dans d’autres`;
  return { ...seen, status: "warning", code: "FONTS_MISSING", text, remedy: install };
}
