import { join } from "node:path";
import { execa } from "execa";
import { sha256 } from "../base/digest.ts";
import type { RunStarted } from "../model/event.ts";
import { readFonts } from "../report/index.ts";
import { browserPath } from "./compose.ts";
import { HOME } from "./version.ts";

/** What this machine takes pictures and prints with: the browser as it names itself, and the report's fonts by digest. */
export async function toolsHere(): Promise<NonNullable<RunStarted["tools"]>> {
  const [browser, fonts] = await Promise.all([browserName(), readFonts(join(HOME, "templates"))]);
  return { browser, fonts: [...fonts].map(([file, content]) => ({ file, sha256: sha256(content) })) };
}

/** Null where there is no browser: a run of scripts needs none. */
async function browserName(): Promise<string | null> {
  try {
    const { stdout } = await execa(await browserPath(), ["--version"], { stdin: "ignore", timeout: 10_000 });
    return /^\S.*?\d+(?:\.\d+)+/m.exec(stdout)?.[0] ?? null;
  } catch {
    return null;
  }
}
