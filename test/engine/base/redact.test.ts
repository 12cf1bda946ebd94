import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MASK, Redactor } from "../../../engine/base/redact.ts";

const SECRET = "pâ'ss w/rd+\"42$";

function covered(redactor: Redactor, chunks: readonly Uint8Array[]): string {
  const stream = redactor.stream();
  return Buffer.concat([...chunks.map((chunk) => stream.write(chunk)), stream.end()]).toString("utf8");
}

describe("Redactor", () => {
  const redactor = new Redactor();
  redactor.add(SECRET, "root_password");

  test.each([
    ["as it is", SECRET],
    ["percent-encoded", encodeURIComponent(SECRET)],
    [
      "percent-encoded in lower case",
      encodeURIComponent(SECRET).replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
    ],
    ["in a form body", new URLSearchParams({ p: SECRET }).toString().slice(2)],
    ["in single quotes for a shell", SECRET.replaceAll("'", "'\\''")],
    ["in double quotes for a shell", SECRET.replace(/[\\"$`]/g, "\\$&")],
    ["in JSON", JSON.stringify(SECRET).slice(1, -1)],
    ["in HTML", "pâ&#39;ss w/rd+&quot;42$"],
  ])("text() masks a secret %s", (_form, written) => {
    const { text, counts } = redactor.text(`avant ${written} après ${written}`);
    expect(text).toBe(`avant ${MASK} après ${MASK}`);
    expect(counts).toEqual({ root_password: 2 });
  });

  test.each([0, 1, 2, 3, 4])("text() masks a secret in base64 after %i other bytes", (before) => {
    const encoded = Buffer.concat([Buffer.alloc(before, "x"), Buffer.from(SECRET), Buffer.from("yz")]).toString(
      "base64",
    );
    const { text } = redactor.text(encoded);
    expect(text).toContain(MASK);
    const left = Buffer.from(text.replaceAll(MASK, ""), "base64").toString("latin1");
    expect(left).not.toContain("ss w/rd");
    expect(text.replace(MASK, "").length).toBeLessThanOrEqual(encoded.length - 20);
  });

  test("add() refuses a value that would mask half of any text", () => {
    const short = new Redactor();
    expect(short.add("abc")).toBe("too-short");
    expect(short.text("abc").text).toBe("abc");
    expect(short.add("abcd")).toBe("added");
  });

  test("stream() gives the same bytes however the output was cut", () => {
    const secrets = fc.array(fc.stringMatching(/^[abé'%]{4,9}$/), { minLength: 1, maxLength: 4 });
    const pieces = fc.array(fc.stringMatching(/^[abé'%\n]{0,12}$/), { maxLength: 12 });
    fc.assert(
      fc.property(secrets, pieces, fc.array(fc.nat(200)), (values, texts, cuts) => {
        const own = new Redactor();
        for (const value of values) own.add(value);
        const bytes = Buffer.from(texts.map((text, index) => text + (values[index] ?? "")).join(""));
        const places = [0, ...cuts.filter((cut) => cut < bytes.length).sort((a, b) => a - b), bytes.length];
        const chunks = places.slice(1).map((place, index) => bytes.subarray(places[index], place));
        const whole = covered(own, [bytes]);
        expect(covered(own, chunks)).toBe(whole);
        for (const value of values) expect(whole).not.toContain(value);
      }),
    );
  });

  test("stream() holds back nothing but the possible beginning of a secret", () => {
    const stream = redactor.stream();
    expect(Buffer.from(stream.write(Buffer.from("Password: "))).toString()).toBe("Password: ");
    expect(Buffer.from(stream.write(Buffer.from("p"))).toString()).toBe("");
    expect(Buffer.from(stream.write(Buffer.from("assé"))).toString()).toBe("passé");
    expect(Buffer.from(stream.end()).toString()).toBe("");
  });

  test("stream() leaves binary bytes intact", () => {
    const bytes = Buffer.from(Array.from({ length: 4096 }, (_, index) => (index * 7) % 256));
    const stream = redactor.stream([{ id: "m", pattern: /never-there/ }]);
    expect(Buffer.concat([stream.write(bytes), stream.end()]).equals(bytes)).toBe(true);
  });

  test("stream() knows a secret that was added after it was opened", () => {
    const own = new Redactor();
    const stream = own.stream();
    own.add("later-secret");
    expect(Buffer.concat([stream.write(Buffer.from("a later-secret b")), stream.end()]).toString()).toBe(`a ${MASK} b`);
  });

  test("masks cover what matches in each line, also when a line comes in pieces", () => {
    const stream = new Redactor().stream([{ id: "mask:token", pattern: /token=\S+/ }]);
    const parts = ["ok\ntok", "en=12", "34 x\r\ntoken=é y", "\nend"].map((part) => stream.write(Buffer.from(part)));
    expect(Buffer.concat([...parts, stream.end()]).toString()).toBe(`ok\n${MASK} x\r\n${MASK} y\nend`);
    expect(stream.counts).toEqual({ "mask:token": 2 });
  });

  test("leftovers() counts the secrets that are still there", () => {
    expect(redactor.leftovers(Buffer.from(`x${SECRET}x`))).toEqual({ root_password: 1 });
    expect(redactor.leftovers(Buffer.from(`x${MASK}x`))).toEqual({});
  });
});
