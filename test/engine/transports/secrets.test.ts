import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import type { SecretReference } from "../../../engine/model/inventory.ts";
import { createSecrets } from "../../../engine/transports/secrets.ts";

const folder = mkdtempSync(join(tmpdir(), "constat-secrets-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const signal = AbortSignal.timeout(30_000);

function resolve(reference: SecretReference, learned: (value: string, name: string) => void = () => {}) {
  const inventory = { file: join(folder, "site.yaml"), secrets: { mine: reference } };
  return createSecrets(
    inventory,
    { env: { PATH: process.env["PATH"], MINE: "from env", EMPTY: "" }, home: folder },
    learned,
  );
}

describe("value()", () => {
  test("reads the environment, files and commands", async () => {
    writeFileSync(join(folder, "one.txt"), "from file\n");
    expect(await resolve({ from: "env", name: "MINE" }).value("mine", signal)).toBe("from env");
    expect(await resolve({ from: "file", path: "one.txt" }).value("mine", signal)).toBe("from file");
    expect(await resolve({ from: "file", path: "~/one.txt" }).value("mine", signal)).toBe("from file");
    expect(await resolve({ from: "command", command: "printf 'from command\\n'; pwd >&2" }).value("mine", signal)).toBe(
      "from command",
    );
  });

  test("drops one line break at the end, and no other space", async () => {
    writeFileSync(join(folder, "two.txt"), " a b \n\n");
    expect(await resolve({ from: "file", path: "two.txt" }).value("mine", signal)).toBe(" a b \n");
  });

  test.each([
    ["an absent variable", { from: "env", name: "ABSENT" }, "ABSENT"],
    ["an empty variable", { from: "env", name: "EMPTY" }, "EMPTY"],
    ["an absent file", { from: "file", path: "absent.txt" }, "absent.txt"],
    ["a command that fails", { from: "command", command: "echo leaked; echo leaked >&2; exit 3" }, "exit 3"],
    ["a command that writes nothing", { from: "command", command: "true" }, "true"],
  ] as const)("names %s, never what it wrote", async (_case, reference, named) => {
    const refused = resolve(reference).value("mine", signal);
    await expect(refused).rejects.toMatchObject({ code: "SECRET_MISSING", message: expect.stringContaining(named) });
    await expect(refused).rejects.toThrow("« mine »".replaceAll(" ", "\u00a0"));
  });

  test("waits no longer than it may for a command whose children hold its pipes", async () => {
    const stop = new AbortController();
    const waiting = resolve({ from: "command", command: "sleep 300 & wait" }).value("mine", stop.signal);
    stop.abort(new Error("enough"));
    await expect(waiting).rejects.toThrow("enough");
  });

  test("refuses a name that the inventory does not declare", async () => {
    await expect(resolve({ from: "env", name: "MINE" }).value("other", signal)).rejects.toMatchObject({
      code: "SECRET_UNKNOWN",
      hint: expect.stringContaining("mine"),
    });
  });
});

test("known() and the listener hear of each value once, before it is used", async () => {
  const heard: string[] = [];
  const secrets = resolve({ from: "env", name: "MINE" }, (value, name) => heard.push(`${name}=${value}`));
  expect(secrets.known()).toEqual([]);
  await secrets.value("mine", signal);
  await secrets.value("mine", signal);
  secrets.remember("a ticket", "ticket");
  expect(secrets.known()).toEqual(["from env", "a ticket"]);
  expect(heard).toEqual(["mine=from env", "ticket=a ticket"]);
});
