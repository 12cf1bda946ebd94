import { once } from "node:events";
import ssh2, { type ClientChannel } from "ssh2";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cutPower, powerOn } from "../../../lab/state/power.ts";
import { nodeOf } from "../../../lab/state/world.ts";
import { type OpenLab, openLab, PASSWORD, runOn } from "./open-lab.ts";

const TERMINAL = { term: "xterm", cols: 100, rows: 30 };
let lab: OpenLab;

beforeAll(async () => {
  lab = await openLab();
});
afterAll(() => lab[Symbol.asyncDispose]());

describe("startSshServer()", () => {
  test("shows the host key of the state and lets root in by password", async () => {
    const connection = await lab.client("pve2");
    expect(await runOn(connection, "hostname")).toMatchObject({ stdout: "pve2\n", code: 0 });
    connection.end();
  });

  test.each([
    ["a wrong password", { password: "wrong" }],
    ["another user", { username: "admin" }],
    ["an unknown key", { password: "", privateKey: ssh2.utils.generateKeyPairSync("ecdsa", { bits: 256 }).private }],
  ])("refuses %s", async (_what, config) => {
    await expect(lab.client("pve1", config)).rejects.toMatchObject({ level: "client-authentication" });
  });

  test("asks for the password by keyboard-interactive too", async () => {
    const connection = new ssh2.Client();
    connection.on("keyboard-interactive", (_name, _text, _language, prompts, finish) =>
      finish(prompts.map(() => PASSWORD)),
    );
    connection.connect({
      host: "127.0.0.1",
      port: lab.servers["pve1"]?.port ?? 0,
      username: "root",
      tryKeyboard: true,
    });
    await once(connection, "ready");
    expect(await runOn(connection, "id -u")).toMatchObject({ stdout: "0\n" });
    connection.end();
  });

  test("takes a key of root's authorized_keys", async () => {
    const pair = ssh2.utils.generateKeyPairSync("ecdsa", { bits: 256 });
    nodeOf(lab.world, "pve3").files.set("/root/.ssh/authorized_keys", `${pair.public}\n`);
    const connection = new ssh2.Client();
    connection.connect({
      host: "127.0.0.1",
      port: lab.servers["pve3"]?.port ?? 0,
      username: "root",
      privateKey: pair.private,
    });
    await once(connection, "ready");
    connection.end();
  });

  test("answers fifty commands at once on one connection", async () => {
    const numbers = Array.from({ length: 50 }, (_, number) => number);
    const ran = await Promise.all(numbers.map((number) => lab.run("pve1", `echo ${number}; exit ${number}`)));
    expect(ran.map(({ stdout, code }) => [stdout, code])).toEqual(numbers.map((number) => [`${number}\n`, number]));
  });

  test.each([
    ["a signal request", (channel: ClientChannel) => channel.signal("TERM"), "SIGTERM"],
    ["SIGKILL", (channel: ClientChannel) => channel.signal("KILL"), "SIGKILL"],
  ])("ends a running command on %s", async (_what, act, signal) => {
    const ran = await lab.run("pve1", "echo started; sleep 86400; echo never", {
      onChannel: (channel) => channel.once("data", () => act(channel)),
    });
    expect(ran).toMatchObject({ stdout: "started\n", code: null, signal });
  });

  test("ends a running command when another one kills its process group", async () => {
    const ran = await lab.run("pve1", "echo $$; sleep 86400; echo never", {
      onChannel: (channel) =>
        channel.once("data", (chunk: Buffer) => void lab.run("pve1", `kill -TERM -- -${String(chunk).trim()}`)),
    });
    expect(ran).toMatchObject({ code: null, signal: "SIGTERM" });
    expect(ran.stdout).not.toContain("never");
  });

  test("ends a command whose client goes away", async () => {
    const connection = await lab.client("pve1");
    connection.exec("echo $$ > /tmp/gone.pid; sleep 86400", () => {});
    await expect.poll(async () => (await lab.run("pve1", "cat /tmp/gone.pid")).stdout).toMatch(/^\d+$/m);
    expect(await lab.run("pve1", "kill -0 $(cat /tmp/gone.pid)")).toMatchObject({ code: 0 });
    connection.end();
    await expect.poll(async () => (await lab.run("pve1", "kill -0 $(cat /tmp/gone.pid)")).code).toBe(1);
  });

  test("cuts connections when the node loses its power, and answers again after it returns", async () => {
    const node = nodeOf(lab.world, "pve3");
    // Made before the command: its first words cut the power.
    const connection = await lab.client("pve3");
    connection.on("error", () => {});
    const running = lab.run("pve3", "echo up; sleep 86400", {
      onChannel: (channel) => channel.once("data", () => cutPower(lab.world, node)),
    });
    expect(await running.catch(() => ({ code: null, signal: undefined }))).toMatchObject({
      code: null,
      signal: undefined,
    });
    await expect(lab.client("pve3")).rejects.toThrow(/ECONNRESET|Connection lost/);
    powerOn(lab.world, node);
    await expect.poll(() => node.power).toBe("on");
    const again = await lab.client("pve3");
    expect(await runOn(again, "hostname")).toMatchObject({ stdout: "pve3\n" });
    again.end();
  });

  test("refuses connections while the ssh fault is set", async () => {
    lab.world.faults.sshRefused.add("pve2");
    await expect(lab.client("pve2")).rejects.toThrow(/ECONNRESET|Connection lost/);
    lab.world.faults.sshRefused.delete("pve2");
    (await lab.client("pve2")).end();
  });
});

describe("a terminal", () => {
  test("turns newlines, merges both streams and knows its size", async () => {
    const ran = await lab.run("pve1", "stty size; echo out; echo err >&2; printf last", { pty: TERMINAL });
    expect(ran).toMatchObject({ output: "30 100\nout\nerr\nlast", stderr: "", code: 0 });
  });

  test("asks what `read -p` asks, and hides what `read -s` reads", async () => {
    const ran = await lab.run(
      "pve1",
      'read -r -p "Name? " name; read -rs -p "Secret? " secret; echo; echo "$name/$secret"',
      {
        pty: TERMINAL,
        typed: [
          [/Name\? $/, "bob"],
          [/Secret\? $/, "x y"],
        ],
      },
    );
    expect(ran.output).toBe("Name? bob\nSecret? \nbob/x y\n");
  });

  test("keeps directory, variables, functions and $? in an interactive shell", async () => {
    const connection = await lab.client("pve1");
    const channel = await new Promise<ClientChannel>((resolve, reject) => {
      connection.shell(TERMINAL, (error, opened) => (error ? reject(error) : resolve(opened)));
    });
    let shown = "";
    let code: number | undefined;
    channel.on("data", (chunk: Buffer) => {
      shown += chunk.toString("utf8");
    });
    channel.on("exit", (exit: number) => {
      code = exit;
    });
    const closed = once(channel, "close");
    for (const line of [
      "cd /etc/pve",
      "x=5; f() { return $x; }",
      "f",
      "echo $? $PWD",
      "for i in 1 2",
      "do echo n$i; done",
      "sleep 86400",
    ]) {
      const before = shown.length;
      channel.write(`${line}\r`);
      await expect
        .poll(() => shown.slice(before))
        .toMatch(line.startsWith("for") ? /> $/ : line.startsWith("sleep") ? /sleep 86400\r\n$/ : /# $/);
    }
    channel.write("\x03");
    await expect.poll(() => shown).toMatch(/\^C[\s\S]*# $/);
    channel.write("exit 3\r");
    await closed;
    expect(shown).toContain("5 /etc/pve\r\n");
    expect(shown).toContain("n1\r\nn2\r\n");
    expect(code).toBe(3);
    connection.end();
  });
});
