import { describe, expect, it } from "vitest";
import { bandsPng } from "../../support/bands-png.ts";
import { faceOf, oneChapter, reportOf } from "../../support/read-report.ts";
import type { RunFolderSpec, StepSpec } from "../../support/run-folder-spec.ts";
import { tempFolder } from "../../support/temp-folder.ts";

const INVENTORY = [
  "nom: site",
  "nodes:",
  "  pve1:",
  "    address: 192.0.2.31",
  "    bmc: { host: 192.0.2.131, user: constat, password: bmc }",
  "secrets: { bmc: { env: BMC } }",
  "vars: { disque: /dev/sdz }",
  "",
].join("\n");
const SKIPPED = { status: "skipped", because: "not-chosen", reason: "un autre bloc s’en charge" } as const;
const picture = { png: bandsPng(1600, 900), alternative: "un écran" };

async function printOf(text: string, steps: readonly StepSpec[], more: Partial<RunFolderSpec> = {}): Promise<string> {
  const spec = { ...oneChapter(await tempFolder(), text, steps), inventoryText: INVENTORY, ...more };
  return faceOf(await reportOf(spec), "print");
}

describe("what was never sent", () => {
  const text =
    "```text {#geste .manual .action on=pve1}\nInstaller sur {{disque}} de {{nodes.pve1.address}}, clef {{clef}}.\n```";
  const steps: readonly StepSpec[] = [{ id: "geste", kind: "manual", outcome: SKIPPED }];

  it("is told with the values that the inventory gives, and a name in code for what nobody knows", async () => {
    expect(await printOf(text, steps)).toContain(
      'Installer sur /dev/sdz de 192.0.2.31, clef <code class="unknown">clef</code>.</blockquote>',
    );
  });

  it("shows names in code where a run of old did not keep its inventory whole", async () => {
    const html = await printOf(text, steps, { inventoryText: "extends: ailleurs.yaml\nnodes: { pve1: {} }\n" });
    expect(html).toContain('Installer sur <code class="unknown">disque</code> de');
    expect(html).not.toContain("{{");
  });
});

describe("a block for a reader", () => {
  it("shows the keys and waits of a console on paper too", async () => {
    const body = "screen: bmc\nsteps:\n  - { wait: Welcome }\n  - { keys: alt-n }";
    const html = await printOf(`\`\`\`yaml {#ecran .console .action on=pve1}\n${body}\n\`\`\``, [
      { id: "ecran", kind: "console", role: "action", tries: [{ sent: body, picture }] },
    ]);
    expect(html).toContain("- { keys: alt-n }</code></pre>");
  });

  it("says once a chapter where bmc: addresses lead", async () => {
    const request = (id: string) => `\`\`\`http {#${id} .check on=pve1}\nGET bmc:/redfish/v1/\n\`\`\``;
    const tries = [{ sent: "GET bmc:/redfish/v1/", answer: "HTTP 200" }];
    const html = await printOf(`${request("a")}\n\n${request("b")}`, [
      { id: "a", kind: "http", tries },
      { id: "b", kind: "http", tries },
    ]);
    expect(html.split("interface d’administration (Redfish)")).toHaveLength(2);
    expect(html).toContain("https://192.0.2.131");
  });

  it("names every figure that it serves, and so does the list of blocks", async () => {
    const html = await printOf(
      [
        "```yaml {#mesure .watch .check on=pve1}\nsamples: [{ ping: 192.0.2.31 }]\n```",
        "[ Capture : arrêt ]\n\n[ Capture : reprise ]",
      ].join("\n\n"),
      [{ id: "mesure", kind: "watch", fills: "1-arret", shots: ["1-reprise"], tries: [{ sent: "samples", picture }] }],
    );
    const block = html.slice(html.indexOf('id="bloc-mesure"'));
    expect(
      [...block.matchAll(/Image reproduite dans la figure <a href="#figure-1-\w+">(\d)</g)].map(([, n]) => n),
    ).toEqual(["1", "2"]);
    const list = html.slice(html.indexOf("toc-blocks"), html.indexOf("<main>"));
    expect(list).toContain("pve1 · OK · figures 1, 2</span>");
  });
});
