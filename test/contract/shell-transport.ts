import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ShellRequest, ShellTarget, ShellTransport } from "../../engine/transports/port.ts";
import { allCommandLines, appears, vanishes } from "../support/processes.ts";
import { runShell } from "../support/transports.ts";

/** What the suite needs: a transport and a target that shares this machine's files and processes. */
export interface ShellSubject {
  readonly shell: ShellTransport;
  readonly target: ShellTarget;
  stop(): Promise<void>;
}

const TERMINAL = { columns: 105, rows: 33 };
const ODD = "it's \"two\"\nlines $HOME `x` \\n %b ▮ é\ttab 'end'\n\n";

/** Every implementation of ShellTransport does this, here against a real shell. */
export function describeShellTransport(name: string, open: () => Promise<ShellSubject>): void {
  describe(`ShellTransport over ${name}`, () => {
    let subject: ShellSubject;
    let folder: string;
    const run = (script: string, more: Partial<ShellRequest> = {}) =>
      runShell(subject.shell, subject.target, script, more);

    beforeAll(async () => {
      subject = await open();
      folder = mkdtempSync(join(tmpdir(), "constat-shell-"));
    });
    afterAll(async () => {
      await subject.stop();
      rmSync(folder, { recursive: true, force: true });
    });

    test.each([
      ["exit 0", { status: "exited", code: 0 }],
      ["exit 3", { status: "exited", code: 3 }],
      ["false", { status: "exited", code: 1 }],
      ["no-such-command", { status: "exited", code: 127 }],
      ["if", { status: "exited", code: 2 }],
      ["kill -KILL $$", { status: "signalled", signal: "KILL" }],
      ["kill -TERM $$", { status: "signalled", signal: "TERM" }],
    ] as const)("run() tells how `%s` ended", async (script, end) => {
      expect((await run(script)).end).toEqual(end);
    });

    test("run() keeps stdout and stderr apart", async () => {
      const { stdout, stderr } = await run("echo out; echo err >&2; printf tail");
      expect([stdout.toString(), stderr.toString()]).toEqual(["out\ntail", "err\n"]);
    });

    test.each([["bash"], ["sh"]] as const)("run() hands values to %s as they are", async (interpreter) => {
      const environment = { odd: ODD, empty: "", nodes_pve1_address: "10.202.4.31" };
      const script = 'printf "%s|" "$odd" "$empty" "$nodes_pve1_address"; printenv odd';
      const { stdout } = await run(script, { interpreter, environment });
      expect(stdout.toString()).toBe(`${ODD}||10.202.4.31|${ODD}\n`);
    });

    test("run() refuses a name that is no variable's", async () => {
      await expect(run("true", { environment: { "a-b": "x" } })).rejects.toMatchObject({
        code: "ENVIRONMENT_NAME_INVALID",
      });
    });

    test("run() runs the very text of the script", async () => {
      const script = "cat <<'FIN'\n\\n \\\\ %b $x `y` 'é' \u00a0\tz\nFIN\necho \"$0 $# $LINENO\"";
      const { stdout } = await run(script);
      expect(stdout.toString()).toBe("\\n \\\\ %b $x `y` 'é' \u00a0\tz\nbash 0 4\n");
    });

    test("run() gives the script an empty standard input", async () => {
      const { end, stdout } = await run('cat; read line; echo "[$line] $?"');
      expect(end).toEqual({ status: "exited", code: 0 });
      expect(stdout.toString()).toBe("[] 1\n");
    });

    test("run() shows neither script nor values in any process's arguments", async () => {
      const secret = "never-in-ps-5f3a";
      const script = `: script-never-in-ps-77; touch ${folder}/up; while [ ! -e ${folder}/go ]; do sleep 0.05; done`;
      const running = run(script, { environment: { token: secret } });
      await appears(join(folder, "up"));
      const commandLines = allCommandLines();
      writeFileSync(join(folder, "go"), "");
      await running;
      expect(commandLines).toContain("constat-");
      expect(commandLines).not.toContain(secret);
      expect(commandLines).not.toContain("script-never-in-ps-77");
    });

    test("run() ends with its script, not with a daemon that holds the output", async () => {
      const { end, stdout } = await run(`sleep 600 & echo $! >${folder}/daemon; echo started`);
      process.kill(Number(readFileSync(join(folder, "daemon"), "utf8")), "SIGKILL");
      expect(end).toEqual({ status: "exited", code: 0 });
      expect(stdout.toString()).toBe("started\n");
    });

    test("run() ends the whole process group when it is aborted", async () => {
      const stop = new AbortController();
      const script = `trap '' TERM; sleep 600 & echo $! >${folder}/child; touch ${folder}/begun; wait; sleep 600`;
      const running = run(script, { signal: stop.signal });
      await appears(join(folder, "begun"));
      stop.abort(new Error("enough"));
      expect((await running).end).toEqual({ status: "stopped" });
      await vanishes(Number(readFileSync(join(folder, "child"), "utf8")));
    });

    test("run() stops when it is aborted before its channel is open", async () => {
      await run("true");
      const stop = new AbortController();
      const running = run("sleep 600", { signal: stop.signal });
      stop.abort(new Error("at once"));
      expect((await running).end).toEqual({ status: "stopped" });
    });

    test("run() starts nothing when it is aborted already", async () => {
      const { end } = await run(`touch ${folder}/never`, { signal: AbortSignal.abort(new Error("no")) });
      expect(end).toEqual({ status: "stopped" });
      expect(existsSync(join(folder, "never"))).toBe(false);
    });

    test("run() delivers 20 MB of binary output byte for byte", async () => {
      const file = join(folder, "big");
      const { end } = await run(`head -c 20000000 /dev/urandom >${file}`);
      expect(end).toEqual({ status: "exited", code: 0 });
      const hash = createHash("sha256");
      let bytes = 0;
      await run(`cat ${file}`, {
        onOutput: (_stream, chunk) => {
          hash.update(chunk);
          bytes += chunk.length;
        },
      });
      expect(bytes).toBe(20_000_000);
      expect(hash.digest("hex")).toBe(createHash("sha256").update(readFileSync(file)).digest("hex"));
    });

    test("run() delivers output as it comes", async () => {
      const seen = Promise.withResolvers<string>();
      const script = `echo first; while [ ! -e ${folder}/seen ]; do sleep 0.05; done; echo second`;
      const running = run(script, { onOutput: (_stream, chunk) => seen.resolve(chunk.toString()) });
      expect(await seen.promise).toBe("first\n");
      writeFileSync(join(folder, "seen"), "");
      expect((await running).stdout.toString()).toBe("first\nsecond\n");
    });

    test("run() runs several scripts at once", async () => {
      const many = await Promise.all(["a", "b", "c"].map((word) => run(`sleep 0.2; echo ${word}`)));
      expect(many.map(({ stdout }) => stdout.toString())).toEqual(["a\n", "b\n", "c\n"]);
    });

    test("run() gives a terminal of the asked size, which shows the script's output alone", async () => {
      const { end, stdout, stderr } = await run(
        "stty size; test -t 0 && test -t 1 && test -t 2 && echo terminal; echo err >&2",
        {
          pty: TERMINAL,
        },
      );
      expect(end).toEqual({ status: "exited", code: 0 });
      expect(stdout.toString()).toBe("33 105\r\nterminal\r\nerr\r\n");
      expect(stderr.toString()).toBe("");
    });

    test("run() carries a long script to a terminal", async () => {
      const { stdout } = await run(`text='${"é'\\''x".repeat(20_000)}'; printf %s "$text" | wc -c`, { pty: TERMINAL });
      expect(stdout.toString()).toBe("80000\r\n");
    });

    test("run() types each answer once, when its prompt shows", async () => {
      const script = [
        'read -r -s -p "Password for root: " secret; echo',
        "read -r -p $'\\e[1mContinue (yes/no)?\\e[0m ' sure",
        'echo "<$secret> <$sure>"',
      ].join("\n");
      const answers = [
        { prompt: /Continue \(yes\/no\)\?/, answer: "yes" },
        { prompt: /password for .*:/i, answer: "s3cret é" },
      ];
      const { end, stdout } = await run(script, { pty: TERMINAL, answers });
      expect(end).toEqual({ status: "exited", code: 0 });
      expect(stdout.toString()).toContain("<s3cret é> <yes>");
    });

    test("run() ends a script whose question has no answer, and says which", async () => {
      const answers = [{ prompt: /first/, answer: "1" }];
      const running = run('read -p "first: " a; read -p "Really sure (yes/no)? " b', { pty: TERMINAL, answers });
      await expect(running).rejects.toMatchObject({ code: "PROMPT_UNANSWERED", message: /Really sure \(yes\/no\)\?/ });
    });

    test("run() leaves alone a terminal script that is only slow", async () => {
      const { end } = await run('printf "waiting for quorum..."; sleep 1.5; echo OK', { pty: TERMINAL });
      expect(end).toEqual({ status: "exited", code: 0 });
    });

    test("blocks of one session share directory, variables and functions, and nothing else", async () => {
      const first = await run("cd /tmp; kept=5; twice() { echo $((kept * 2)); }", { session: "shared" });
      const second = await run("pwd; twice; echo apart >&2; cat; false", {
        session: "shared",
        environment: { value: "v" },
      });
      const third = await run('echo "$value"', { session: "shared" });
      const other = await run('echo "$kept"', { session: "other" });
      expect(first.end).toEqual({ status: "exited", code: 0 });
      expect(second.end).toEqual({ status: "exited", code: 1 });
      expect([second.stdout.toString(), second.stderr.toString()]).toEqual(["/tmp\n10\n", "apart\n"]);
      expect([third.stdout.toString(), other.stdout.toString()]).toEqual(["v\n", "\n"]);
    });

    test("`exit` in a session's block is that block's end, and the next block starts a new shell", async () => {
      const first = await run("left=1; printf unfinished; exit 3", { session: "exits" });
      const second = await run('echo "[$left]"', { session: "exits" });
      expect(first).toMatchObject({ end: { status: "exited", code: 3 } });
      expect(first.stdout.toString()).toBe("unfinished");
      expect(second.stdout.toString()).toBe("[]\n");
    });

    test("aborting a session's block ends the block, and the next one starts a new shell", async () => {
      const stop = new AbortController();
      const running = run(`touch ${folder}/busy; sleep 600`, { session: "aborted", signal: stop.signal });
      await appears(join(folder, "busy"));
      stop.abort(new Error("enough"));
      expect((await running).end).toEqual({ status: "stopped" });
      expect((await run("echo again", { session: "aborted" })).stdout.toString()).toBe("again\n");
    });

    test("a session cannot have a terminal", async () => {
      await expect(run("true", { session: "s", pty: TERMINAL })).rejects.toMatchObject({ code: "SESSION_UNSUPPORTED" });
    });

    test("readFile() gives a file's bytes, or undefined when there is none", async () => {
      const file = join(folder, "it's a file");
      writeFileSync(file, Buffer.from([0, 255, 10, 13]));
      const signal = AbortSignal.timeout(20_000);
      expect(await subject.shell.readFile(subject.target, file, signal)).toEqual(Buffer.from([0, 255, 10, 13]));
      expect(await subject.shell.readFile(subject.target, join(folder, "absent"), signal)).toBeUndefined();
      await expect(subject.shell.readFile(subject.target, folder, signal)).rejects.toMatchObject({
        code: "FILE_UNREADABLE",
      });
    });
  });
}
