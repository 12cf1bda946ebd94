import { describe, expect, test } from "vitest";
import { PromptWatch } from "../../../engine/transports/prompt-watch.ts";

function shown(...pieces: readonly string[]): PromptWatch {
  const watch = new PromptWatch([]);
  for (const piece of pieces) watch.feed(Buffer.from(piece));
  return watch;
}

describe("question()", () => {
  test.each([
    "Please enter superuser (root) password for '10.202.4.31': ",
    "Are you sure you want to continue connecting (yes/no)? ",
    "Are you sure you want to continue connecting (yes/no/[fingerprint])? ",
    "Do you want to continue? [Y/n] ",
    "Enter passphrase for key '/root/.ssh/id_ed25519': ",
    "Mot de passe : ",
    "Enter OTP code for user root@pam: ",
    "\u001b[1mReally?\u001b[0m ",
  ])("sees that «%s» waits for somebody", (text) => {
    expect(shown("done\r\n", text).question()).toBeDefined();
  });

  test.each([
    "waiting for quorum...",
    "Copying: ",
    "progress 42 %",
    "root@pve1:~# ",
    "password changed: yes\r\n",
    "Really?\r\n",
    "",
  ])("leaves «%s» alone", (text) => {
    expect(shown(text).question()).toBeUndefined();
  });
});

describe("feed()", () => {
  test("gives each answer once, whatever the order of the prompts, and across pieces and colours", () => {
    const watch = new PromptWatch([
      { prompt: /sure \(yes\/no\)\?/, answer: "yes" },
      { prompt: /^Password:/m, answer: "secret" },
    ]);
    expect(watch.feed(Buffer.from("hello\r\nPass"))).toBeUndefined();
    expect(watch.feed(Buffer.from("word: "))).toBe("secret");
    expect(watch.feed(Buffer.from("\r\nAre you \u001b[1msure\u001b[0m (yes/no)? "))).toBe("yes");
    expect(watch.feed(Buffer.from("\r\nPassword: "))).toBeUndefined();
  });

  test("finds a prompt with letters of several bytes cut in two", () => {
    const watch = new PromptWatch([{ prompt: /clé\s:/, answer: "x" }]);
    const bytes = Buffer.from("clé : ");
    expect(watch.feed(bytes.subarray(0, 3))).toBeUndefined();
    expect(watch.feed(bytes.subarray(3))).toBe("x");
  });
});
