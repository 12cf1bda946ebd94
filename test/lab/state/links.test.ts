import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseLinks } from "../../../lab/state/links.ts";
import { PveError } from "../../../lab/state/pve-error.ts";

describe("parseLinks()", () => {
  test("finds the address however it is written", () => {
    const address = fc.ipV4();
    const priority = fc.nat(255);
    fc.assert(
      fc.property(fc.nat(7), address, priority, (link, ip, rank) => {
        const spellings = [ip, `address=${ip}`, `${ip},priority=${rank}`, `priority=${rank},address=${ip}`];
        for (const text of spellings) expect(parseLinks({ [`link${link}`]: text })).toEqual({ [link]: ip });
      }),
    );
  });

  test("answers any text with links or with a 400 that names the link", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        try {
          expect(Object.keys(parseLinks({ link0: text }))).toEqual(["0"]);
        } catch (error) {
          expect(error).toBeInstanceOf(PveError);
          expect((error as PveError).errors).toHaveProperty("link0");
        }
      }),
    );
  });

  test.each(["10.202.4", "999.1.1.1", "a b", "", "priority=3"])("refuses %j", (text) => {
    expect(() => parseLinks({ link0: text })).toThrow("Parameter verification failed.");
  });

  test("ignores what is no link", () => {
    expect(parseLinks({ clustername: "x", link9: "10.0.0.1" })).toEqual({});
  });
});
