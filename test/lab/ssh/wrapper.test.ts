import { describe, expect, test } from "vitest";
import { unwrap } from "../../../lab/ssh/wrapper.ts";

const none = { script: undefined, file: undefined, parameters: [], environment: {} };

describe("unwrap()", () => {
  test.each([
    ["a plain command", "echo hi", { script: "echo hi" }],
    ["a shell with a program", "bash -c 'echo hi'", { script: "echo hi" }],
    [
      "options before the program",
      "bash --noprofile --norc -c 'echo $1' bash MARK",
      { script: "echo $1", parameters: ["MARK"] },
    ],
    ["exec and a shell", "exec sh -c 'kill -TERM -42' ", { script: "kill -TERM -42" }],
    [
      "starters one after the other",
      "exec env LANG=C setsid bash -c 'true'",
      { script: "true", environment: { LANG: "C" } },
    ],
    ["a shell in a shell", "sh -c \"bash -c 'echo deep'\"", { script: "echo deep" }],
    ["login flags", "bash -lc 'pwd'", { script: "pwd" }],
    ["a script file", "bash /root/x.sh a b", { file: "/root/x.sh", parameters: ["a", "b"] }],
    ["a script on standard input", "bash -s one 'two three'", { parameters: ["one", "two three"] }],
    ["an input-fed shell", "/bin/bash --norc", {}],
    ["two commands", "bash -c 'a'; b", { script: "bash -c 'a'; b" }],
    ["a redirection", "bash -c 'a' > file", { script: "bash -c 'a' > file" }],
    ["an expansion", 'bash -c "$x"', { script: 'bash -c "$x"' }],
    ["flags that change the run", "bash -x -c 'a'", { script: "bash -x -c 'a'" }],
    ["a syntax error", "if", { script: "if" }],
  ])("takes %s for what it starts", (_what, commandLine, expected) => {
    expect(unwrap(commandLine)).toEqual({ ...none, ...expected });
  });
});
