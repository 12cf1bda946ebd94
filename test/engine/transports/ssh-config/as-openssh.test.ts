import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { OperatorHost } from "../../../../engine/transports/operator-host.ts";
import {
  hostNameFrom,
  linesForHost,
  readSshConfig,
  type SshSettings,
  settingsFrom,
} from "../../../../engine/transports/ssh-config/index.ts";

let home: string;
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), "constat-ssh-config-"));
  mkdirSync(join(home, ".ssh"), { mode: 0o700 });
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** What both programs say of a host, in one form. */
interface Answer {
  readonly hostname: string;
  readonly user: string;
  readonly port: string;
  readonly identities: readonly string[];
  readonly jump: string;
  readonly alias: string;
  readonly userKnownHosts: readonly string[];
  readonly aliveCount: string;
}

const operator = (): OperatorHost => ({ env: {}, home, user: "moi", sshFolder: "/nonexistent" });

async function ours(text: string, host: string): Promise<Answer> {
  const file = join(home, "config");
  writeFileSync(file, text);
  const said: SshSettings = settingsFrom(
    linesForHost(await readSshConfig(file, operator()), {
      host,
      user: undefined,
      defaultUser: "root",
      localUser: "root",
    }),
  );
  return {
    hostname: hostNameFrom(said.hostName?.value ?? host, host),
    user: said.user?.value ?? "root",
    port: String(said.port?.value ?? 22),
    identities: said.identityFiles.map(({ value }) => value),
    jump: said.jump?.value.toLowerCase() === "none" ? "" : (said.jump?.value ?? ""),
    alias: said.hostKeyAlias?.value ?? "",
    userKnownHosts: said.userKnownHosts?.value ?? [],
    aliveCount: String(said.aliveCount?.value ?? 3),
  };
}

/** OpenSSH's own answer; undefined when it refuses the file. */
function openssh(text: string, host: string): Answer | undefined {
  const file = join(home, "config");
  writeFileSync(file, text);
  const asked = spawnSync("ssh", ["-G", "-F", file, host], {
    encoding: "utf8",
    env: { PATH: process.env["PATH"], HOME: home },
  });
  if (asked.status !== 0) return undefined;
  const lines = asked.stdout.split("\n").map((line) => line.split(" "));
  const all = (keyword: string) => lines.filter(([name]) => name === keyword).map(([, ...rest]) => rest.join(" "));
  const defaults = /\/\.ssh\/(?:id_|known_hosts)/;
  return {
    hostname: all("hostname")[0] ?? "",
    user: all("user")[0] ?? "",
    port: all("port")[0] ?? "",
    identities: all("identityfile").filter((path) => !defaults.test(path)),
    jump: all("proxyjump")[0] ?? "",
    alias: all("hostkeyalias")[0] ?? "",
    userKnownHosts: (all("userknownhostsfile")[0] ?? "")
      .split(" ")
      .filter((path) => path !== "" && !defaults.test(path)),
    aliveCount: all("serveralivecountmax")[0] ?? "",
  };
}

const HOSTS = ["pve1", "pve2.example.org", "10.202.4.31"] as const;
const pattern = fc.constantFrom(
  "*",
  "pve1",
  "pve?",
  "*.example.org",
  "10.202.*",
  "!pve1",
  "!*.org",
  "pve2.example.org",
  "rien",
);
const spacing = fc.constantFrom(" ", "  ", "\t", "=", " = ", " =");
const indent = fc.constantFrom("", "  ", "\t");
const quoted = fc.boolean();
const value = fc.stringMatching(/^[a-z][a-z0-9_.-]{0,6}$/);
const line = fc
  .tuple(
    indent,
    fc.oneof(
      fc.tuple(fc.constantFrom("HostName", "hostname", "User", "USER", "HostKeyAlias"), value),
      fc.tuple(fc.constant("HostName"), fc.constantFrom("%h.corp", "x-%h", "a%%h")),
      fc.tuple(fc.constantFrom("Port", "port"), fc.integer({ min: 1, max: 65_535 }).map(String)),
      fc.tuple(
        fc.constant("IdentityFile"),
        value.map((name) => `~/.keys/${name}`),
      ),
      fc.tuple(fc.constant("ServerAliveCountMax"), fc.integer({ min: 1, max: 99 }).map(String)),
      fc.tuple(
        fc.constant("UserKnownHostsFile"),
        value.map((name) => `/k/${name}`),
      ),
    ),
    spacing,
    quoted,
    fc.constantFrom("", " ", " # remarque", "\r"),
  )
  .map(
    ([before, [keyword, word], between, quote, after]) =>
      `${before}${keyword}${between}${quote ? `"${word}"` : word}${after}`,
  );
const jump = fc.constantFrom("bastion", "moi@bastion:2222", "a,b@c:3", "none").map((hosts) => `ProxyJump ${hosts}`);
const head = fc.oneof(
  fc.array(pattern, { minLength: 1, maxLength: 3 }).map((patterns) => `Host ${patterns.join(" ")}`),
  fc
    .tuple(
      fc.constantFrom("host", "originalhost", "!host", "user", "localuser", "!localuser"),
      fc.array(pattern, { minLength: 1, maxLength: 2 }),
    )
    .map(([criterion, patterns]) => `Match ${criterion} ${patterns.join(",")}`),
  fc.constantFrom(
    "Match all",
    "Match final",
    "Match final host *",
    "Match !final all",
    "# remarque",
    "",
    "Match localuser root user root",
    "Match host=pve1",
  ),
);

describe("a configuration says what `ssh -G` says of it", () => {
  test("whatever its blocks and lines are", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof({ weight: 3, arbitrary: line }, { weight: 2, arbitrary: head }, jump), { maxLength: 12 }),
        fc.constantFrom(...HOSTS),
        async (lines, host) => {
          const text = `${lines.join("\n")}\n`;
          const expected = openssh(text, host);
          fc.pre(expected !== undefined);
          expect(await ours(text, host)).toEqual(expected);
        },
      ),
      { numRuns: 150 },
    );
  });

  test("also when other files are included, under a Host and before it", async () => {
    mkdirSync(join(home, ".ssh", "conf.d"), { recursive: true });
    const part = (name: string, text: string) => writeFileSync(join(home, ".ssh", "conf.d", name), text);
    part("10-a", "Port 1010\nHost pve1\n  User deux\nHost autre\n  User trois\n");
    part("20-b", "User quatre\nIdentityFile ~/.keys/b\n");
    part(".cache", "User jamais\n");
    const text =
      "Host pve*\n  Include ~/.ssh/conf.d/*\n  IdentityFile ~/.keys/c\nHost *\n  User cinq\n  Include /nonexistent/*\n";
    // OpenSSH takes the home folder from the account: the same files are named in full for it.
    const forOpenSsh = text.replace("~/.ssh", `${home}/.ssh`);
    for (const host of HOSTS) expect(await ours(text, host)).toEqual(openssh(forOpenSsh, host));
  });

  test("and what it refuses is refused, with the line", async () => {
    for (const [text, where] of [
      ['Host *\n  User "a\n', "ligne 2"],
      ["Host *\n\n  Port 70000\n", "ligne 3"],
      ["Match host\n  User a\n", "ligne 1"],
      ["Host *\n  IdentitiesOnly peut-être\n", "ligne 2"],
      ["Host *\n  ServerAliveInterval bientôt\n", "ligne 2"],
      ["User\n", "ligne 1"],
    ] as const) {
      expect(openssh(text, "pve1"), text).toBeUndefined();
      await expect(ours(text, "pve1"), text).rejects.toMatchObject({
        code: "SSH_CONFIG_INVALID",
        message: expect.stringContaining(where),
      });
    }
  });
});

describe("what Constat does not do", () => {
  test.each([
    ['Match exec "true"\n  User a\n', "Match exec"],
    ["Host *\n  CanonicalizeHostname yes\n", "canonicalizehostname yes"],
    ["RevokedHostKeys /etc/ssh/revoked\n", "revokedhostkeys"],
  ])("is refused with its place: %j", async (text, named) => {
    await expect(ours(text, "pve1")).rejects.toMatchObject({
      code: "SSH_CONFIG_UNSUPPORTED",
      message: expect.stringContaining(named),
    });
  });

  test.each([
    'Match host autre exec "false"\n  User a\n',
    "Host autre\n  CanonicalizeHostname yes\n",
    "CanonicalizeHostname no\n",
  ])("does not matter to other hosts: %j", async (text) => {
    expect(await ours(text, "pve1")).toMatchObject({ user: "root" });
  });
});
