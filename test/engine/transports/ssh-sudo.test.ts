import { expect, test } from "vitest";
import { SudoDoor } from "../../../engine/transports/ssh-sudo.ts";

test("what a script says on one stream before sudo's start shows on the other is not lost", () => {
  const heard: string[] = [];
  const door = new SudoDoor("mark", "secret", (stream, chunk) => heard.push(`${stream}:${chunk}`));
  const written: string[] = [];
  const never = new Promise<never>(() => {});
  const process = door.around({
    write: (data) => void written.push(data),
    endInput: () => void written.push("END"),
    ended: never,
    drained: never,
    killGroup: () => {},
    close: () => {},
  });
  process.write("lines");
  process.endInput();
  door.sink("stderr", Buffer.from("lecture: mar"));
  door.sink("stderr", Buffer.from("k?"));
  door.sink("stdout", Buffer.from("early"));
  expect([heard, written]).toEqual([[], ["secret\n"]]);
  door.sink("stderr", Buffer.from("mark!\r\nlate"));
  expect([heard, written]).toEqual([
    ["stderr:late", "stdout:early"],
    ["secret\n", "lines", "END"],
  ]);
});
