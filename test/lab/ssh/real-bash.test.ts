// biome-ignore-all lint/suspicious/noTemplateCurlyInString: shell, not TypeScript
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newStreams, streamed } from "../../../lab/ssh/streamed.ts";
import { type OpenLab, openLab, runOn } from "./open-lab.ts";

let lab: OpenLab;
beforeAll(async () => {
  lab = await openLab();
});
afterAll(() => lab[Symbol.asyncDispose]());

/** Scripts whose streams, order and exit code must be those of the real bash: what the lab rewrites, it must not change. */
const SCRIPTS: readonly (readonly [what: string, script: string])[] = [
  ["plain output on both streams", "echo one; echo two >&2; printf 'no newline'"],
  ["accents and quotes", "x=\"l’été « 'a' »\"; printf '%s\\n' \"$x\" | sed 's/été/hiver/'"],
  ["exit codes of lists", "false || echo a; true && echo b; ! true; echo $?; (exit 4); echo $?"],
  ["exit with a number", "echo before; exit 42; echo never"],
  ["exit without a number", "sh -c 'exit 9'; exit"],
  ["exit with the last status", "f() { return 5; }; f; exit $?"],
  ["set -e", "set -e; echo a; false; echo never"],
  ["set -e in a condition", "set -e; if false; then echo x; fi; false || true; echo reached"],
  ["set -euo pipefail", "set -euo pipefail; echo x | cat; false | cat; echo never"],
  [
    "loops",
    "for i in 1 2 3; do [ $i = 2 ] && continue; echo $i; done; n=0; while [ $n -lt 3 ]; do n=$((n+1)); echo n$n; done; until true; do :; done",
  ],
  [
    "nested compound commands",
    "for a in x y; do if [ $a = x ]; then { echo in-$a; }; else case $a in y) echo case-y;; esac; fi; done",
  ],
  [
    "redirections of the author",
    "echo a >/tmp/constat-t; echo b >>/tmp/constat-t; cat /tmp/constat-t; { echo c; echo d >&2; } >/tmp/constat-t 2>&1; cat /tmp/constat-t; rm /tmp/constat-t",
  ],
  ["2>&1 through a pipe", "ls /constat-nowhere 2>&1 | wc -l; echo lost 2>/dev/null >&2; echo kept"],
  ["functions and locals", 'g=1; f() { local g=2; echo "$g $1 $#"; }; f a b; echo $g'],
  ["subshells keep to themselves", "x=1; (x=2; cd /tmp; echo $x $PWD); echo $x"],
  ["command substitution", 'x=$(echo inner; echo err >&2); echo "[$x]"; echo $(echo $(echo deep))'],
  ["arrays", 'a=(un deux \'trois quatre\'); echo "${#a[@]} ${a[2]}"; for e in "${a[@]}"; do echo "<$e>"; done'],
  ["here-documents", "v=2; cat <<FIN\n  line $v\nFIN\ncat <<'FIN'\n$v\nFIN"],
  ["here-strings and read", "read -r a b <<<'un deux trois'; echo \"$b|$a\""],
  ["while read over a pipe", "printf 'a b\\nc d\\n' | while read -r x y; do echo \"$y-$x\"; done"],
  ["eval", 'c=\'echo "evaluated $1"; false\'; set -- arg; eval "$c"; echo $?'],
  ["positional parameters", 'set -- a \'b c\'; echo "$1|$2|$#"; shift; echo "$1"'],
  ["an EXIT trap", "trap 'echo bye $v' EXIT; v=3; echo work; exit 2"],
  ["an EXIT trap that calls a function", "clean() { echo cleaned; }; trap clean EXIT; true"],
  [
    "test and [[",
    "[[ abc =~ ^a(.)c$ ]] && echo ${BASH_REMATCH[1]}; test -d /tmp && echo dir; [ -s /constat-nowhere ] || echo none",
  ],
  ["arithmetic", "echo $((2**10 % 7)); ((3 > 2)) && echo yes; i=5; ((i--)); echo $i"],
  ["parameter expansion", "p=/etc/pve/corosync.conf; echo ${p##*/} ${p%/*} ${p/pve/x} ${#p} ${none:-default}"],
  [
    "text tools",
    "printf '3\\n1\\n2\\n' | sort -n | head -2 | tr '\\n' ,; echo; echo 'a:b:c' | cut -d: -f2; echo 'x=1 y=2' | awk '{print $2}'",
  ],
  ["descriptors kept by exec", "exec 3>&1; echo through >&3; exec 3>&-; echo after"],
  ["input from nowhere", "exec </dev/null; read -r x || echo 'end of input'; cat"],
  ["standard input to a reader", 'read -r first; echo "<$first>"; cat'],
  [
    "sets of characters that are not",
    'for x in 256 25a "" a-1; do case "$x" in "" | *[!0-9]*) echo "no: $x" ;; *) echo "yes: $x" ;; esac; done; x=a1!b2; echo ${x//[!0-9]/} ${x#[!]a]} ${x%%[!a-z1]*}; [[ 1 == [!1] ]]; echo $?; [[ "!" =~ [x!] ]] && echo regex; echo "[!a]" \'[!b]\'',
  ],
  ["a status after a pipe", "false | true; echo $? ${PIPESTATUS[0]}"],
];

describe("a node's shell behaves as the real bash with", () => {
  test.each(SCRIPTS)("%s", async (_what, script) => {
    const input = "line one\nline two\n";
    const real = await execa("bash", ["-c", script], { input, reject: false, stripFinalNewline: false });
    const ran = await lab.run("pve1", script, { input });
    expect({ stdout: ran.stdout, stderr: withoutPrefix(ran.stderr), code: ran.code }).toEqual({
      ...{ stdout: real.stdout, stderr: withoutPrefix(real.stderr), code: real.exitCode },
    });
  });

  test.each(SCRIPTS)("%s, which it rewrites for streaming", (_what, script) => {
    expect(streamed(script, newStreams(new Set(), false))).toContain("/dev/constat/");
  });

  test.each(SCRIPTS)("%s, in a session fed through eval", async (_what, script) => {
    const wrapped = `IFS= read -r -d '' code || exit 254; exec 7>&1 8>&2 9<&0 </dev/null; eval "$code"; printf 'end %s\\n' "$?" >&7`;
    const real = await execa("bash", ["-c", wrapped], {
      input: `${script}\0`,
      reject: false,
      stripFinalNewline: false,
    });
    const ran = await runOn(await lab.client("pve1"), `exec bash -c '${wrapped.replaceAll("'", "'\\''")}'`, {
      input: `${script}\0`,
    });
    expect({ stdout: ran.stdout, stderr: withoutPrefix(ran.stderr), code: ran.code }).toEqual({
      ...{ stdout: real.stdout, stderr: withoutPrefix(real.stderr), code: real.exitCode },
    });
  });
});

/** Which line the shell counts in is not what is compared. */
function withoutPrefix(text: string): string {
  return text.replace(/^bash: line \d+: /gm, "bash: ");
}
