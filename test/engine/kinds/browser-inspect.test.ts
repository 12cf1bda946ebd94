import { describe, expect, it } from "vitest";
import { browser } from "../../../engine/kinds/browser.ts";
import { block } from "./browser-block.ts";

describe("browser.inspect()", () => {
  it.each([
    ["bad YAML", "view: datacenter/cluster\nfill: { a: b\n", "browser-yaml", 12, /accolade ouverte/, /}/],
    ["a duplicate key", "view: login\nview: login\n", "browser-yaml", 12, /deux fois/, /./],
    ["an unknown key", "view: login\n\nhighlite: []\n", "browser-key", 13, /« highlite »/, /highlight/],
    [
      "an unknown key of an expectation",
      "view: login\nexpect:\n  - { txt: x }\n",
      "browser-key",
      13,
      /« txt »/,
      /text/,
    ],
    ["a value of the wrong kind", "view: login\nscale: grand\n", "browser-value", 12, /un nombre/, /./],
    ["a value out of bounds", "view: login\nscale: 9\n", "browser-value", 12, /trop grand/, /3/],
    ["an unknown crop", "view: login\ncrop: fenetre\n", "browser-value", 12, /crop/, /window/],
    ["neither view nor open", "scale: 1\n", "browser-value", 11, /soit `view`/, /./],
    ["a reference without quotes", "view: {{vue}}\n", "browser-value", 11, /view/, /entre guillemets : "\{\{vue\}\}"/],
    ["an unknown view", "log: true\nview: datacenter/cluter\n", "browser-view", 12, /« cluter »/, /« cluster »/],
    ["an unknown kind of view", "view: datacentre/cluster\n", "browser-view", 11, /n’existe pas/, /« datacenter »/],
    ["a view without its node", "view: node/summary\n", "browser-view", 11, /incomplète/, /node\/<nœud>\/<onglet>/],
    [
      "an unknown dialog",
      "view: datacenter/cluster\ndialog: create\n",
      "browser-view",
      12,
      /« create »/,
      /create-cluster/,
    ],
    [
      "a dialog of another view",
      "view: datacenter/ha\ndialog: create-cluster\n",
      "browser-view",
      12,
      /depuis/,
      /datacenter\/cluster/,
    ],
    ["fields without a window", "view: datacenter/ha\nfill: { a: b }\n", "browser-view", 12, /« fill »/, /dialog/],
    ["a bad pattern", "view: login\nexpect:\n  - text: '('\n", "browser-value", 13, /parenthèse/, /./],
    [
      "a bad JSONPath",
      "view: login\nexpect:\n  - { api: /version, path: '$[' }\n",
      "browser-value",
      13,
      /JSONPath/,
      /./,
    ],
    ["a mask that is no pattern", "view: login\nmask:\n  - text: '('\n", "browser-value", 13, /parenthèse/, /motif/],
    ["a word that freezes nothing", "view: login\nfreeze: [uptime]\n", "browser-value", 12, /freeze/, /uptimes, loads/],
    [
      "a recording that is none",
      "flow: { title: x }\n",
      "browser-value",
      11,
      /enregistrement ne se lit pas/,
      /export JSON/,
    ],
    [
      "a recording that opens nothing",
      'flow: { "title": "x", "steps": [] }\n',
      "browser-value",
      11,
      /aucune page/,
      /open/,
    ],
    [
      "a recording on a view",
      'view: login\nflow: { "title": "x", "steps": [] }\n',
      "browser-value",
      11,
      /soit `view`/,
      /./,
    ],
    [
      "a dialog without its argument",
      "view: datacenter/sdnzone\ndialog: add-zone\n",
      "browser-view",
      12,
      /demande un type de zone/,
      /add-zone\/vlan/,
    ],
    [
      "a wrong argument",
      "view: datacenter/sdnzone\ndialog: add-zone/vlna\n",
      "browser-view",
      12,
      /« vlna »/,
      /Écrire add-zone\/vlan ou/,
    ],
    [
      "an argument too many",
      "view: datacenter/ha\ndialog: add-ha-resource/x\n",
      "browser-view",
      12,
      /ne prend rien/,
      /add-ha-resource/,
    ],
    [
      "a zone without its tab",
      "view: zone/pve1/projet\n",
      "browser-view",
      11,
      /incomplète/,
      /zone\/<nœud>\/<zone>\/<onglet>/,
    ],
    [
      "a row on an ordinary page",
      "open: https://x.test/\nexpect:\n  - { row: { a: 1 } }\n",
      "browser-view",
      13,
      /« text »/,
      /./,
    ],
  ])("names %s with its line and what to write", (_what, body, rule, line, reason, remedy) => {
    const messages = browser.inspect(block(body));
    // No-break spaces are typography, not what is tested.
    const [first] = messages.map((each) => ({
      ...each,
      reason: each.reason.replaceAll("\u00a0", " "),
      remedy: each.remedy.replaceAll("\u00a0", " "),
    }));
    expect(first).toMatchObject({ rule, place: { file: "03.md", line } });
    expect(first?.reason).toMatch(reason);
    expect(first?.remedy).toMatch(remedy);
  });

  it("asks of a capture that it checks what it shows", () => {
    const messages = browser.inspect(block("view: datacenter/cluster\n", { capture: "vue du cluster" }));
    expect(messages).toMatchObject([{ rule: "browser-expect", place: { line: 11, column: 1 } }]);
  });

  it("counts columns from where the body stands in the file", () => {
    const indented = { ...block("view: login\nscale: 9\n"), bodyColumn: 4 };
    expect(browser.inspect(indented)).toMatchObject([{ place: { line: 12, column: 4 } }]);
  });

  it("has nothing to say about a sound block", () => {
    const body = `view: "node/{{nodes.pve1.hostname}}/network"\nexpect: [{ row: { iface: vmbr0 } }]\n`;
    expect(browser.inspect(block(body, { capture: "réseau" }))).toEqual([]);
  });
});
