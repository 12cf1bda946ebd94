import { hostname } from "node:os";
import { afterEach, describe, expect, it, vi } from "vitest";

const user = vi.hoisted(() => ({ named: true }));
vi.mock("node:os", async (original) => ({
  ...(await original<typeof import("node:os")>()),
  userInfo: () => {
    if (user.named) return { username: "anne" };
    throw new Error("ENOENT: no such user");
  },
}));

const { operatorHere } = await import("../../../engine/cli/operator-here.ts");

describe("operatorHere()", () => {
  afterEach(() => {
    user.named = true;
  });

  it.each([
    ["by name", true, "anne"],
    ["by number, where the user has no name", false, `uid ${process.getuid?.()}`],
  ] as const)("tells who runs this %s", (_, named, name) => {
    user.named = named;
    expect(operatorHere()).toEqual({ user: name, host: hostname() });
  });
});
