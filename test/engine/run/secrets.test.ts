import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { Redactor } from "../../../engine/base/redact.ts";
import { filesBelow } from "../../../engine/evidence/index.ts";
import { execute } from "../../support/executed-run.ts";

async function everythingIn(folder: string): Promise<string> {
  expect(await readdir(folder)).toContain("data");
  const texts = (await filesBelow(folder, "data")).map((path) => readFile(join(folder, path), "utf8"));
  return (await Promise.all(texts)).join("\n");
}

function knowing(secret: string): Redactor {
  const redactor = new Redactor();
  redactor.add(secret, "essai");
  return redactor;
}

describe("a secret", () => {
  const SECRET = "correct-horse-battery";

  it.each([
    ["in what an expectation saw instead", '#| expect: ["mot de passe : /oublié/"]', `mot de passe : ${SECRET}`],
    ["in a saved value", "#| save: { valeur: /vaut (\\S+)/ }", `il vaut ${SECRET}`],
    ["in an ambiguous value", '#| save: { valeur: { json: "$[*].x" } }', `[{"x":"${SECRET}"},{"x":"autre"}]`],
  ])("is stored nowhere: %s", async (_, settings, stdout) => {
    const ran = await execute(`\`\`\`bash {#a .check on=pve1}\n${settings}\ntrue\n\`\`\``, {
      redactor: knowing(SECRET),
      machine: () => ({ stdout: `${stdout}\n` }),
    });
    const kept = await everythingIn(ran.folder);
    expect(kept).not.toContain(SECRET);
    expect(kept).toContain("▮▮▮");
    expect(JSON.stringify(ran.live)).not.toContain(SECRET);
  });

  it("is stored nowhere when a header carries it and the server repeats it", async () => {
    const sent: string[] = [];
    const ran = await execute("```http {#a .check on=pve1}\nGET /x\nX-Jeton: {{secrets.clef}}\n```", {
      redactor: knowing(SECRET),
      secret: async () => SECRET,
      http: {
        request: async (_node, { headers }) => {
          sent.push(headers["x-jeton"] ?? "");
          return { status: 200, reason: "OK", headers: {}, body: Buffer.from(JSON.stringify(headers)) };
        },
      },
    });
    expect(sent).toEqual([SECRET]);
    const kept = await everythingIn(ran.folder);
    expect(kept).not.toContain(SECRET);
    expect(kept).toContain("x-jeton: {{secrets.clef}}");
  });

  it("is stored nowhere when an error speaks of it", async () => {
    const ran = await execute("```bash {#a .check on=pve1}\ntrue\n```", {
      redactor: knowing(SECRET),
      machine: () => {
        throw new Error(`cannot log in with ${SECRET}`);
      },
    });
    expect(await everythingIn(ran.folder)).not.toContain(SECRET);
    expect(JSON.stringify(ran.live)).not.toContain(SECRET);
  });

  it("is stored nowhere when the machine calls it a picture", async () => {
    const ran = await execute("```http {#a .check on=pve1}\nGET /x\n```", {
      redactor: knowing(SECRET),
      http: {
        request: async () => ({
          status: 200,
          reason: "OK",
          headers: { "content-type": "image/svg+xml" },
          body: Buffer.from(`<svg><text>${SECRET}</text></svg>`),
        }),
      },
    });
    expect(ran.statuses).toEqual({ a: "passed" });
    expect(await everythingIn(ran.folder)).not.toContain(SECRET);
  });
});

describe("`mask`", () => {
  it.each(["jeton=\\S+", "/jeton=\\S+/", "/JETON=\\S+/i"])(
    "covers %s in output, judgements and saved values",
    async (mask) => {
      const text = [
        `\`\`\`bash {#a .check on=pve1}\n#| mask: [${JSON.stringify(mask)}]\n#| save: { jeton: /(jeton=\\S+)/ }\n#| expect: "jeton=autre"\ntrue\n\`\`\``,
      ].join("\n\n");
      const ran = await execute(text, { machine: () => ({ stdout: "le jeton=abc123 vaut\n" }) });
      const kept = await everythingIn(ran.folder);
      expect(kept).not.toContain("abc123");
      expect(kept).toContain("le ▮▮▮ vaut");
    },
  );

  it("still covers a saved value where a later block uses it", async () => {
    const text = [
      '```bash {#a .check on=pve1}\n#| mask: "jeton=\\\\S+"\n#| save: { jeton: /(jeton=\\S+)/ }\ntrue\n```',
      '```bash {#b .check on=pve1}\necho "$jeton"\n```',
    ].join("\n\n");
    const ran = await execute(text, {
      machine: (script) => ({ stdout: script === "true" ? "jeton=abc123\n" : "c’est jeton=abc123\n" }),
    });
    expect(ran.statuses).toEqual({ a: "passed", b: "passed" });
    expect(await everythingIn(ran.folder)).not.toContain("abc123");
  });

  it("is counted wherever it covers, in what was sent too", async () => {
    const text = '```bash {#a .check on=pve1}\n#| mask: "jeton=\\\\S+"\n: jeton=abc123\n```';
    const ran = await execute(text, { machine: () => ({ stdout: "rien\n" }) });
    const finished = ran.events.find((event) => event.type === "attempt-finished");
    expect(finished).toMatchObject({ redactions: { "jeton=\\S+": 1 } });
  });

  it("that cannot be read keeps the block from running: its output could not be covered", async () => {
    const ran = await execute('```bash {#a .check on=pve1}\n#| mask: "jeton=("\ntrue\n```', {
      machine: () => ({ stdout: "jeton=abc123\n" }),
    });
    expect(ran.outcome("a")).toMatchObject({ status: "errored", code: "MASK_INVALID" });
    expect(await everythingIn(ran.folder)).not.toContain("abc123");
  });
});
