// SPDX-License-Identifier: GPL-3.0-or-later
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { applicationScripts } from "./application-scripts.ts";
import { localeFiles } from "./locale-files.ts";

/** The application's classes as one script, and a digest of everything of ours that the page loads. */
export interface ApplicationScript {
  readonly body: Buffer;
  readonly version: string;
}

const folder = join(dirname(fileURLToPath(import.meta.url)), "app");
const styles = ["css/lab.css", "css/navigation.css", "css/pages.css", "css/ceph.css"];
const beside = [...styles, ...localeFiles.map((name) => `locale/${name}.js`)];
let built: Promise<ApplicationScript> | undefined;

/** Concatenates the listed classes, once per process. */
export function applicationScript(): Promise<ApplicationScript> {
  built ??= build();
  return built;
}

async function build(): Promise<ApplicationScript> {
  const parts = await Promise.all(applicationScripts.map((name) => readFile(join(folder, name), "utf8")));
  const body = Buffer.from(parts.map((text, index) => `// ${applicationScripts[index]}\n${text}`).join("\n"));
  const hash = createHash("sha256").update(body);
  for (const name of beside) hash.update(await readFile(join(folder, name)));
  return { body, version: hash.digest("hex").slice(0, 12) };
}
