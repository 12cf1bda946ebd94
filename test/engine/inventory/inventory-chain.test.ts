import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { extendsOf, parseInventory } from "../../../engine/inventory/index.ts";
import { chain } from "./support.ts";

const FINGERPRINT = Array.from({ length: 32 }, (_, index) => index.toString(16).padStart(2, "0")).join(":");
const HOST_KEY = `SHA256:${"aB3+/".repeat(8)}xyz`;
const LAB = readFileSync(new URL("../../../runbooks/inventory/lab.yaml", import.meta.url), "utf8");

test("parseInventory() lays what the lab writes over what it extends", () => {
  const started = `
extends: ../../runbooks/inventory/lab.yaml
echelle-temps: 20
secrets: { root_password: { file: secrets/root } }
nodes:
  pve1: { ssh: { host-key: "${HOST_KEY}" }, pve: { fingerprint: "${FINGERPRINT}" }, connect: { ssh: "127.0.0.1:2201", pve: "127.0.0.1:8101" } }
  pve2: { connect: { ssh: "[::1]:2202" }, pve: false }
`;
  const files = chain(["runbooks/inventory/lab.yaml", LAB], ["output/.lab/inventory.yaml", started]);
  expect(parseInventory(files)).toMatchInlineSnapshot(`
    {
      "file": "output/.lab/inventory.yaml",
      "groups": {
        "noeuds": [
          "pve1",
          "pve2",
          "pve3",
        ],
      },
      "guard": "loopback",
      "name": "laboratoire",
      "nodes": [
        {
          "address": "10.202.4.31",
          "hostname": "pve1",
          "name": "pve1",
          "pve": {
            "connect": {
              "host": "127.0.0.1",
              "port": 8101,
            },
            "endpoint": {
              "host": "10.202.4.31",
              "port": 8006,
            },
            "fingerprint": "00:01:02:03:04:05:06:07:08:09:0A:0B:0C:0D:0E:0F:10:11:12:13:14:15:16:17:18:19:1A:1B:1C:1D:1E:1F",
            "password": "root_password",
            "user": "root@pam",
          },
          "ssh": {
            "assumed": [
              "user",
              "port",
            ],
            "config": false,
            "connect": {
              "host": "127.0.0.1",
              "port": 2201,
            },
            "endpoint": {
              "host": "10.202.4.31",
              "port": 22,
            },
            "hostKeys": [
              "SHA256:aB3+/aB3+/aB3+/aB3+/aB3+/aB3+/aB3+/aB3+/xyz",
            ],
            "user": "root",
          },
          "vars": {},
        },
        {
          "address": "10.202.4.32",
          "hostname": "pve2",
          "name": "pve2",
          "power": {
            "by": "command",
            "host": "pve1",
            "off": "qm stop 102",
            "on": "qm start 102",
          },
          "ssh": {
            "assumed": [
              "user",
              "port",
            ],
            "config": false,
            "connect": {
              "host": "::1",
              "port": 2202,
            },
            "endpoint": {
              "host": "10.202.4.32",
              "port": 22,
            },
            "hostKeys": [],
            "user": "root",
          },
          "vars": {},
        },
        {
          "address": "10.202.4.33",
          "hostname": "pve3",
          "name": "pve3",
          "power": {
            "by": "command",
            "host": "pve1",
            "off": "qm stop 103",
            "on": "qm start 103",
          },
          "pve": {
            "endpoint": {
              "host": "10.202.4.33",
              "port": 8006,
            },
            "password": "root_password",
            "user": "root@pam",
          },
          "ssh": {
            "assumed": [
              "user",
              "port",
            ],
            "config": false,
            "endpoint": {
              "host": "10.202.4.33",
              "port": 22,
            },
            "hostKeys": [],
            "user": "root",
          },
          "vars": {},
        },
      ],
      "secrets": {
        "root_password": {
          "from": "file",
          "path": "output/.lab/secrets/root",
        },
      },
      "simulated": "laboratoire simulé",
      "timeScale": 20,
      "vars": {},
    }
  `);
});

test("extendsOf() answers from where the file's own path is seen", () => {
  const cases = [
    ["a/b/site.yaml", "extends: ../lab.yaml", "a/lab.yaml"],
    ["site.yaml", "extends: lab.yaml", "lab.yaml"],
    ["/x/site.yaml", "extends: /y/lab.yaml", "/y/lab.yaml"],
    ["site.yaml", "nodes: {}", undefined],
    ["site.yaml", "extends: [a]", undefined],
    ["site.yaml", "extends: {", undefined],
    ["site.yaml", "", undefined],
  ] as const;
  for (const [path, text, expected] of cases) expect(chain([path, text]).map(extendsOf)).toEqual([expected]);
});
