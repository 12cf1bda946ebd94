import { expect, test } from "vitest";
import { stopped } from "../../../../engine/transports/browser/stopped.ts";
import type { ShotRequest } from "../../../../engine/transports/port.ts";
import { node } from "../../plan/support.ts";

const LATE = new DOMException("time limit", "TimeoutError");

const request = (spec: object, reason: unknown) => ({ spec, signal: AbortSignal.abort(reason) }) as ShotRequest;

test.each([
  [{ view: "datacenter/ha" }, "l’interface et l’API de pve1 ; il manquait encore une partie de datacenter/ha."],
  [{ open: "https://site.example/" }, "https://site.example/ ; il manquait encore une partie de la page."],
])("stopped() says of %j who was slow", (spec, words) => {
  expect(stopped(node("pve1"), request(spec, LATE))).toMatchObject({
    code: "BROWSER_TOO_SLOW",
    message: expect.stringContaining(words),
  });
});

test("stopped() gives any other reason as it is", () => {
  const interrupted = new Error("interrupted");
  expect(stopped(node("pve1"), request({ view: "login" }, interrupted))).toBe(interrupted);
});
