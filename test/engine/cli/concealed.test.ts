import { expect, it } from "vitest";
import { ProblemError } from "../../../engine/base/problem.ts";
import { Redactor } from "../../../engine/base/redact.ts";
import { concealed, concealingTerminal, concealWith } from "../../../engine/cli/concealed.ts";
import type { Terminal } from "../../../engine/cli/terminal.ts";
import { chapter, cliProject, LOCAL_INVENTORY } from "../../support/cli-project.ts";

const SECRET = "battery-staple-9";

it("what a terminal is given is covered, errors and their stacks included", () => {
  const redactor = new Redactor();
  redactor.add(SECRET, "clef");
  concealWith(redactor);
  let said = "";
  const plain: Terminal = {
    out: (text) => {
      said += text;
    },
    err: (text) => {
      said += text;
    },
    style: (_, text) => text,
    interactive: false,
  };
  const terminal = concealingTerminal(plain);
  terminal.out(`mot : ${SECRET}\n`);
  const error = new ProblemError("X", `refusé à root:${SECRET}@pve1`, {
    scope: "environment",
    hint: encodeURIComponent(`${SECRET}!`),
  });
  terminal.err(`${error.stack} ${error.hint}\n`);
  expect(said).not.toContain(SECRET);
  expect(said.match(/▮▮▮/g)).toHaveLength(3);
  expect(concealed(Buffer.from(SECRET).toString("base64"))).not.toContain(
    Buffer.from(SECRET).toString("base64").slice(2, 12),
  );
});

it("a message that quotes a secret back is covered on the screen of a run that fails", async () => {
  const text = chapter("```http {#a .check on=pve1}\nGET /{{secrets_absent}}\n```");
  const inventory = `${LOCAL_INVENTORY.replace("address: 127.0.0.1", `address: 127.0.0.1, pve: { user: "${SECRET}@pam", port: 9, password: clef }`)}secrets:\n  clef: { env: CLEF }\n`;
  const project = await cliProject(
    { "03.md": text.replace("{{secrets_absent}}", "version"), "inventaire.yaml": inventory },
    { CLEF: SECRET },
  );
  const ended = await project.constat(
    "run",
    "03.md",
    "-i",
    "inventaire.yaml",
    "--no-report",
    "--run",
    "essai",
    "--reporter",
    "detail",
  );
  expect(ended.code).not.toBe(0);
  expect(ended.stdout + ended.stderr).not.toContain(SECRET);
});
