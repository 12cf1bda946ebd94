import { X509Certificate } from "node:crypto";
import { describe, expect, test } from "vitest";
import { createAuthority } from "../../../lab/tls/authority.ts";
import { issueCertificate } from "../../../lab/tls/certificate.ts";

const now = Date.UTC(2026, 10, 22);
const request = { node: "pve1", domain: "lab.example", address: "10.202.4.31", from: now };

describe("issueCertificate()", () => {
  test("names node and addresses as Proxmox does, signed by the authority", async () => {
    const authority = await createAuthority(now);
    const { pem, key, fingerprint } = await issueCertificate(authority, request);
    const certificate = new X509Certificate(pem);
    const issuer = new X509Certificate(authority.pem);
    expect(certificate.subject.split("\n")).toEqual([
      "OU=PVE Cluster Node",
      "O=Proxmox Virtual Environment",
      "CN=pve1.lab.example",
    ]);
    expect(certificate.subjectAltName).toBe(
      "IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1, DNS:localhost, IP Address:10.202.4.31, DNS:pve1, DNS:pve1.lab.example",
    );
    expect(certificate.fingerprint256).toBe(fingerprint);
    expect(certificate.ca).toBe(false);
    expect(issuer.ca).toBe(true);
    expect(issuer.subject).toMatch(/^CN=Proxmox Virtual Environment\nOU=[0-9a-f-]{36}\nO=PVE Cluster Manager CA$/);
    expect(certificate.verify(issuer.publicKey)).toBe(true);
    expect(certificate.checkPrivateKey((await import("node:crypto")).createPrivateKey(key))).toBe(true);
  });

  test("gives another key every time", async () => {
    const authority = await createAuthority(now);
    const [one, two] = await Promise.all([issueCertificate(authority, request), issueCertificate(authority, request)]);
    expect(one.fingerprint).not.toBe(two.fingerprint);
    expect(one.key).not.toBe(two.key);
  });

  test("holds two years, or as long as it is told", async () => {
    const authority = await createAuthority(now);
    const day = 86_400_000;
    const { pem } = await issueCertificate(authority, request);
    expect(Date.parse(new X509Certificate(pem).validTo)).toBe(now + 730 * day);
    const short = await issueCertificate(authority, { ...request, to: now + day });
    expect(Date.parse(new X509Certificate(short.pem).validTo)).toBe(now + day);
  });
});
