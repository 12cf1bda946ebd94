import { describe, expect, it } from "vitest";
import { standalone, threeNodes } from "../../../lab/ui/fixture-api.ts";
import { startSecureFixture } from "./secure-fixture.ts";
import { selfSigned } from "./self-signed.ts";
import { transportTo } from "./transport-to.ts";

const STARTS = 50;

describe("createBrowserTransport() starts a session of the web interface", () => {
  it.each(["9", "8.4"] as const)(
    "fifty times afresh in dialect %s: no error of a script, no dialog, no second load",
    async (dialect) => {
      const certificate = await selfSigned("10.202.4.31");
      const fixture = await startSecureFixture(certificate, { ...standalone(dialect), ...threeNodes(dialect) });
      const door = transportTo(fixture.port, certificate.fingerprint, { ticket: fixture.ticket });
      try {
        const outcomes: string[] = [];
        for (let start = 1; start <= STARTS; start += 1) {
          // Another context, another local storage, another login: what a first visit is.
          await door.transport.forget(door.node);
          const result = await door.shoot({ view: "datacenter/cluster", scale: 1 });
          const windows = result.status === "shot" ? (result.shot.evidence.rows as { window: string }).window : "";
          outcomes.push(result.status === "shot" ? `shot${windows}` : result.unmet.join());
        }
        expect(outcomes).toEqual(Array.from({ length: STARTS }, () => "shot"));
        expect(door.logins()).toBe(STARTS);
        // An error of a script would have been answered by a second load of the page.
        expect(fixture.state.requests.filter((each) => each === "POST /access/ticket")).toHaveLength(STARTS);
        expect(fixture.state.requests.filter((each) => /subscription/.test(each))).toEqual([]);
      } finally {
        await door.transport.close();
        await fixture.close();
      }
    },
    600_000,
  );
});
