import { describe, expect, it } from "vitest";
import { cssString } from "../../../engine/report/css-string.ts";
import { formatterOf } from "../../../engine/report/format.ts";

const fr = formatterOf("fr");
const en = formatterOf("en");
const visible = (text: string) => text.replaceAll("\u00a0", "_").replaceAll("\u202f", "~");
const AT = "2026-11-22T09:06:05.000Z";

describe("formatterOf()", () => {
  it.each([
    [fr.date(AT), "22_novembre_2026"],
    [fr.date("2026-01-01T00:00:00Z"), "1er_janvier_2026"],
    [fr.date("2026-01-11T00:00:00Z"), "11_janvier_2026"],
    [fr.date("2026-01-31T00:00:00Z"), "31_janvier_2026"],
    [en.date("2026-01-01T00:00:00Z"), "1_January_2026"],
    [fr.moment(AT), "22/11/2026 à 09_h_06_min_05_s UTC"],
    [fr.time(AT), "22/11_09:06:05"],
    [fr.count(1284), "1~284"],
    [fr.count(1234.5), "1~234,5"],
    [fr.bytes(12), "12_o"],
    [fr.bytes(12_400), "12,4_Ko"],
    [fr.bytes(3_200_000), "3,2_Mo"],
    [fr.duration(0), "0_ms"],
    [fr.duration(350), "350_ms"],
    [fr.duration(2_400), "2,4_s"],
    [fr.duration(65_000), "1_min_05_s"],
    [fr.duration(3_725_000), "1_h_02_min"],
    [en.date(AT), "22_November_2026"],
    [en.moment(AT), "22/11/2026, 09:06:05 UTC"],
    [en.count(1284), "1,284"],
    [en.bytes(12_400), "12.4_kB"],
  ])("writes %j", (text, expected) => {
    expect(visible(text)).toBe(expected);
  });
});

describe("cssString()", () => {
  it.each([
    ["L’état : 3/3", '"L’état \\3a  3/3"'],
    ['a"b\\c', '"a\\22 b\\5c c"'],
    ["</style><script>", '"\\3c /style\\3e \\3c script\\3e "'],
    ["a\nb", '"a\\a b"'],
  ])("quotes %j", (text, expected) => {
    expect(cssString(text)).toBe(expected);
  });
});
