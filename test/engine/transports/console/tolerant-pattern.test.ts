import { expect, test } from "vitest";
import { tolerantPattern } from "../../../../engine/transports/console/reading/tolerant-pattern.ts";

test.each([
  ["Install Proxmox VE", "lnstall  Proxmox VE", true],
  ["Install Proxmox VE", "Uninstall", false],
  ["Target Harddisk +/dev/sda \\([0-9.]+ ?[GT]iB", "Target Harddisk  /dev/sda (447.13GiB, X)", true],
  ["Target Harddisk +/dev/sda \\([0-9.]+ ?[GT]iB", "Target Harddisk /dev/sda (447.13 G|B, X)", true],
  ["Target Harddisk +/dev/sda", "Target Harddisk  /dev/sdb", false],
  ["[a-i]+$", "abc", true],
  ["[^l]x", "kx", true],
  ["a {2}b", "a b", false],
  ["a {2}b", "a  b", true],
  ["/LOGIN/i", "pve1 log|n:", true],
  ["^Summary$", "x\nSummary\ny", true],
  ["(?<line>li) \\k<line>$", "l| l|", true],
  ["(?i:abc)", "ABC", true],
  ["(?:il)(?=i)(?!x)", "lll", true],
  ["(?<=il)(?<!x)a", "l|a", true],
  ["\\d+ \\[ok\\]", "12 [ok]", true],
])("tolerantPattern(%j) on %j is %s", (pattern, text, matches) => {
  expect(tolerantPattern(pattern).test(text)).toBe(matches);
});

test("tolerantPattern() says when a pattern is none", () => {
  expect(() => tolerantPattern("[")).toThrow(SyntaxError);
});
