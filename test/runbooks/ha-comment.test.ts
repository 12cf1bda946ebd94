import { describe, expect, it } from "vitest";
import { scriptOnNode } from "./script-on-node.ts";

/** One resource, or what a busy node says. */
const PVESH = `[ -n "$RESOURCE" ] || { echo "500 got timeout" >&2; exit 4; }
printf '%s' "$RESOURCE"`;

describe.each([
  ["annoncer-essai", "essai de bascule en cours depuis le 2026-11-23"],
  ["noter-bascule", "essai de bascule du 2026-11-23"],
])("#%s", (id, ours) => {
  const commands = { pvesh: PVESH, date: "echo 2026-11-23", "ha-manager": 'printf "%s\\n" "$4"' };
  const write = (resource: string) => scriptOnNode(id, { vm_id: "100", RESOURCE: resource }, commands);

  it("writes nothing over a comment that could not be read", async () => {
    expect(await write("")).toEqual({ code: 1, stdout: "", stderr: "500 got timeout\n" });
  });

  it.each([
    ["Portail", " ; Portail"],
    ["essai de bascule prévu mardi par Paul", " ; essai de bascule prévu mardi par Paul"],
    ["essai de bascule du 2026-10-01 ; Portail", " ; Portail"],
    ["essai de bascule en cours depuis le 2026-10-01", ""],
  ])("keeps what a site wrote: « %s »", async (theirs, kept) => {
    const { stdout } = await write(JSON.stringify({ comment: theirs, sid: "vm:100" }));
    expect(stdout).toBe(`${ours}${kept}\n`);
  });
});
