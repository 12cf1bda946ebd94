// SPDX-License-Identifier: GPL-3.0-or-later
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { localeFiles } from "./locale-files.ts";

/** A file that the pages may ask for: its bytes and media type. */
export interface StaticFile {
  readonly body: Buffer;
  readonly type: string;
}

const here = dirname(fileURLToPath(import.meta.url));
const extjs = join(here, "vendor", "extjs-6.2.0", "build");
const fontAwesome = dirname(createRequire(import.meta.url).resolve("font-awesome/package.json"));
const crisp = "classic/theme-crisp/resources";

/** What may leave the vendor folders, by address: an explicit list, never a whole package. */
const allowed: Readonly<Record<string, string>> = {
  "/pve2/ext6/ext-all.js": join(extjs, "ext-all.js"),
  "/pve2/ext6/charts.js": join(extjs, "packages/charts/classic/charts.js"),
  "/pve2/ext6/crisp/resources/charts-all.css": join(extjs, "packages/charts/classic/crisp/resources/charts-all.css"),
  "/pve2/ext6/theme-crisp/resources/theme-crisp-all.css": join(extjs, crisp, "theme-crisp-all.css"),
  "/pve2/ext6/theme-crisp/resources/theme-crisp-all_1.css": join(extjs, crisp, "theme-crisp-all_1.css"),
  "/pve2/ext6/theme-crisp/resources/theme-crisp-all_2.css": join(extjs, crisp, "theme-crisp-all_2.css"),
  "/pve2/ext6/locale/locale-fr.js": join(extjs, "classic/locale/locale-fr.js"),
  "/pve2/fa/css/font-awesome.min.css": join(fontAwesome, "css/font-awesome.min.css"),
  "/pve2/fa/fonts/fontawesome-webfont.woff2": join(fontAwesome, "fonts/fontawesome-webfont.woff2"),
  ...Object.fromEntries(
    localeFiles.map((name) => [`/pve2/locale/pve-lang-${name}.js`, join(here, `app/locale/${name}.js`)]),
  ),
  "/pve2/css/lab.css": join(here, "app/css/lab.css"),
  "/pve2/css/navigation.css": join(here, "app/css/navigation.css"),
  "/pve2/css/ceph.css": join(here, "app/css/ceph.css"),
  "/pve2/css/pages.css": join(here, "app/css/pages.css"),
  "/pve2/images/lab.svg": join(here, "app/images/lab.svg"),
  "/pve2/images/ceph.svg": join(here, "app/images/ceph.svg"),
  "/pve2/images/sdn.svg": join(here, "app/images/sdn.svg"),
  "/pve2/images/vnet.svg": join(here, "app/images/vnet.svg"),
};

const IMAGE = /^\/pve2\/ext6\/theme-crisp\/resources\/(images(?:\/[a-z0-9_-]+)*\/[a-z0-9_-]+\.(?:png|gif))$/;

const types: Readonly<Record<string, string>> = {
  js: "application/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  woff2: "font/woff2",
  svg: "image/svg+xml",
  png: "image/png",
  gif: "image/gif",
};

/** The file behind an address, or undefined when it is not on the list or not there. */
export async function readStaticFile(path: string): Promise<StaticFile | undefined> {
  const file = Object.hasOwn(allowed, path) ? allowed[path] : themeImage(path);
  if (file === undefined) return undefined;
  const type = types[file.slice(file.lastIndexOf(".") + 1)] ?? "application/octet-stream";
  try {
    return { body: await readFile(file), type };
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}

function themeImage(path: string): string | undefined {
  const name = IMAGE.exec(path)?.[1];
  return name === undefined ? undefined : join(extjs, crisp, name);
}
