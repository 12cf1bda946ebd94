import { describe, expect, test } from "vitest";
import { labOnly } from "./lab-only.ts";
import { readRunbooks, runbookOf } from "./read-runbooks.ts";

const runbooks = readRunbooks();

test.each(runbooks.map((runbook) => [runbook.file, runbook] as const))(
  "%s holds nothing that only the lab understands",
  (_file, runbook) => {
    expect(runbook.blocks.length).toBeGreaterThan(5);
    expect(labOnly(runbook)).toEqual([]);
  },
);

/** A runbook with one block of that text. */
function withBlock(fence: string, body: string): ReturnType<typeof labOnly> {
  return labOnly(runbookOf("09-essai.md", `# 9. Essai\n\nTexte.\n\n\`\`\`${fence}\n${body}\n\`\`\`\n`));
}

describe("labOnly()", () => {
  test.each([
    ["an address of the lab", "bash {#a .check on=pve1}", "ping -c 1 10.202.4.31", "address"],
    ["an address among the expectations", "bash {#a .check on=pve1}", "#| expect: 10.202.4.31\nhostname -I", "address"],
    ["the loopback", "bash {#a .check on=pve1}", "curl -k https://127.0.0.1:8006", "loopback"],
    [
      "the loopback by its name",
      "http {#a .check on=pve1}",
      "GET https://localhost:8006/api2/json/version",
      "loopback",
    ],
    ["a pause that nothing explains", "bash {#a .action on=pve1}", "systemctl restart corosync\nsleep 5", "sleep"],
    ["a pause inside a loop", "bash {#a .check on=pve1}", "while true; do sleep 2; done", "sleep"],
    ["a pause of a console", "yaml {#a .console .action on=pve1}", "steps:\n  - sleep: 3s", "sleep"],
    ["the lab's own program", "bash {#a .action on=pve1}", "npx constat lab start", "lab-command"],
    ["the lab's domain", "bash {#a .check on=pve1}", "host pve.lab.example", "lab-command"],
    ["a node by the name it has in the lab", "bash {#a .check on=pve1}", "pvesh get /nodes/pve2/status", "node-name"],
    ["a node's name among the expectations", "bash {#a .check on=pve1}", "#| expect: pve2\nhostname", "node-name"],
    [
      "a node's name in a picture's row",
      "yaml {#a .browser .check on=pve1}",
      "expect: [{ row: { node: pve2 } }]",
      "node-name",
    ],
  ] as const)("finds %s", (_what, fence, body, rule) => {
    expect(withBlock(fence, body).map((each) => each.rule)).toEqual([rule]);
  });

  test.each([
    ["the inventory's name of a node", "bash {#a .check on=pve1}", "pvesh get /nodes/$nodes_pve2_hostname/status"],
    [
      "a reference to a node",
      "yaml {#a .browser .check on=pve1}",
      "view: node/pve1/network\nexpect: [{ row: { node: '{{nodes.pve2.hostname}}' } }]",
    ],
    [
      "a question to the operator",
      "bash {#a .action on=pve1}",
      "#| confirm: Le nœud pve1 va redémarrer. Continuer ?\nreboot",
    ],
    [
      "a wait that says what it is for",
      "bash {#a .action on=pve1}",
      "# Attente : le noyau ne dit pas quand le disque est relu.\nsleep 2",
    ],
    ["a mask, and every interface", "bash {#a .check on=pve1}", "echo 255.255.0.0 0.0.0.0"],
    ["the node's own path in the API", "bash {#a .check on=pve1}", "pvesh get /nodes/localhost/status"],
  ] as const)("lets %s pass", (_what, fence, body) => {
    expect(withBlock(fence, body)).toEqual([]);
  });

  test("lets an address stand as a variable's default, and nowhere else in the front matter", () => {
    const front = (value: string, description: string) =>
      labOnly(
        runbookOf(
          "09-essai.md",
          `---\nvariables:\n  adresse:\n    default: ${value}\n    description: ${description}\n---\n\n# 9. Essai\n`,
        ),
      );
    expect(front("10.202.4.31", "Adresse de la VM.")).toEqual([]);
    expect(front("10.202.4.31", "Adresse, par exemple 10.202.4.150.")).toMatchObject([{ rule: "address" }]);
    expect(front("127.0.0.1", "Adresse de la VM.")).toMatchObject([{ rule: "loopback" }]);
  });
});
