import { readdir, readFile } from "node:fs/promises";
import { dirname, extname, join } from "node:path";
import { VFile } from "vfile";
import type { AnsibleVariablesFile } from "../inventory/index.ts";

const FOLDERS = [
  ["group_vars", "group"],
  ["host_vars", "host"],
] as const;

/** The files of `group_vars/` and `host_vars/` beside an inventory, as Ansible finds them: one for each name, or a folder of several. */
export async function ansibleVariables(inventory: string): Promise<readonly AnsibleVariablesFile[]> {
  const found = FOLDERS.map(async ([folder, of]) => {
    const path = join(dirname(inventory), folder);
    const owners = (await entriesOf(path)).map(async (entry) => {
      const name = entry.isDirectory() ? entry.name : entry.name.replace(/\.(?:ya?ml|json)$/, "");
      const files = entry.isDirectory() ? await filesBelow(join(path, entry.name)) : [join(path, entry.name)];
      return await Promise.all(
        files.map(async (file) => ({ of, name, file: new VFile({ path: file, value: await readFile(file, "utf8") }) })),
      );
    });
    return (await Promise.all(owners)).flat();
  });
  return (await Promise.all(found)).flat();
}

async function filesBelow(folder: string): Promise<readonly string[]> {
  const each = (await entriesOf(folder)).map(async (entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return await filesBelow(path);
    return ["", ".yml", ".yaml", ".json"].includes(extname(entry.name)) ? [path] : [];
  });
  return (await Promise.all(each)).flat();
}

/** By name; hidden and backup files are nobody's, and a folder that is not there has none. */
async function entriesOf(folder: string) {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return [];
    throw error;
  });
  return entries.filter(({ name }) => !/^\.|~$/.test(name)).toSorted((one, other) => (one.name < other.name ? -1 : 1));
}
