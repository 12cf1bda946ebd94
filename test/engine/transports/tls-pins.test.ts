import { createHash, X509Certificate } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import type { Clock } from "../../../engine/base/clock.ts";
import type { InventoryNode } from "../../../engine/model/inventory.ts";
import { createGuard } from "../../../engine/transports/guard.ts";
import {
  certificateFingerprint,
  fetchCertificate,
  normalFingerprint,
  spkiSha256,
} from "../../../engine/transports/tls-certificate.ts";
import { createTlsPins } from "../../../engine/transports/tls-pins.ts";
import { selfSigned, startHttpsServer } from "../../support/https-server.ts";
import { testInventory } from "../../support/transports.ts";

const NODE: InventoryNode = {
  name: "pve2",
  hostname: "pve2",
  address: "10.202.4.32",
  vars: {},
  ssh: { user: "root", endpoint: { host: "127.0.0.1", port: 22 }, hostKeys: [] },
  pve: { user: "root@pam", endpoint: { host: "10.202.4.32", port: 8006 } },
};
const OWN = "/etc/pve/local/pve-ssl.pem";
const CUSTOM = "/etc/pve/local/pveproxy-ssl.pem";
const signal = AbortSignal.timeout(60_000);
let first: string;
let second: string;

beforeAll(async () => {
  first = (await selfSigned("first")).certificate;
  second = (await selfSigned("second")).certificate;
});

/** A node whose files are these now, and a clock whose waits pass at once and may change the files. */
function site(files: Map<string, string>, onSleep: () => void = () => {}) {
  let time = 0;
  const clock: Clock = {
    now: () => new Date(time),
    monotonic: () => time,
    sleep: async (ms) => {
      time += ms;
      onSleep();
    },
  };
  const readFile = async (_target: unknown, path: string) => {
    const text = files.get(path);
    return text === undefined ? undefined : Buffer.from(text);
  };
  return createTlsPins({ shell: { readFile }, clock });
}

describe("expected()", () => {
  test("prefers the inventory's pin, however it is written", async () => {
    const pve = { user: "root@pam", endpoint: { host: "x", port: 8006 }, fingerprint: `sha256:${"ab".repeat(32)}` };
    expect(await site(new Map()).expected({ ...NODE, pve }, signal)).toBe(
      Array.from({ length: 32 }, () => "AB").join(":"),
    );
  });

  test("reads the node's own certificate, and the site's before it", async () => {
    expect(await site(new Map([[OWN, first]])).expected(NODE, signal)).toBe(certificateFingerprint(first));
    const both = new Map([
      [OWN, first],
      [CUSTOM, second],
    ]);
    expect(await site(both).expected(NODE, signal)).toBe(certificateFingerprint(second));
  });

  test("keeps what it has read: a certificate that changes by itself is not believed", async () => {
    const files = new Map([[OWN, first]]);
    const pins = site(files);
    await pins.expected(NODE, signal);
    files.set(OWN, second);
    expect(await pins.expected(NODE, signal)).toBe(certificateFingerprint(first));
  });

  test.each([
    ["has no certificate file", NODE],
    ["has neither pin nor ssh", { ...NODE, ssh: undefined }],
  ])("refuses a node that %s", async (_case, node) => {
    await expect(site(new Map()).expected(node, signal)).rejects.toMatchObject({ code: "TLS_PIN_UNKNOWN" });
  });
});

describe("renew()", () => {
  test("waits for the new certificate, which may be away or half written meanwhile", async () => {
    const files = new Map([[OWN, first]]);
    const states = [first, "", "-----BEGIN CERTIFICATE-----\nMII", second];
    const pins = site(files, () => files.set(OWN, states.shift() ?? second));
    await pins.expected(NODE, signal);
    expect(await pins.renew(NODE, signal)).toEqual({
      before: certificateFingerprint(first),
      after: certificateFingerprint(second),
    });
    expect(await pins.expected(NODE, signal)).toBe(certificateFingerprint(second));
  });

  test("takes what is there when nothing was pinned before", async () => {
    const waits: number[] = [];
    const pins = site(new Map([[OWN, second]]), () => waits.push(1));
    expect(await pins.renew(NODE, signal)).toEqual({
      before: certificateFingerprint(second),
      after: certificateFingerprint(second),
    });
    expect(waits).toEqual([]);
  });

  test("ends after thirty seconds with the certificate that did not change", async () => {
    const pins = site(new Map([[OWN, first]]));
    await pins.expected(NODE, signal);
    const { before, after } = await pins.renew(NODE, signal);
    expect(after).toBe(before);
  });
});

describe("certificates", () => {
  test("fetchCertificate() gives what the service shows, whatever it is worth", async () => {
    const server = await startHttpsServer((_request, response) => response.end());
    try {
      const node = {
        ...NODE,
        pve: {
          user: "root@pam",
          endpoint: { host: "10.202.4.32", port: 8006 },
          connect: { host: "127.0.0.1", port: server.port },
        },
      };
      const raw = await fetchCertificate(node, createGuard(testInventory([])), signal);
      expect(raw).toEqual(new X509Certificate(server.certificate).raw);
      expect(certificateFingerprint(raw)).toBe(certificateFingerprint(server.certificate));
    } finally {
      await server.close();
    }
  });

  test("spkiSha256() is the digest of the key alone, from PEM or DER", () => {
    const certificate = new X509Certificate(first);
    const key = certificate.publicKey.export({ type: "spki", format: "der" });
    expect(spkiSha256(first)).toBe(createHash("sha256").update(key).digest("base64"));
    expect(spkiSha256(certificate.raw)).toBe(spkiSha256(first));
  });

  test.each(["ab:cd", "ABCD", "SHA256:ab:cd", "sha256 ABCD"])("normalFingerprint() reads %s", (written) => {
    expect(normalFingerprint(written)).toBe("AB:CD");
  });
});
