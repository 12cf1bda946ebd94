import { spawnSync } from "node:child_process";
import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findBrowser } from "../../../../engine/transports/browser/index.ts";
import { threeNodes } from "../../../lab/ui/fixture-api.ts";
import { type SecureFixture, startSecureFixture } from "./secure-fixture.ts";
import { selfSigned } from "./self-signed.ts";
import { type TestTransport, transportTo } from "./transport-to.ts";

const VIEW = { view: "datacenter/cluster" };

describe("createBrowserTransport() outlives its browser", () => {
  let folder: string;
  let fixture: SecureFixture;
  let door: TestTransport;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "recovery-"));
    const certificate = await selfSigned("10.202.4.31");
    fixture = await startSecureFixture(certificate, threeNodes());
    // A browser that writes down its process id: only processes that these tests started are ended.
    const program = join(folder, "browser");
    await writeFile(program, `#!/bin/sh\necho $$ >> ${folder}/pids\nexec ${await findBrowser()} "$@"\n`);
    await chmod(program, 0o755);
    door = transportTo(fixture.port, certificate.fingerprint, {
      ticket: fixture.ticket,
      findBrowser: async () => program,
    });
  });
  afterEach(async () => {
    await door.transport.close();
    await fixture.close();
    await rm(folder, { recursive: true });
  });

  const started = async () => (await readFile(join(folder, "pids"), "utf8")).trim().split("\n").map(Number);

  it("starts it again when it died between two pictures", async () => {
    await door.shoot(VIEW);
    const [pid] = await started();
    process.kill(pid ?? 0, "SIGKILL");
    expect(await door.shoot(VIEW)).toMatchObject({ status: "shot" });
    expect(await started()).toHaveLength(2);
  });

  it("starts it again, once, when it dies in the middle of a picture", async () => {
    await door.shoot(VIEW);
    fixture.state.delay = 1_500;
    const shooting = door.shoot(VIEW);
    setTimeout(async () => {
      fixture.state.delay = 0;
      process.kill((await started())[0] ?? 0, "SIGKILL");
    }, 700);
    expect(await shooting).toMatchObject({ status: "shot" });
    expect(await started()).toHaveLength(2);
  });

  it("stops at once when it is told to, and works again afterwards", async () => {
    await door.shoot(VIEW);
    fixture.state.delay = 20_000;
    const controller = new AbortController();
    const shooting = door.shoot(VIEW, controller.signal);
    setTimeout(() => controller.abort(new Error("told to stop")), 500);
    await expect(shooting).rejects.toThrow("told to stop");
    fixture.state.delay = 0;
    expect(await door.shoot(VIEW)).toMatchObject({ status: "shot" });
  });

  it("leaves no process behind", async () => {
    await door.shoot(VIEW);
    await door.transport.close();
    for (const pid of await started()) {
      expect(
        spawnSync("ps", ["-p", String(pid), "-o", "stat="])
          .stdout.toString()
          .trim(),
      ).toMatch(/^Z?$/);
    }
  });
});
