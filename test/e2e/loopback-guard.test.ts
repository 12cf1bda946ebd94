import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { isLoopbackAddress } from "../../engine/transports/guard.ts";
import { noClosedNetwork, tryDoors, tryGuardedDoorsHere } from "../support/closed-network.ts";
import type { Trial } from "../support/guard-trial.ts";

const folder = mkdtempSync(join(tmpdir(), "constat-network-"));
const [hosts, resolv] = [join(folder, "hosts"), join(folder, "resolv.conf")];
writeFileSync(hosts, "127.0.0.1 localhost\n::1 localhost\n10.202.4.99 piege.example\n");
writeFileSync(resolv, "nameserver 10.202.4.53\noptions timeout:1 attempts:1\n");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const without = noClosedNetwork();

/** Every door is refused by the guard, or stays on this machine, and the operator is told which and why. */
function expectRefused({ code, steps, output, attempted, caught }: Trial): void {
  expect(caught, output).toEqual([]);
  const refused = ["api", "relais", "bmc", "adresse", "nom", "inconnu", "six", "tls", "octal"].map(
    (id) => `http-${id}`,
  );
  expect(Object.fromEntries(refused.map((id) => [id, steps[id]]))).toEqual(
    Object.fromEntries(refused.map((id) => [id, "errored GUARD_REFUSED"])),
  );
  // A redirection is an answer, not an order; a page of this machine's is photographed without what it asks for elsewhere.
  expect([steps["http-renvoi"], steps["page-locale"]], output).toEqual(["passed", "passed"]);
  expect([steps["page-renvoi"], steps["mesure"]]).toEqual(["errored BROWSER_UNREACHABLE", "failed"]);
  for (const [node, to] of [
    ["loin", "10.202.4.31:22"],
    ["connecte", "10.202.4.32:22"],
    ["nom", "piege.example:22"],
    ["six", "fd00::31:22"],
    ["rebond", "10.202.4.1:22"],
    ["config", "10.202.4.2:22"],
  ] as const) {
    expect(output).toMatch(new RegExp(`Connexion refusée vers ${RegExp.escape(to)} \\(ssh,.* nœud ${node}\\)`));
  }
  expect(code).toBe(3);
  const addresses = attempted.map((each) => each.split(" ")[0] ?? "");
  expect(addresses.length).toBeGreaterThan(0);
  expect(addresses.filter((address) => !isLoopbackAddress(address))).toEqual([]);
}

/** Only where this machine may make networks (root, iproute2, util-linux); elsewhere the addresses that the engine tries are looked at. */
const closed = () => {
  test("the guarded engine reaches none but this machine's, by any door", () => {
    expectRefused(tryDoors("loopback", hosts, resolv));
  }, 120_000);

  test("without the guard the same doors reach them: the traps work", () => {
    const { caught, attempted } = tryDoors("none", hosts, resolv);
    expect(caught.filter((each) => each.startsWith("dns"))).toEqual([]);
    const met = caught.map((each) => each.replace(/^tcp /, ""));
    expect(met).toEqual(
      expect.arrayContaining([
        ...["10.202.4.31:22", "10.202.4.32:22", "10.202.4.99:22", "fd00::31:22", "10.202.4.1:22", "10.202.4.2:22"],
        ...["10.202.4.33:8006", "10.202.4.36:8006", "10.202.4.34:443", "10.202.4.31:80"],
        // What the page asked for: sockets, stylesheet, pictures, frame, requests.
        ...["10.202.4.40:8006", "10.202.4.42:80", "10.202.4.43:80", "fd00::43:80", "10.202.4.44:80", "10.202.4.46:80"],
      ]),
    );
    expect(attempted).toContain("10.202.4.31 22");
  }, 180_000);
};

const open = () => {
  test("the guarded engine connects to none but this machine's addresses, by any door", () => {
    expectRefused(tryGuardedDoorsHere());
  }, 120_000);
};

if (without === undefined) describe("in a network in which every address answers", closed);
else describe(`in this machine's own network (${without})`, open);
