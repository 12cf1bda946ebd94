import { expect, test } from "vitest";
import { parseInventory } from "../../../engine/inventory/index.ts";
import { chain } from "./support.ts";

const FINGERPRINT = Array.from({ length: 32 }, (_, index) => index.toString(16).padStart(2, "0")).join(":");
const HOST_KEY = `SHA256:${"aB3+/".repeat(8)}xyz`;

test("parseInventory() gives every field its place and its defaults", () => {
  const text = `
nom: site
guard: none
defaults:
  ssh: { user: admin, host-key: [${HOST_KEY}], identity: keys/id, password: ssh_password, passphrase: cle, jump: "saut@bastion:2222,192.0.2.9", config: ssh/config, sudo: true }
  vars: { commun: oui, commune: 1.10 }
vars: { masque: 0755, version: 1.10, actif: true, texte: "a b" }
secrets:
  root_password: { env: PVE_ROOT }
  ssh_password: { command: pass show pve }
  cle: { file: ~/.cle }
nodes:
  a: { address: a.example.org, hostname: srv-a, vars: { commune: 2 }, pve: { user: audit@pve, host: 192.0.2.1, port: 443, password: cle, fingerprint: "${FINGERPRINT}" } }
  b: { address: 192.0.2.2, ssh: { user: root, port: 2222, identity: /abs/id, jump: none, config: false, sudo: ssh_password }, pve: { connect: "localhost:1" } }
  c: { address: "2001:db8::3", ssh: false, pve: false }
`;
  expect(parseInventory(chain(["inventory/site.yaml", text]))).toMatchInlineSnapshot(`
    {
      "file": "inventory/site.yaml",
      "groups": {},
      "guard": "none",
      "name": "site",
      "nodes": [
        {
          "address": "a.example.org",
          "hostname": "srv-a",
          "name": "a",
          "pve": {
            "endpoint": {
              "host": "192.0.2.1",
              "port": 443,
            },
            "fingerprint": "00:01:02:03:04:05:06:07:08:09:0A:0B:0C:0D:0E:0F:10:11:12:13:14:15:16:17:18:19:1A:1B:1C:1D:1E:1F",
            "password": "cle",
            "user": "audit@pve",
          },
          "ssh": {
            "assumed": [
              "port",
            ],
            "config": "inventory/ssh/config",
            "endpoint": {
              "host": "a.example.org",
              "port": 22,
            },
            "hostKeys": [
              "SHA256:aB3+/aB3+/aB3+/aB3+/aB3+/aB3+/aB3+/aB3+/xyz",
            ],
            "identity": "inventory/keys/id",
            "jump": "saut@bastion:2222,192.0.2.9",
            "passphrase": "cle",
            "password": "ssh_password",
            "sudo": {},
            "user": "admin",
          },
          "vars": {
            "commun": "oui",
            "commune": "2",
          },
        },
        {
          "address": "192.0.2.2",
          "hostname": "b",
          "name": "b",
          "pve": {
            "connect": {
              "host": "localhost",
              "port": 1,
            },
            "endpoint": {
              "host": "192.0.2.2",
              "port": 8006,
            },
            "password": "root_password",
            "user": "root@pam",
          },
          "ssh": {
            "config": false,
            "endpoint": {
              "host": "192.0.2.2",
              "port": 2222,
            },
            "hostKeys": [
              "SHA256:aB3+/aB3+/aB3+/aB3+/aB3+/aB3+/aB3+/aB3+/xyz",
            ],
            "identity": "/abs/id",
            "jump": "none",
            "passphrase": "cle",
            "password": "ssh_password",
            "sudo": {
              "password": "ssh_password",
            },
            "user": "root",
          },
          "vars": {
            "commun": "oui",
            "commune": "1.10",
          },
        },
        {
          "address": "2001:db8::3",
          "hostname": "c",
          "name": "c",
          "vars": {
            "commun": "oui",
            "commune": "1.10",
          },
        },
      ],
      "secrets": {
        "cle": {
          "from": "file",
          "path": "~/.cle",
        },
        "root_password": {
          "from": "env",
          "name": "PVE_ROOT",
        },
        "ssh_password": {
          "command": "pass show pve",
          "from": "command",
        },
      },
      "timeScale": 1,
      "vars": {
        "actif": "true",
        "masque": "0755",
        "texte": "a b",
        "version": "1.10",
      },
    }
  `);
});

test("parseInventory() takes the file's name for a site without one", () => {
  expect(parseInventory(chain(["lyon.yaml", "nodes: { a: { address: a } }"]))?.name).toBe("lyon");
});

test("parseInventory() takes the domain off a machine's name, as Proxmox does", () => {
  const text = "nom: site\nnodes:\n  pve3: { address: 192.0.2.33, hostname: pve-c.example.org }\n";
  const [node] = parseInventory(chain(["site.yaml", text]))?.nodes ?? [];
  expect(node).toMatchObject({ name: "pve3", hostname: "pve-c", address: "192.0.2.33" });
});
