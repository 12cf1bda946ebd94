import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parseInventory } from "../../../engine/inventory/index.ts";
import { chain, messagesOf } from "./support.ts";

const LAB = readFileSync(new URL("../../../runbooks/inventory/lab.yaml", import.meta.url), "utf8");

test("parseInventory() reads the shipped lab inventory", () => {
  const files = chain(["runbooks/inventory/lab.yaml", LAB]);
  expect(parseInventory(files)).toMatchInlineSnapshot(`
    {
      "file": "runbooks/inventory/lab.yaml",
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
            "endpoint": {
              "host": "10.202.4.31",
              "port": 8006,
            },
            "user": "root@pam",
          },
          "ssh": {
            "assumed": [
              "user",
              "port",
            ],
            "config": false,
            "endpoint": {
              "host": "10.202.4.31",
              "port": 22,
            },
            "hostKeys": [],
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
          "pve": {
            "endpoint": {
              "host": "10.202.4.32",
              "port": 8006,
            },
            "user": "root@pam",
          },
          "ssh": {
            "assumed": [
              "user",
              "port",
            ],
            "config": false,
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
      "secrets": {},
      "simulated": "laboratoire simulé",
      "timeScale": 1,
      "vars": {},
    }
  `);
  expect(messagesOf(files)).toEqual([]);
});
