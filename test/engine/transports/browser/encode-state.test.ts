import fc from "fast-check";
import { expect, it } from "vitest";
import { encodeState } from "../../../../engine/transports/browser/encode-state.ts";

it.each([
  [null, "e%3A1"],
  [true, "b%3A1"],
  [3, "n%3A3"],
  ["é€", "s%3A%E9%u20AC"],
  [{ vms: { "VM.Audit": 1 } }, "o%3Avms%3Do%253AVM.Audit%253Dn%25253A1"],
  [{}, "o%3A"],
])("encodeState() writes %j as ExtJS 6.2 and 7.0 do", (value, encoded) => {
  expect(encodeState(value)).toBe(encoded);
});

it("encodeState() is read back by the rules of ExtJS's reader", () => {
  const capability = fc.stringMatching(/^[A-Z][A-Za-z]{1,8}(?:\.[A-Z][a-z]{1,8}){0,2}$/);
  const map = fc.dictionary(fc.stringMatching(/^[a-z]{2,8}$/), fc.dictionary(capability, fc.constantFrom(0, 1)));
  fc.assert(
    fc.property(map, (capabilities) => {
      expect(decode(encodeState(capabilities))).toEqual(decodable(capabilities));
    }),
  );
});

/** One `unescape` a level, then the type's letter; `^` between the parts and `=` after a name. */
function decode(text: string): unknown {
  const [, type, rest = ""] = /^([nbose]):(.*)$/s.exec(unescapeOnce(text)) ?? [];
  if (type === "n") return Number(rest);
  if (type === "b") return rest === "1";
  if (type === "s") return rest;
  if (type === "e") return null;
  if (rest === "") return {};
  return Object.fromEntries(rest.split("^").map((pair) => [pair.split("=")[0], decode(pair.split("=")[1] ?? "")]));
}

function unescapeOnce(text: string): string {
  return text.replace(
    /%u([0-9A-F]{4})|%([0-9A-F]{2})/g,
    (_whole, wide: string | undefined, narrow: string | undefined) =>
      String.fromCharCode(Number.parseInt(wide ?? narrow ?? "", 16)),
  );
}

/** fast-check makes objects without a prototype, which toEqual() tells apart. */
function decodable(value: object): unknown {
  return JSON.parse(JSON.stringify(value));
}
