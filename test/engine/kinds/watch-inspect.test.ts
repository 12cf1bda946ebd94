import { describe, expect, it } from "vitest";
import { watch } from "../../../engine/kinds/watch.ts";
import { blockOf } from "../../support/kind-task.ts";

describe("watch.inspect()", () => {
  const S = "samples: [{ ping: 10.0.0.9 }]";
  it.each<[string, string, RegExp]>([
    ["a broken body", "samples: [", /YAML/],
    ["nothing to sample", "within: 5s", /samples/],
    ["an unknown key", `within: 5s\nevry: 1s\n${S}`, /evry/],
    ["a duration without a unit", `within: 5\n${S}`, /within/],
    ["no end", S, /quand ce bloc s’arrête/],
    [
      "two samples of one name",
      "within: 5s\nsamples: [{ ping: 10.0.0.9 }, { ping: 10.0.0.8 }]",
      /s’appellent « ping »/,
    ],
    ["a condition on no sample", `until: { of: pong }\n${S}`, /« pong »/],
    ["a bad JSONPath", "within: 5s\nsamples: [{ api: /vm, path: '$[' }]", /JSONPath/],
    ["an address that is an option", "within: 5s\nsamples: [{ ping: -f }]", /ni une adresse/],
    ["an expectation without a bound", `within: 5s\n${S}\nexpect: [{ interruption: { of: ping } }]`, /ne borne rien/],
    [
      "a picture that expects nothing",
      `within: 5s\n${S}\nshots: [{ when: { of: ping }, capture: x, view: datacenter/summary }]`,
      /ne vérifie rien/,
    ],
    [
      "a picture of an unknown view",
      `within: 5s\n${S}\nshots: [{ when: { of: ping }, view: datacentre/summary }]`,
      /datacentre/,
    ],
  ])("refuses %s", (_, body, reason) => {
    const found = watch.inspect(blockOf(`\`\`\`yaml {#vue .watch on=pve1}\n${body}\n\`\`\``));
    expect(found.map((message) => message.reason).join("\n")).toMatch(reason);
    expect(found.every(({ place }) => place.line >= 8)).toBe(true);
  });

  it("refuses settings that its body has its own words for", () => {
    const found = watch.inspect(blockOf(`\`\`\`yaml {#vue .watch on=pve1 exit=0}\nwithin: 5s\n${S}\n\`\`\``));
    expect(found).toMatchObject([{ reason: expect.stringContaining("exit") }]);
  });

  it("accepts references where a value will be", () => {
    const body =
      'within: "{{budget}}"\nsamples: [{ ping: "{{nodes.pve2.address}}" }]\nexpect: [{ interruption: { of: ping, max: "{{budget}}" } }]';
    expect(watch.inspect(blockOf(`\`\`\`yaml {#vue .watch on=pve1}\n${body}\n\`\`\``))).toEqual([]);
  });

  it("refuses, once the values of a site are known, a budget that is no duration, and has as much patience as it says", () => {
    const block = blockOf(
      `\`\`\`yaml {#vue .watch on=pve1}\nwithin: "{{budget}}"\nsamples: [{ ping: "{{vue}}" }]\n\`\`\``,
    );
    const [message, ...rest] = watch.inspect(block, { budget: "vingt minutes" });
    expect(rest).toEqual([]);
    expect(message).toMatchObject({
      reason: "« within » : durée attendue, par exemple 500ms, 30s ou 5m.",
      place: { line: block.bodyLine, column: 1 },
    });
    expect(watch.inspect(block, { budget: "20m" })).toEqual([]);
    expect(watch.patience?.(block, { budget: "20m", vue: "10.0.0.9" })).toBe(21 * 60_000);
  });
});

describe("watch.needs()", () => {
  it.each<[string, readonly string[]]>([
    ["samples: [{ ping: 10.0.0.9 }]", ["shell"]],
    ["samples: [{ ping: 10.0.0.9, from: pve2 }]", []],
    ["samples: [{ api: /vm }]", ["pve"]],
    ["samples: [{ http: http://a/ }]\nshots: [{ when: { of: http }, view: datacenter/summary }]", ["pve", "browser"]],
    ["samples: [{ http: http://a/ }]\nshots: [{ when: { of: http }, open: http://a/ }]", ["browser"]],
  ])("%s", (body, needs) => {
    expect(watch.needs(blockOf(`\`\`\`yaml {#vue .watch on=pve1}\n${body}\n\`\`\``))).toEqual(needs);
  });
});
