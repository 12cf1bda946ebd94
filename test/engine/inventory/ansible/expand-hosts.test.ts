import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { expandHosts } from "../../../../engine/inventory/ansible/expand-hosts.ts";
import { splitWords } from "../../../../engine/inventory/ansible/split-words.ts";

describe("expandHosts()", () => {
  test.each([
    ["pve1", ["pve1"], undefined],
    ["node[1:3]", ["node1", "node2", "node3"], undefined],
    ["node[01:03].example.org:2222", ["node01.example.org", "node02.example.org", "node03.example.org"], 2222],
    ["n[0:10:5]", ["n0", "n5", "n10"], undefined],
    ["n[:2]", ["n0", "n1", "n2"], undefined],
    ["rack-[a:c]", ["rack-a", "rack-b", "rack-c"], undefined],
    ["[a:b]-[1:2]", ["a-1", "a-2", "b-1", "b-2"], undefined],
    ["192.0.2.[9:11]", ["192.0.2.9", "192.0.2.10", "192.0.2.11"], undefined],
    ["2001:db8::1", ["2001:db8::1"], undefined],
    ["[2001:db8::1]:22", ["2001:db8::1"], 22],
  ])("of %s gives %j", (pattern, hosts, port) => {
    expect(expandHosts(pattern)).toEqual({ hosts, port });
  });

  test.each([
    ["node[1:", "un crochet reste ouvert"],
    ["node1]", "un crochet se ferme sans avoir été ouvert"],
    ["node[3:1]", "« [3:1] » n’est pas un intervalle croissant"],
    ["node[1]", "« [1] » n’est pas un intervalle"],
    ["node[1:]", "« [1:] » n’est pas un intervalle"],
    ["node[01:100]", "« [01:100] » n’est pas un intervalle : ses deux bornes doivent avoir autant de chiffres"],
    ["node[1:5:0]", "« [1:5:0] » n’est pas un intervalle"],
    ["node[a:3]", "« [a:3] » n’est pas un intervalle"],
    ["node[1:100000]", "plus de 10000 machines d’un coup"],
    ["n[1:999][1:999]", "plus de 10000 machines d’un coup"],
    ["node:99999", "le port 99999 n’existe pas"],
  ])("refuses %s", (pattern, mistake) => {
    expect(expandHosts(pattern)).toEqual({ mistake });
  });

  test("gives as many names as the range has steps, alike but for their number, in order", () => {
    const range = fc.tuple(
      fc.integer({ min: 0, max: 500 }),
      fc.integer({ min: 0, max: 300 }),
      fc.integer({ min: 1, max: 7 }),
    );
    fc.assert(
      fc.property(range, fc.boolean(), ([first, more, step], padded) => {
        const last = first + more;
        const width = padded ? String(last).length + 1 : 0;
        const [from, to] = [first, last].map((number) => String(number).padStart(width, "0"));
        const expanded = expandHosts(`n[${from}:${to}:${step}].example.org`);
        const numbers = "hosts" in expanded ? expanded.hosts.map((host) => Number(/^n(\d+)\./.exec(host)?.[1])) : [];
        expect(numbers).toEqual(Array.from({ length: Math.floor(more / step) + 1 }, (_, at) => first + at * step));
        if (padded && "hosts" in expanded) expect(new Set(expanded.hosts.map(({ length }) => length)).size).toBe(1);
      }),
    );
  });

  test("answers any text with names or a mistake", () => {
    const pieces = fc.constantFrom("[", "]", ":", "1", "01", "99", "a", "z", ".", "::", "-", "é", " ");
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join("")),
        ),
        (text) => {
          const expanded = expandHosts(text);
          expect("mistake" in expanded ? expanded.mistake.length : expanded.hosts.length).toBeGreaterThan(0);
        },
      ),
    );
  });
});

describe("splitWords()", () => {
  test.each([
    ["pve1 a=b  c=d", ["pve1", "a=b", "c=d"]],
    ["pve1 motd=\"a b\" x='c d'y # rest", ["pve1", "motd=a b", "x=c dy"]],
    ['a=\\ b "\\"\\\\\\n"', ["a= b", '"\\\\n']],
    ["a#b", ["a"]],
    ["'' b", ["", "b"]],
    ["   ", []],
  ])("of %s gives %j", (line, words) => {
    expect(splitWords(line)?.map(({ text }) => text)).toEqual(words);
  });

  test.each([["a='b"], ['a="b\\"']])("of %s gives nothing: a quote stays open", (line) => {
    expect(splitWords(line)).toBeUndefined();
  });

  test("gives back words that were quoted, and where each begins", () => {
    const word = fc.string({ minLength: 1 }).filter((text) => !/[\r\n]/.test(text));
    const quoted = (text: string, single: boolean) =>
      single && !text.includes("'") ? `'${text}'` : `"${text.replace(/[\\"]/g, "\\$&")}"`;
    fc.assert(
      fc.property(fc.array(fc.tuple(word, fc.boolean())), (words) => {
        const parts = words.map(([text, single]) => quoted(text, single));
        const line = parts.join("  ");
        const split = splitWords(line) ?? [];
        expect(split.map(({ text }) => text)).toEqual(words.map(([text]) => text));
        expect(split.every(({ column }, at) => line.slice(column - 1).startsWith(parts[at] ?? "?"))).toBe(true);
      }),
    );
  });
});
