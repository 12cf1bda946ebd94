import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { findSecrets } from "../../../../engine/runbook/lint/secret-patterns.ts";

// Put together here, so that no scanner takes these for real ones.
const MIXED = ["9fK2mQ7xLp0Z", "rT5vWb8YcD3e", "Ua6Hn1Js"].join("");

test.each([
  ["a key without a name", `clef = ${MIXED}`, 8],
  ["a private key of PGP", `-----BEGIN PGP PRIVATE ${"KEY"} BLOCK-----`, 1],
  ["a token of GitHub", `git clone avec gh${"p"}_${"a1B2".repeat(9)}`, 16],
  ["a token of GitLab", `glp${"at"}-${"abcde".repeat(4)}`, 1],
  ["a key of AWS", `id AK${"IA"}${"ABCD1234".repeat(2)}`, 4],
  ["a JWT", `en-tête ey${"J"}hbGciOiJIUzI1.ey${"J"}zdWIiOiIxMjM.dozjgNryP4J3jVm`, 9],
  ["a ticket of Proxmox", `cookie PV${"E"}:root@pam:6630F1A2::${"abCD12+/".repeat(6)}==`, 8],
  ["a token of the API of Proxmox", `PVEAPI${"Token"}=root@pam!ci=3f2c1a9e-1b2c-4d5e-8f90-a1b2c3d4e5f6`, 1],
  ["a password in French", "mot_de_passe: Hunter-2!", 1],
])("findSecrets() finds %s", (_, line, column) => {
  expect(findSecrets(line).map((found) => found.column)).toEqual([column]);
});

test.each([
  ["a digest", "d2c4e3f4a5b6c7d8e9f0a1b2c3d4e5f60718293a4b5c6d7e8f9012a3b4c5d6e7"],
  ["a fingerprint of OpenSSH", "SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU"],
  ["a public key", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGx0Nq2c6b3u0Jr4bQ5b6l0vX9i2m3n4o5p6q7r8s9t0"],
  ["a UUID", "3f2c1a9e-1b2c-4d5e-8f90-a1b2c3d4e5f6"],
  ["a fingerprint of a certificate", "AB:CD:EF:01:23:45:67:89:AB:CD:EF:01:23:45:67:89"],
  ["a long name", "getClusterStatusFromTheThirdNodeOfThree2And3"],
  ["a name of a file", "proxmox-ve_9.2-1-2026-11-22T10-06-12Z-amd64.iso"],
  ["an UPID", "UPID:pve1:0003B0A5:00A1B2C3:6630F1A2:vzdump:100:root@pam:"],
  ["a token by reference", "Authorization: PVEAPIToken=root@pam!ci={{secrets.jeton}}"],
])("findSecrets() leaves %s alone", (_, line) => {
  expect(findSecrets(line)).toEqual([]);
});

test("findSecrets() finds nothing in the product's own documents", () => {
  const root = join(import.meta.dirname, "../../../..");
  const texts = ["runbooks", "runbooks/inventory", "docs/kinds"].flatMap((folder) =>
    readdirSync(join(root, folder))
      .filter((name) => /\.(?:md|ya?ml)$/.test(name))
      .map((name) => readFileSync(join(root, folder, name), "utf8")),
  );
  expect(texts.length).toBeGreaterThan(10);
  // `password: name` of an inventory names a secret; `lint` knows that.
  const found = texts.flatMap((text) => text.split("\n")).filter((line) => findSecrets(line).length > 0);
  expect(found.filter((line) => !/(?:password|passphrase|sudo): \w+/.test(line))).toEqual([]);
});
