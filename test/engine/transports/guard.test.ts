import { describe, expect, test } from "vitest";
import { createGuard } from "../../../engine/transports/guard.ts";

const guarded = createGuard({ guard: "loopback", file: "lab.yaml" });

describe("a loopback guard", () => {
  test.each(["127.0.0.1", "127.8.9.10", "::1", "[::1]", "::ffff:127.0.0.1", "localhost", "LOCALHOST"])(
    "lets %s pass",
    async (host) => {
      const passed = await guarded.check({ use: "ssh" }, { host, port: 22 });
      expect(passed.host).toMatch(/^(?:127\.|::1$|::ffff:127\.)/);
      expect(passed.port).toBe(22);
    },
  );

  test.each([
    "10.202.4.31",
    "0.0.0.0",
    "::",
    "::ffff:10.0.0.1",
    "127.1",
    "0x7f.1",
    "pve1",
    "localhost.example.org",
    "fe80::1",
  ])("refuses %s", async (host) => {
    const refused = guarded.check({ use: "ssh", node: "pve1" }, { host, port: 22 });
    await expect(refused).rejects.toMatchObject({
      code: "GUARD_REFUSED",
      message: expect.stringContaining("pve1"),
      hint: expect.stringContaining("connect"),
    });
  });

  test("is nothing when the inventory asks for none", async () => {
    const endpoint = { host: "10.202.4.31", port: 22 };
    expect(await createGuard({ guard: "none", file: "site.yaml" }).check({ use: "ssh" }, endpoint)).toEqual(endpoint);
  });
});
