// SPDX-License-Identifier: GPL-3.0-or-later
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { applicationScripts } from "./application-scripts.ts";

/** The application's classes as one script, and the digest of it that makes its address change when it does. */
export interface ApplicationScript {
  readonly body: Buffer;
  readonly version: string;
}

const folder = join(dirname(fileURLToPath(import.meta.url)), "app");
let built: Promise<ApplicationScript> | undefined;

/** Concatenates the listed classes, once per process. */
export function applicationScript(): Promise<ApplicationScript> {
  built ??= build();
  return built;
}

async function build(): Promise<ApplicationScript> {
  const parts = await Promise.all(applicationScripts.map((name) => readFile(join(folder, name), "utf8")));
  const body = Buffer.from(parts.map((text, index) => `// ${applicationScripts[index]}\n${text}`).join("\n"));
  return { body, version: createHash("sha256").update(body).digest("hex").slice(0, 12) };
}
