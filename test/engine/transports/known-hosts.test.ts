import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  judgeHostKey,
  keyFingerprint,
  knownKeyTypes,
  parseKnownHosts,
} from "../../../engine/transports/known-hosts.ts";

const KEY = Buffer.from("a host key of some type").toString("base64");
const OTHER = Buffer.from("another key").toString("base64");

function judge(text: string, host = "pve1.example.org", port = 22): string {
  return judgeHostKey(parseKnownHosts(text), host, port, Buffer.from(KEY, "base64")).status;
}

describe("judgeHostKey()", () => {
  test.each([
    ["a plain name", `pve1.example.org ssh-ed25519 ${KEY}`, "known"],
    ["one of several names", `10.0.0.1,pve1.example.org ssh-ed25519 ${KEY} comment`, "known"],
    ["a name in capitals", `PVE1.example.org ssh-ed25519 ${KEY}`, "known"],
    ["a pattern", `*.example.org ssh-ed25519 ${KEY}`, "known"],
    ["a single wildcard", `pve?.example.org ssh-ed25519 ${KEY}`, "known"],
    ["a pattern that leaves the name out", `!pve1.example.org,*.example.org ssh-ed25519 ${KEY}`, "unknown"],
    ["another name", `pve2.example.org ssh-ed25519 ${KEY}`, "unknown"],
    ["a dot that is no wildcard", `pve1xexample.org ssh-ed25519 ${KEY}`, "unknown"],
    ["another key", `pve1.example.org ssh-ed25519 ${OTHER}`, "changed"],
    [
      "a second line with the right key",
      `pve1.example.org ssh-rsa ${OTHER}\npve1.example.org ssh-ed25519 ${KEY}`,
      "known",
    ],
    ["a comment", `# pve1.example.org ssh-ed25519 ${KEY}`, "unknown"],
    ["half a line", "pve1.example.org ssh-ed25519", "unknown"],
    ["a revoked key", `@revoked * ssh-ed25519 ${KEY}\npve1.example.org ssh-ed25519 ${KEY}`, "revoked"],
    ["an authority", `@cert-authority *.example.org ssh-ed25519 ${OTHER}`, "certificate"],
    ["another port", `[pve1.example.org]:2222 ssh-ed25519 ${KEY}`, "unknown"],
  ])("reads %s", (_case, text, status) => {
    expect(judge(text)).toBe(status);
  });

  test.each([
    [`[pve1.example.org]:2222 ssh-ed25519 ${KEY}`, "known"],
    [`[pve1.example.org]:2222 ssh-ed25519 ${OTHER}`, "changed"],
    [`pve1.example.org ssh-ed25519 ${KEY}`, "known"],
    [`pve1.example.org ssh-ed25519 ${OTHER}`, "unknown"],
  ])("on port 2222 reads %s", (text, status) => {
    expect(judge(text, "pve1.example.org", 2222)).toBe(status);
  });

  test.each([
    ["10.202.4.31", 22],
    ["10.202.4.31", 2222],
  ])("reads the names that ssh-keygen has hashed for %s:%i", (host, port) => {
    const folder = mkdtempSync(join(tmpdir(), "constat-known-"));
    try {
      const file = join(folder, "known_hosts");
      const key = "AAAAC3NzaC1lZDI1NTE5AAAAIAcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcH";
      writeFileSync(file, `${port === 22 ? host : `[${host}]:${port}`} ssh-ed25519 ${key}\n`);
      spawnSync("ssh-keygen", ["-H", "-f", file]);
      const text = readFileSync(file, "utf8");
      expect(text).toMatch(/^\|1\|/);
      const lines = parseKnownHosts(text);
      expect(judgeHostKey(lines, host, port, Buffer.from(key, "base64")).status).toBe("known");
      expect(judgeHostKey(lines, "10.202.4.32", port, Buffer.from(key, "base64")).status).toBe("unknown");
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

test("knownKeyTypes() tells which keys can be compared", () => {
  expect(knownKeyTypes(parseKnownHosts(`a ssh-rsa ${KEY}\na,b ssh-ed25519 ${KEY}\nc ecdsa ${KEY}`), "a", 22)).toEqual([
    "ssh-rsa",
    "ssh-ed25519",
  ]);
});

test("keyFingerprint() is spelled as ssh-keygen spells it", () => {
  expect(keyFingerprint(KEY)).toMatch(/^SHA256:[A-Za-z0-9+/]{43}$/);
});
