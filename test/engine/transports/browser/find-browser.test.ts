import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { findBrowser } from "../../../../engine/transports/browser/find-browser.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "find-browser-"));
});
afterEach(() => rm(folder, { recursive: true }));

it("findBrowser() takes the chosen one alone", async () => {
  const chosen = await executable("my-browser");
  expect(await findBrowser({ chosen })).toBe(chosen);
});

it("findBrowser() says what to do when the chosen one is no program", async () => {
  await expect(findBrowser({ chosen: join(folder, "absent") })).rejects.toMatchObject({
    code: "BROWSER_MISSING",
    scope: "environment",
    hint: expect.stringContaining("CONSTAT_BROWSER"),
  });
});

it("findBrowser() takes the newest download of @puppeteer/browsers", async () => {
  await executable("cache/chrome/linux-99.0.1/chrome-linux64/chrome");
  const newest = await executable("cache/chrome/linux-156.0.1/chrome-linux64/chrome");
  const search = { folders: [], path: folder, cache: join(folder, "cache") };
  expect(await findBrowser(search)).toBe(newest);
});

it("findBrowser() says what to do when there is none", async () => {
  const search = { folders: [], cache: join(folder, "cache") };
  await expect(findBrowser(search)).rejects.toMatchObject({ code: "BROWSER_MISSING" });
});

async function executable(path: string): Promise<string> {
  const file = join(folder, path);
  await mkdir(join(file, ".."), { recursive: true });
  await writeFile(file, "");
  await chmod(file, 0o755);
  return file;
}
