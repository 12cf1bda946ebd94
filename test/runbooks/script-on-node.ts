import { execFile } from "node:child_process";
import { chmod, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { tempFolder } from "../support/temp-folder.ts";
import { readRunbooks } from "./read-runbooks.ts";

/** What a script wrote, and its exit code. */
export interface ScriptEnd {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a block's script in the real bash, with a site's values, and with the node's commands as given: each the body of a small script. A
 * path of `files` stands for a file of that content.
 */
export async function scriptOnNode(
  id: string,
  values: Readonly<Record<string, string>>,
  commands: Readonly<Record<string, string>>,
  files: Readonly<Record<string, string>> = {},
): Promise<ScriptEnd> {
  let body = (await readRunbooks()).flatMap(({ blocks }) => blocks).find((block) => block.id === id)?.body;
  if (body === undefined) throw new Error(`no block #${id}`);
  const folder = await tempFolder();
  for (const [name, script] of Object.entries(commands)) {
    await writeFile(join(folder, name), `#!/bin/bash\n${script}\n`);
    await chmod(join(folder, name), 0o755);
  }
  for (const [index, [path, content]] of Object.entries(files).entries()) {
    const place = join(folder, `file-${index}`);
    await writeFile(place, content);
    body = body.replaceAll(path, place);
  }
  const env = { ...values, PATH: `${folder}:/usr/bin:/bin` };
  return await new Promise((resolve) => {
    execFile("/bin/bash", ["--norc", "-c", body], { env }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });
}
