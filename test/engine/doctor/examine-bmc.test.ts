import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { BmcAccess, InventoryNode } from "../../../engine/model/inventory.ts";
import { brief, examine } from "../../support/doctor-site.ts";
import { type HttpsServer, type SeenRequest, startHttpsServer } from "../../support/https-server.ts";
import { freePort } from "../../support/sshd.ts";

let controller: HttpsServer;
let answer: (request: SeenRequest) => { readonly status: number; readonly body?: unknown; readonly headers?: object };

beforeEach(async () => {
  answer = redfish;
  controller = await startHttpsServer((request, response) => {
    const { status, body = {}, headers = {} } = answer(request);
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
  });
});
afterEach(() => controller.close());

/** A service that lets one account in. */
function redfish({ method, url, body }: SeenRequest) {
  if (url === "/redfish/v1/") return { status: 200, body: { Links: { Sessions: { "@odata.id": SESSIONS } } } };
  if (method === "POST" && url === SESSIONS) {
    const { Password } = JSON.parse(body) as { Password: string };
    if (Password !== "letmein-please") return { status: 401 };
    return { status: 201, headers: { "x-auth-token": "token-0123", location: `${SESSIONS}1/` } };
  }
  return { status: 200, body: { Members: [] } };
}
const SESSIONS = "/redfish/v1/SessionService/Sessions/";

/** A node that has a controller and nothing else. */
function node(over: Partial<BmcAccess> = {}): InventoryNode {
  const bmc: BmcAccess = {
    login: { user: "constat", password: "bmc_password" },
    accounts: {},
    endpoint: { host: "192.0.2.131", port: 443 },
    connect: { host: "127.0.0.1", port: controller.port },
    ...over,
  };
  return { name: "pve1", hostname: "pve1", address: "192.0.2.31", vars: {}, bmc };
}

const SECRETS = { bmc_password: "letmein-please" };

describe("examineBmc()", () => {
  test("logs in, shows the fingerprint to pin, and gives the session back", async () => {
    const seen = await examine([node()], { secrets: SECRETS });
    expect(brief(seen)).toEqual(["bmc ok", "bmc note"]);
    expect(seen[1]?.text).toMatch(/fingerprint: "(?:[0-9A-F]{2}:){31}[0-9A-F]{2}"/);
    const changing = controller.seen
      .filter(({ method }) => method !== "GET")
      .map(({ method, url }) => `${method} ${url}`);
    expect(changing).toEqual([`POST ${SESSIONS}`, `DELETE ${SESSIONS}1/`]);
  });

  test.each<readonly [string, () => Promise<InventoryNode> | InventoryNode, Record<string, string>, readonly string[]]>(
    [
      [
        "a refused account, which chapter 1 makes",
        () => node(),
        { bmc_password: "another-one" },
        ["bmc warning BMC_AUTH_FAILED"],
      ],
      ["no account", () => node({ login: undefined }), {}, ["bmc note"]],
      ["a missing secret", () => node(), { bmc_password: "" }, ["bmc unchecked"]],
      [
        "another certificate",
        () => node({ fingerprint: `${"AB:".repeat(31)}AB` }),
        SECRETS,
        ["bmc error BMC_PIN_MISMATCH"],
      ],
      [
        "a closed port",
        async () => node({ connect: { host: "127.0.0.1", port: await freePort() } }),
        SECRETS,
        ["bmc error HTTP_UNREACHABLE"],
      ],
    ],
  )("names %s", async (_name, make, secrets, expected) => {
    const seen = await examine([await make()], { secrets });
    expect(brief(seen)).toEqual(expected);
    expect(JSON.stringify(seen)).not.toContain("another-one");
  });

  test("names a server that is no controller, and an account that may not look", async () => {
    answer = () => ({ status: 404 });
    expect(brief(await examine([node()], { secrets: SECRETS }))).toEqual(["bmc error BMC_NO_REDFISH"]);
    answer = (request) => (request.url.includes("Managers") ? { status: 403 } : redfish(request));
    expect(brief(await examine([node()], { secrets: SECRETS }))).toEqual(["bmc warning BMC_PRIVILEGES"]);
  });
});
