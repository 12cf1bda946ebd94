import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { chapter, cliProject, LOCAL_INVENTORY } from "../../support/cli-project.ts";
import { reveals } from "../../support/reveals.ts";

const SECRET = "Zx9$ k'é/\"Q&<w>+%=!\\7";
const INVENTORY = `${LOCAL_INVENTORY}secrets:\n  clef: { env: CLEF }\n`;
const node = (script: string) => `node -e '${script}'`;

/** Ways in which a command can show the secret that its environment holds; each is one block of one run. */
const LEAKS: readonly (readonly [string, string])[] = [
  ["as it is", 'printf "%s\\n" "$CLEF"'],
  ["on standard error", 'printf "%s\\n" "$CLEF" >&2'],
  [
    "in two writes",
    'printf "%s" "$(printf "%s" "$CLEF" | cut -c1-6)"; sleep 0.2; printf "%s\\n" "$(printf "%s" "$CLEF" | cut -c7-)"',
  ],
  [
    "letter by letter",
    node('const s=process.env.CLEF;for(const c of Buffer.from(s))require("fs").writeSync(1,Buffer.of(c));'),
  ],
  ["between two streams", 'printf "%s" "$CLEF"; printf "%s" "$CLEF" >&2'],
  ["twice in a row", 'printf "%s%s\\n" "$CLEF" "$CLEF"'],
  [
    "in a redirect's address",
    node('console.log("Location: https://x/login?next="+encodeURIComponent(process.env.CLEF))'),
  ],
  [
    "encoded twice",
    node('console.log("/a?next="+encodeURIComponent("https://x/?p="+encodeURIComponent(process.env.CLEF)))'),
  ],
  ["as a form", node("console.log(new URLSearchParams({password:process.env.CLEF}).toString())")],
  [
    "in lower-case percents",
    node('console.log(encodeURIComponent(process.env.CLEF).toLowerCase().replace(/zx9/,"Zx9").replace("q","Q"))'),
  ],
  ["in base64", 'printf "%s" "$CLEF" | base64 -w0'],
  ["in base64 behind one letter", 'printf "x%s" "$CLEF" | base64 -w0'],
  ["in base64 behind two letters", 'printf "xy%s" "$CLEF" | base64 -w0'],
  [
    "in a basic authorization",
    node('console.log("Authorization: Basic "+Buffer.from("root@pam:"+process.env.CLEF).toString("base64"))'),
  ],
  ["in base64 for addresses", node('console.log(Buffer.from("é"+process.env.CLEF).toString("base64url"))')],
  ["in base64 over several lines", 'printf "%070d%s" 0 "$CLEF" | base64'],
  ["in base64 over short lines", 'printf "xy%s%s" "$CLEF" "$CLEF" | base64 -w 11'],
  ["in hexadecimal", node('console.log(Buffer.from(process.env.CLEF).toString("hex"))')],
  ["in capitals of hexadecimal", node('console.log(Buffer.from(process.env.CLEF).toString("hex").toUpperCase())')],
  ["quoted by printf", 'printf "%q\\n" "$CLEF"'],
  ["quoted by the shell", 'echo "$' + '{CLEF@Q}"'],
  ["in a trace", 'set -x; true "$CLEF"'],
  ["as a JSON value", node("console.log(JSON.stringify({password:process.env.CLEF}))")],
  ["as a JSON key", node("console.log(JSON.stringify({[process.env.CLEF]:1}))")],
  ["as JSON in JSON", node("console.log(JSON.stringify({body:JSON.stringify({p:process.env.CLEF})}))")],
  [
    "as JSON in ASCII",
    node(
      'console.log(JSON.stringify(process.env.CLEF).replace(/[\\u0080-\\uffff]/g,c=>"\\\\u"+c.charCodeAt(0).toString(16).padStart(4,"0")))',
    ),
  ],
  ["as JSON with escaped slashes", node('console.log(JSON.stringify(process.env.CLEF).replaceAll("/","\\\\/"))')],
  [
    "in markup",
    node(
      'console.log("<b>"+process.env.CLEF.replaceAll("&","&amp;").replaceAll("<","&lt;").replaceAll(">","&gt;")+"</b>")',
    ),
  ],
  [
    "in an attribute",
    node(
      'console.log(process.env.CLEF.replaceAll("&","&amp;").replaceAll("<","&lt;").replaceAll(">","&gt;").replaceAll(String.fromCharCode(34),"&quot;").replaceAll(String.fromCharCode(39),"&#39;"))',
    ),
  ],
  ["in UTF-16", node('process.stdout.write(Buffer.from(process.env.CLEF,"utf16le"))')],
  ["as a terminal's title", 'printf "\\033]0;%s\\007\\n" "$CLEF"'],
  ["among bytes that are no text", 'printf "\\377\\376%s\\377\\n" "$CLEF"'],
  ["without an end of line", 'printf "%s" "$CLEF"'],
  ["in the words of an error", '"/nulle/part/$CLEF"'],
  [
    "in the error of ssh",
    'ssh -F none -o BatchMode=yes -o ConnectTimeout=2 "ssh://127.0.0.1:1/" "$CLEF" 2>&1; echo "root:$CLEF@127.0.0.1: Permission denied" >&2',
  ],
  ["in the stack of a program", node('throw new Error("login failed: "+process.env.CLEF)')],
];

const block = ([, script]: readonly [string, string], index: number) =>
  `\`\`\`bash {#fuite-${index} .check on=local timeout=20s}\n#| exit: [0, 1, 2, 126, 127, 255]\n${script}\n\`\`\``;
const BEYOND = [
  // A value that is saved, a text that is held against an expectation, a question that is answered.
  '```bash {#retenue .check on=local}\n#| save: { vu: /(.+)/ }\nprintf "%s\\n" "$CLEF"\n```',
  '```bash {#suite .check on=local needs=#retenue}\nprintf "vu : %s\\n" "$vu"\n```',
  '```bash {#attendue .check on=local}\n#| expect: rien de tel\nprintf "%s\\n" "$CLEF"\n```',
  '```bash {#demande .check on=local}\n#| pty: true\n#| answers: { prompt: "Secret", secret: clef }\nprintf \'Secret : \'; read -r lu; printf "lu : %s\\n" "$lu"\n```',
];

function filesOf(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) =>
    entry.isFile() ? [join(entry.parentPath, entry.name)] : [],
  );
}

describe("a secret that commands show", () => {
  it(`is found in no file and on no screen, in whichever of ${LEAKS.length + BEYOND.length} ways it is shown`, async () => {
    const text = chapter([...LEAKS.map(block), ...BEYOND].join("\n\n"));
    const project = await cliProject({ "03.md": text, "inventaire.yaml": INVENTORY }, { CLEF: SECRET });
    const ended = await project.constat(
      "run",
      "03.md",
      "-i",
      "inventaire.yaml",
      "--no-report",
      "--run",
      "essai",
      "--reporter",
      "detail",
    );
    expect(ended.stdout).toContain("attendue");
    const folder = join(project.folder, "output", "essai");
    const shown = filesOf(folder).filter((file) => reveals(readFileSync(file), SECRET));
    const named = shown.map((file) => {
      const attempt = Number(/bloc-(\d+)/.exec(file)?.[1] ?? 0);
      return attempt === 0 ? file.slice(folder.length) : `${attempt}: ${LEAKS[attempt - 1]?.[0] ?? "beyond"}`;
    });
    expect(named).toEqual([]);
    const said = (ended.stdout + ended.stderr).split("\n");
    expect(said.filter((line) => reveals(Buffer.from(line), SECRET))).toEqual([]);
    // A block that printed nothing would leave nothing behind either.
    const silent = LEAKS.filter((_, index) => {
      const stem = join(folder, "data", "terminal", `bloc-${String(index + 1).padStart(3, "0")}`);
      return !Buffer.concat([readFileSync(`${stem}.out`), readFileSync(`${stem}.err`)]).includes("▮▮▮");
    });
    expect(silent.map(([name]) => name)).toEqual([]);
  });
});

describe("reveals()", () => {
  it.each([
    ["as it is", Buffer.from(SECRET)],
    ["in percents", encodeURIComponent(SECRET)],
    ["in base64", Buffer.from(`x${SECRET}`).toString("base64")],
    ["in hexadecimal", Buffer.from(SECRET).toString("hex")],
    ["in JSON", JSON.stringify(JSON.stringify(SECRET))],
    ["in UTF-16", Buffer.from(SECRET, "utf16le")],
    ["quoted", SECRET.replace(/[^A-Za-z0-9]/gu, "\\$&")],
  ])("finds the secret %s", (_, written) => {
    expect(reveals(Buffer.from(written), SECRET)).toBe(true);
  });
});
