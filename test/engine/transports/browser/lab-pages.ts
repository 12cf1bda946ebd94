import type { PveUi } from "../../../contract/pve-ui-port.ts";
import { standalone, threeNodes } from "../../../lab/ui/fixture-api.ts";
import { startSecureFixture } from "./secure-fixture.ts";
import { selfSigned } from "./self-signed.ts";
import { transportTo } from "./transport-to.ts";

/** The lab's pages in front of answers made by hand, behind TLS, met as a node is met. */
export async function labPages(dialect: "9" | "8.4"): Promise<PveUi> {
  const certificate = await selfSigned("10.202.4.31");
  const fixture = await startSecureFixture(certificate, standalone(dialect));
  const { transport, shoot, within } = transportTo(fixture.port, certificate.fingerprint, { ticket: fixture.ticket });
  const { state, faults } = fixture;
  return {
    shoot,
    within,
    become: (name) => {
      const { cluster, members } = name === "standalone" ? standalone(dialect) : threeNodes(dialect);
      Object.assign(state, { cluster, members });
    },
    delay: (ms) => {
      state.delay = ms;
    },
    fail: (path, times) => {
      faults.failing.set(path, times);
    },
    answer: (path, change) => {
      if (change === undefined) faults.told.delete(path);
      else faults.told.set(path, change);
    },
    expire: () => {
      faults.expire();
    },
    requests: () => state.requests.splice(0),
    close: async () => {
      await transport.close();
      await fixture.close();
    },
  };
}
