import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { heavyFile, putHeavyFile } from "../../../lab/state/heavy-files.ts";
import { roomOnRoot } from "../../../lab/state/room.ts";
import { nodeOf } from "../../../lab/state/world.ts";
import { type Client, type ServedWorld, serveScenario } from "./client.ts";

const TEMPORARY = "/var/tmp/pveupload-0123456789abcdef";
const PATH = "/nodes/pve1/storage/local/upload";
const SIZE = 1_700_000_000;

describe.each(["9", "8.4"] as const)("an ISO that is sent to a node of %s", (dialect) => {
  let served: ServedWorld;
  let pve1: Client;
  beforeAll(async () => {
    served = await serveScenario("pve1-seul", dialect);
    pve1 = served.client("pve1");
    await pve1.logIn();
  });
  afterAll(() => served[Symbol.asyncDispose]());

  const receive = (fields: Readonly<Record<string, string>>) =>
    pve1.call("POST", PATH, { fields: { content: "iso", filename: "test.iso", tmpfilename: TEMPORARY, ...fields } });
  const put = () => putHeavyFile(nodeOf(served.world, "pve1"), TEMPORARY, { size: SIZE }, 0);

  test("fails in the copy when it fits once and not twice; nothing of it stays", async () => {
    const node = nodeOf(served.world, "pve1");
    const before = roomOnRoot(served.world, node);
    put();
    const [status, log] = await finished(await receive({}));
    expect(status).toBe(
      `import failed: command 'cp -- ${TEMPORARY} /var/lib/vz/template/iso/test.iso' failed: exit code 1`,
    );
    expect(log).toContain("cp: error writing '/var/lib/vz/template/iso/test.iso': No space left on device");
    expect(heavyFile(node, TEMPORARY)).toBeUndefined();
    expect(before - roomOnRoot(served.world, node)).toBeLessThan(2 ** 20);
  });

  test("is in the storage when there is room, with its size, and its temporary file is gone", async () => {
    const node = nodeOf(served.world, "pve1");
    await pve1.data("DELETE", "/nodes/pve1/storage/local/content/local:iso%2Fwindows-server-2025-evaluation.iso");
    await expect.poll(() => roomOnRoot(served.world, node), { timeout: 10_000 }).toBeGreaterThan(2 * SIZE);
    put();
    const [status, log] = await finished(await receive({}));
    expect([status, log.at(-2)]).toEqual(["OK", "finished file import successfully"]);
    const content = await pve1.data<{ volid: string; size: number }[]>(
      "GET",
      "/nodes/pve1/storage/local/content?content=iso",
    );
    expect(content.find(({ volid }) => volid === "local:iso/test.iso")?.size).toBe(SIZE);
    expect(node.heavyFiles.size).toBe(0);
  });

  test.each([
    [{ filename: "test.txt" }, 400, "wrong file extension"],
    [{ tmpfilename: "/var/tmp/pveupload-ff" }, 500, "temporary file '/var/tmp/pveupload-ff' does not exist"],
    [{ tmpfilename: "/etc/passwd" }, 400, "value does not match the regex pattern"],
  ] as const)("with %o is refused", async (fields, status, text) => {
    put();
    const answer = await receive(fields);
    expect(answer.status).toBe(status);
    expect(answer.text).toContain(text);
  });

  async function finished(answer: { readonly text: string }): Promise<readonly [string, readonly string[]]> {
    const upid = (JSON.parse(answer.text) as { data: string }).data;
    const tasks = `/nodes/pve1/tasks/${encodeURIComponent(upid)}`;
    const status = () => pve1.data<{ exitstatus?: string }>("GET", `${tasks}/status`);
    await expect.poll(async () => (await status()).exitstatus, { timeout: 20_000 }).toBeDefined();
    const log = await pve1.data<{ t: string }[]>("GET", `${tasks}/log?limit=100`);
    return [(await status()).exitstatus ?? "", log.map(({ t }) => t)];
  }
});
