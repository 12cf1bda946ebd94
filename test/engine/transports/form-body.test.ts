import fc from "fast-check";
import { expect, test } from "vitest";
import { encodeForm } from "../../../engine/transports/form-body.ts";

test.each([
  ["a=1&b=2", "a=1&b=2"],
  ["net0=virtio,bridge=vmbr0", "net0=virtio%2Cbridge%3Dvmbr0"],
  ["a=1\n&b=deux mots\n&c=é", "a=1&b=deux%20mots&c=%C3%A9"],
  ["a=1\nb=2\n", "a=1&b=2"],
  ["a=%2Cdone+already", "a=%2Cdone+already"],
  ["a=100%", "a=100%25"],
  ["flag", "flag"],
  ["", ""],
])("encodeForm() makes %j into %j", (body, encoded) => {
  expect(encodeForm(body)).toBe(encoded);
});

test("encodeForm() leaves an encoded body as it is", () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.tuple(
          fc.stringMatching(/^[a-z]{1,5}$/),
          fc.string().filter((text) => text.isWellFormed()),
        ),
        { minLength: 1 },
      ),
      (pairs) => {
        const body = new URLSearchParams(pairs).toString();
        expect([...new URLSearchParams(encodeForm(body))]).toEqual([...new URLSearchParams(body)]);
      },
    ),
  );
});
