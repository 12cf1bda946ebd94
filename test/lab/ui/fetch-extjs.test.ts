import { spawn } from "node:child_process";
import { chmod, copyFile, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const original = fileURLToPath(new URL("../../../scripts/fetch-extjs.js", import.meta.url));
let clone: string;

beforeEach(async () => {
  clone = await mkdtemp(join(tmpdir(), "fetch-extjs-"));
  await mkdir(join(clone, "scripts"));
  await mkdir(join(clone, "bin"));
  await writeFile(join(clone, "package.json"), '{"type":"module"}');
  await copyFile(original, join(clone, "scripts", "fetch-extjs.js"));
});
afterEach(() => rm(clone, { recursive: true, force: true }));

/** Runs the script in the clone with an npm that does what `body` says, as a shell script; `$5` is the folder for the tarball. */
async function runWithNpm(body: string): Promise<{ readonly code: number | null; readonly said: string }> {
  const npm = join(clone, "bin", "npm");
  await writeFile(npm, `#!/bin/sh\n${body}\n`);
  await chmod(npm, 0o755);
  const env = { ...process.env, PATH: `${join(clone, "bin")}:${process.env["PATH"]}` };
  const child = spawn(process.execPath, [join(clone, "scripts", "fetch-extjs.js")], {
    env,
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  return { code, said };
}

const leftovers = () => readdir(join(clone, "lab", "ui", "vendor"));

describe("fetch-extjs.js", () => {
  it("refuses a tarball with another digest, and leaves nothing behind", async () => {
    const { code, said } = await runWithNpm('echo something else > "$5/extjs-gpl-6.2.0.tgz"');
    expect(code).toBe(3);
    expect(said).toContain("n’est pas celle qui est épinglée");
    expect(await leftovers()).toEqual([]);
  });

  it("says what to do when npm cannot fetch it", async () => {
    const { code, said } = await runWithNpm('echo "npm error code ENOTFOUND" >&2; exit 1');
    expect(code).toBe(3);
    expect(said).toContain("npm error code ENOTFOUND");
    expect(said).toContain("node scripts/fetch-extjs.js");
    expect(await leftovers()).toEqual([]);
  });

  it("says so when npm leaves no tarball", async () => {
    const { code, said } = await runWithNpm("exit 0");
    expect(code).toBe(3);
    expect(said).toContain("aucune archive");
  });
});
