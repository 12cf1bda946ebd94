import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { importText } from "./read.ts";

const name = fc
  .stringMatching(/^[a-z][a-z0-9]{0,5}$/)
  .filter((text) => !["local", "localhost", "all", "ungrouped"].includes(text));
const value = fc.stringMatching(/^[A-Za-z][A-Za-z0-9 .:/@_-]{0,10}[A-Za-z0-9]$/).filter((text) => !/: /.test(text));
const vars = fc.dictionary(fc.stringMatching(/^v[a-d]$/), value, { maxKeys: 3 });
const model = fc.record({
  hosts: fc.uniqueArray(fc.record({ name, vars }), { selector: ({ name: text }) => text, minLength: 1, maxLength: 5 }),
  groups: fc.uniqueArray(
    fc.record({ name: name.map((text) => `g${text}`), picks: fc.array(fc.nat(4)), child: fc.option(fc.nat(4)), vars }),
    {
      selector: ({ name: text }) => text,
      maxLength: 4,
    },
  ),
  all: vars,
});
type Model = typeof model extends fc.Arbitrary<infer T> ? T : never;

/** Members of a group that exist; a child is a group further down, so that there is no circle. */
function membersOf({ hosts, groups }: Model, at: number) {
  const group = groups[at];
  const members = [...new Set(group?.picks.flatMap((pick) => hosts[pick]?.name ?? []))];
  const child = group?.child === null || group?.child === undefined ? undefined : groups[at + 1 + group.child]?.name;
  return { members, children: child === undefined ? [] : [child] };
}

function asIni(inventory: Model): string {
  const lines = inventory.hosts.map(({ name: host, vars: own }) =>
    [host, ...Object.entries(own).map(([key, text]) => `${key}="${text}"`)].join(" "),
  );
  inventory.groups.forEach(({ name: group, vars: own }, at) => {
    const { members, children } = membersOf(inventory, at);
    lines.push(`[${group}]`, ...members, `[${group}:children]`, ...children, `[${group}:vars]`);
    lines.push(...Object.entries(own).map(([key, text]) => `${key} = ${text}`));
  });
  lines.push("[all:vars]", ...Object.entries(inventory.all).map(([key, text]) => `${key}=${text}`));
  return lines.join("\n");
}

function asYaml(inventory: Model): string {
  const children = inventory.groups.map(({ name: group, vars: own }, at) => {
    const inside = membersOf(inventory, at);
    const empty = (names: readonly string[]) => Object.fromEntries(names.map((each) => [each, null]));
    return [group, { hosts: empty(inside.members), children: empty(inside.children), vars: own }];
  });
  const hosts = Object.fromEntries(inventory.hosts.map(({ name: host, vars: own }) => [host, own]));
  return JSON.stringify({ all: { hosts, vars: inventory.all, children: Object.fromEntries(children) } });
}

describe("any inventory", () => {
  test("says the same to us in INI and in YAML, and what is written is read without a word", () => {
    fc.assert(
      fc.property(model, (inventory) => {
        const ini = importText(asIni(inventory), "ini");
        const yaml = importText(asYaml(inventory), "yaml");
        expect(yaml.inventory).toEqual(ini.inventory);
        expect(ini.inventory?.nodes.map(({ name: node }) => node)).toEqual(
          inventory.hosts.map(({ name: host }) => host),
        );
        expect(ini.inventory?.vars).toEqual(inventory.all);
      }),
      { numRuns: 60 },
    );
  });

  test("is answered, whatever it is, with an inventory or with messages inside the text", () => {
    const piece = fc.constantFrom(
      "[a]",
      "[a:vars]",
      "[b:children]",
      "a",
      "b[1:3]",
      "x=1",
      "ansible_host=h",
      "'",
      '"',
      "#",
      "=",
      "\n",
      " ",
      "all:",
      "hosts:",
      "  ",
      "!vault |",
      "$ANSIBLE_VAULT;1",
      "{{ x }}",
      "[a:]",
      "]",
    );
    const text = fc.oneof(
      fc.string(),
      fc.array(piece).map((parts) => parts.join("")),
      fc.array(piece).map((parts) => parts.join("\n")),
    );
    fc.assert(
      fc.property(text, fc.constantFrom("ini" as const, "yaml" as const), (written, format) => {
        const { layer, said } = importText(written, format);
        if (layer === undefined) expect(said.some((line) => line.startsWith("!"))).toBe(true);
        const lines = written.split(/\r?\n/).length;
        for (const line of said) expect(Number(/^!?(\d+):/.exec(line)?.[1])).toBeLessThanOrEqual(lines + 1);
      }),
      { numRuns: 200 },
    );
  });
});
