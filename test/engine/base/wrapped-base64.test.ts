import { describe, expect, it } from "vitest";
import { MASK, Redactor } from "../../../engine/base/redact.ts";

const SECRET = "Correct-Horse-Battery-9/é";
const redactor = new Redactor();
redactor.add(SECRET, "clef");

/** The secret behind so many letters, in base64 with a line end every `width` characters. */
function wrapped(before: number, width: number, lineEnd: string): string {
  const text = Buffer.from(`${"x".repeat(before)}${SECRET}${"y".repeat(90)}`).toString("base64");
  return text.replace(new RegExp(`.{${width}}`, "g"), `$&${lineEnd}`);
}

function decoded(text: string): string {
  return Buffer.from(text.replace(/\s/g, ""), "base64").toString("latin1");
}

describe("Redactor.stream()", () => {
  it.each([
    [64, "\n"],
    [76, "\n"],
    [76, "\r\n"],
    [64, "\r\n"],
  ])(
    "masks a secret in base64 broken every %i characters, wherever the break and the border of two chunks fall",
    (width, lineEnd) => {
      for (let before = 0; before < 60; before += 1) {
        const text = wrapped(before, width, lineEnd);
        expect(decoded(text)).toContain(Buffer.from(SECRET).toString("latin1"));
        for (let border = 1; border < text.length; border += before % 7 === 0 ? 1 : 37) {
          const stream = redactor.stream();
          const parts = [text.slice(0, border), text.slice(border)].map((part) => stream.write(Buffer.from(part)));
          const shown = Buffer.concat([...parts, stream.end()]).toString("utf8");
          expect(shown).toContain(MASK);
          expect(stream.counts).toEqual({ clef: 1 });
          // What is left of it at both ends decides at most a byte.
          expect(decoded(shown.replace(MASK, ""))).not.toContain("Horse");
        }
      }
    },
  );

  it("shows a line at once that ends in the first letters of it, and masks the rest should it follow", () => {
    const stream = redactor.stream();
    const form = Buffer.from(SECRET).toString("base64");
    const parts = [`${form.slice(0, 2)}\n`, form.slice(2)].map((part) =>
      Buffer.from(stream.write(Buffer.from(part))).toString("utf8"),
    );
    expect(parts[0]).toBe(`${form.slice(0, 2)}\n`);
    const rest = parts[1] + Buffer.from(stream.end()).toString("utf8");
    expect(rest.replace(MASK, "").length).toBeLessThan(5);
    expect(stream.counts).toEqual({ clef: 1 });
  });

  it("leaves what only begins like it, and lets it go as soon as that is sure", () => {
    const stream = redactor.stream();
    const begun = Buffer.from(SECRET).toString("base64").slice(0, 12);
    const written = Buffer.from(stream.write(Buffer.from(`${begun}\nrien`))).toString("utf8");
    expect(written).toBe(`${begun}\nrien`);
    expect(stream.counts).toEqual({});
  });
});
