import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRedactor, MASK } from "../../../engine/base/redact.ts";

const SECRET = "p@ss'wörd/+42";

describe("redactor.text()", () => {
  it.each([
    ["as it is", SECRET],
    ["percent-encoded", encodeURIComponent(SECRET)],
    ["percent-encoded in lower case", encodeURIComponent(SECRET).toLowerCase()],
    ["as a form value", new URLSearchParams({ s: SECRET }).toString().slice(2)],
    ["in a shell's quotes", SECRET.replaceAll("'", "'\\''")],
    ["in JSON", JSON.stringify(`a"${SECRET}`).slice(4, -1)],
  ])("masks a secret %s", (_, spelled) => {
    expect(createRedactor(() => [SECRET]).text(`avant ${spelled} après`)).toBe(`avant ${MASK} après`);
  });

  it.each(["", "x", "xy", "user:", "a longer beginning "])("masks a secret in base64 after %j", (before) => {
    const encoded = Buffer.from(`${before}${SECRET} et la suite`).toString("base64");
    const masked = createRedactor(() => [SECRET]).text(encoded);
    expect(masked).toContain(MASK);
    // What is left on both sides must not be enough to get the secret back.
    const left = masked
      .split(MASK)
      .map((part) => Buffer.from(part, "base64").toString("latin1"))
      .join(" ");
    expect(left).not.toContain(Buffer.from(SECRET).toString("latin1").slice(2, -2));
  });

  it("learns secrets while it is in use", () => {
    const secrets: string[] = [];
    const redactor = createRedactor(() => secrets);
    expect(redactor.text(SECRET)).toBe(SECRET);
    secrets.push(SECRET);
    expect(redactor.text(SECRET)).toBe(MASK);
  });

  it("leaves a secret of three letters alone, as it would mask ordinary words", () => {
    expect(createRedactor(() => ["the"]).text("the other")).toBe("the other");
  });
});

describe("redactor.stream()", () => {
  it("finds secrets however the bytes are cut, and never changes the rest", () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.constant(Buffer.from(SECRET)), fc.uint8Array({ maxLength: 12 })), { maxLength: 8 }),
        fc.array(fc.nat(7), { minLength: 1, maxLength: 30 }),
        (parts, cuts) => {
          const whole = Buffer.concat(parts);
          const stream = createRedactor(() => [SECRET]).stream([]);
          const out: Uint8Array[] = [];
          for (let at = 0, turn = 0; at < whole.length; turn += 1) {
            const size = (cuts[turn % cuts.length] ?? 0) + 1;
            out.push(stream.write(whole.subarray(at, at + size)));
            at += size;
          }
          out.push(stream.end());
          const expected = Buffer.from(
            whole
              .toString("latin1")
              .replaceAll(Buffer.from(SECRET).toString("latin1"), Buffer.from(MASK).toString("latin1")),
            "latin1",
          );
          expect(Buffer.concat(out)).toEqual(expected);
        },
      ),
    );
  });

  it("shows a prompt at once: only what may begin a secret waits", () => {
    const stream = createRedactor(() => [SECRET]).stream([]);
    expect(Buffer.from(stream.write(Buffer.from("Password: "))).toString()).toBe("Password: ");
    expect(Buffer.from(stream.write(Buffer.from("p@s"))).toString()).toBe("");
    expect(Buffer.from(stream.write(Buffer.from("sage"))).toString()).toBe("p@ssage");
  });

  it("masks by the author's rules line by line and counts them", () => {
    const stream = createRedactor(() => []).stream(["serial=\\S+", "é+"]);
    const out = [stream.write(Buffer.from("a serial=AB")), stream.write(Buffer.from("12 b\nété\n")), stream.end()];
    expect(Buffer.concat(out).toString()).toBe(`a ${MASK} b\n${MASK}t${MASK}\n`);
    expect(stream.counts).toEqual({ "serial=\\S+": 1, "é+": 2 });
  });

  it("keeps bytes that are no text", () => {
    const bytes = Buffer.from([0xff, 0x00, 0x0a, 0xc3, 0x28]);
    const stream = createRedactor(() => [SECRET]).stream(["jamais"]);
    expect(Buffer.concat([stream.write(bytes), stream.end()])).toEqual(bytes);
  });
});
