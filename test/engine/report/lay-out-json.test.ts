import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { layOutJson } from "../../../engine/report/lay-out-json.ts";

describe("layOutJson()", () => {
  it.each([
    ["what fits on one line", '{"a":1,"b":[true,null]}', '{ "a": 1, "b": [true, null] }'],
    ["empty ones", "[{},[]]", "[{}, []]"],
    ["a number as it was spelled", '{"a":1.0,"b":9007199254740993}', '{ "a": 1.0, "b": 9007199254740993 }'],
    ["an escape as it was spelled", '{"a":"\\u00e9\\/"}', '{ "a": "\\u00e9\\/" }'],
    [
      "rows of a list each on a line",
      '[{"name":"pve1","online":1},{"name":"pve2","online":1}]',
      '[\n  { "name": "pve1", "online": 1 },\n  { "name": "pve2", "online": 1 }\n]',
    ],
    [
      "a wide record filled",
      '{"alpha":"aaaaaaaaaaaa","beta":"bbbbbbbbbbbb","gamma":"cccccccccccc"}',
      '{ "alpha": "aaaaaaaaaaaa",\n  "beta": "bbbbbbbbbbbb",\n  "gamma": "cccccccccccc" }',
    ],
  ])("gives %s", (_name, text, expected) => {
    expect(layOutJson(text, 40)).toBe(expected);
  });

  it.each(["", "plain text", '{"a":', "12", '"text"', "HTTP 200\n{}"])("leaves %j alone", (text) => {
    expect(layOutJson(text, 40)).toBeUndefined();
  });

  it("stays within the columns where words allow it", () => {
    const row = fc.dictionary(
      fc.constantFrom("id", "name", "online", "type", "ring0_addr"),
      fc.constantFrom(1, "pve1", "10.202.4.31"),
    );
    fc.assert(
      fc.property(fc.record({ data: fc.array(row), nested: fc.record({ list: fc.array(row) }) }), (value) => {
        const lines = layOutJson(JSON.stringify(value), 60)?.split("\n") ?? [];
        expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(60);
      }),
    );
  });

  it("keeps the value of every document", () => {
    const document = fc.oneof(fc.array(fc.jsonValue()), fc.dictionary(fc.string(), fc.jsonValue()));
    fc.assert(
      fc.property(document, fc.integer({ min: 10, max: 120 }), (value, columns) => {
        const text = JSON.stringify(value);
        const laidOut = layOutJson(text, columns);
        expect(JSON.parse(laidOut ?? "null")).toEqual(JSON.parse(text));
      }),
    );
  });
});
