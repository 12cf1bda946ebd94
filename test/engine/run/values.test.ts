import { describe, expect, it } from "vitest";
import { execute } from "../../support/executed-run.ts";

const SAVING = "```bash {#releve .check on=pve1}\n#| save: { numero: /numero=(\\w+)/ }\ntrue\n```";

describe("a saved value", () => {
  it("reaches later blocks as an environment variable, and its own target first", async () => {
    const seen: string[] = [];
    const text = [SAVING.replace("pve1", "@noeuds"), '```bash {#usage .check on=@noeuds}\necho "$numero"\n```'].join(
      "\n\n",
    );
    await execute(text, {
      machine: (script, target, { environment }) => {
        if (script === "true") return { stdout: `numero=${target}x\n` };
        seen.push(`${target} ${environment["numero"]}`);
        return {};
      },
    });
    expect(seen.sort()).toEqual(["pve1 pve1x", "pve2 pve2x"]);
  });

  it.each([
    ["itself", '```bash {#usage .action on=pve1}\nrm -rf "/srv/$numero"\n```', {}],
    [
      "a variable made from it",
      '```bash {#usage .action on=pve1}\nrm -rf "/srv/$dossier"\n```',
      { dossier: "d{{numero}}" },
    ],
    ["it in a request", "```http {#usage .action on=pve1}\nDELETE /vm/{{numero}}\n```", {}],
  ])("that is missing keeps a block that uses %s from running", async (_, block, vars) => {
    const ran = await execute(`${SAVING}\n\n${block}`, { vars, only: { steps: ["usage"] } });
    expect(ran.outcome("usage")).toMatchObject({ status: "errored", code: "VALUE_MISSING" });
  });

  it("of an attempt that failed is not kept", async () => {
    const text = `${SAVING.replace("#| save", "#| exit: [0]\n#| save")}\n\n\`\`\`bash {#usage .check on=pve1}\necho "$numero"\n\`\`\``;
    const ran = await execute(text, {
      machine: (script) => (script === "true" ? { stdout: "numero=7\n", code: 1 } : {}),
    });
    expect(ran.statuses).toEqual({ releve: "failed", usage: "errored" });
  });
});

describe("identifyNodes()", () => {
  it.each([
    ["pve1", "passed"],
    ["pve1.exemple.fr", "passed"],
  ])("knows a machine that calls itself %s", async (real, status) => {
    const ran = await execute("```bash {#a .check on=pve1}\ntrue\n```", { hostnames: { pve1: real } });
    expect(ran.statuses["a"]).toBe(status);
  });

  it.each([
    ["a target", "```bash {#a .check on=pve1}\ntrue\n```", undefined],
    [
      "a node that only a guard looks at",
      "```bash {#a .action on=pve2 unless=#b}\ntrue\n```\n\n```bash {#b .check on=pve1}\ntrue\n```",
      { steps: ["a"] },
    ],
  ])("stops before the first step when %s is another machine", async (_, text, only) => {
    const attempts: string[] = [];
    const run = execute(text, {
      ...(only === undefined ? {} : { only }),
      hostnames: { pve1: "autre" },
      machine: (script) => {
        attempts.push(script);
        return {};
      },
    });
    await expect(run).rejects.toMatchObject({ code: "NODE_NAME_MISMATCH", scope: "environment" });
    expect(attempts).toEqual([]);
  });
});

describe("`renews`", () => {
  const text = "```bash {#a .action on=@noeuds renews=tls}\ntrue\n```";

  it("journals old and new certificate of each node and makes API and browser start afresh", async () => {
    const forgotten: string[] = [];
    const forget = (door: string) => async (node: { readonly name: string }) => {
      forgotten.push(`${door} ${node.name}`);
    };
    const ran = await execute(text, { http: { forget: forget("http") }, browser: { forget: forget("browser") } });
    const renewed = ran.events.flatMap((event) => (event.type === "certificate-renewed" ? [event] : []));
    expect(renewed.map(({ node, before, after }) => [node, before, after])).toEqual([
      ["pve1", "AA", "BB"],
      ["pve2", "AA", "BB"],
    ]);
    expect(forgotten).toEqual(["http pve1", "browser pve1", "http pve2", "browser pve2"]);
  });

  it("is not asked after a step that failed", async () => {
    const ran = await execute(text, { machine: () => ({ code: 1 }) });
    expect(ran.events.some(({ type }) => type === "certificate-renewed")).toBe(false);
  });
});
