import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { chapter, cliProject } from "../../support/cli-project.ts";

const F = "```";
const TEXT = chapter(
  `${F}bash {#a .check on=local capture="état"}\n#| expect: oui\necho non\n${F}\n\n${F}bash {#b .check on=local}\ntrue\n${F}\n\n[ Capture : état ]`,
);

it("a run is told to several files at once, each in its form, and to the terminal as well", async () => {
  const { here, path } = await cliProject({ "03.md": TEXT });
  const to = (view: string, name: string) => ["--reporter", `${view}=${path(name)}`];
  const ended = await here(
    ...["run", path("03.md"), "-i", path("inventaire.yaml"), "--output", path("sorties"), "--no-report", "--no-seal"],
    ...[...to("junit", "ci/j.xml"), ...to("markdown", "r.md"), ...to("json", "e.jsonl"), ...to("github", "g.txt")],
  );
  expect([ended.code, ended.stdout], ended.stderr).toEqual([1, expect.stringContaining("ÉCHEC   #a")]);
  const read = (name: string) => readFileSync(path(name), "utf8");
  expect(read("ci/j.xml")).toMatch(/<testsuites [^>]*failures="2"[\s\S]*<failure /);
  expect(read("r.md")).toContain("Non conforme");
  // The journal's own lines, letter for letter.
  expect(read("e.jsonl")).toBe(read("sorties/latest/data/journal.jsonl"));
  expect(read("g.txt")).toMatch(
    /^::error file=03\.md,line=7,title=#a::.*\n::warning file=03\.md,line=7,title=capture::/,
  );
});

it.each([
  ["a view that needs a file", ["junit"], "junit=<fichier>"],
  ["a view that is none", ["joli=x"], "« joli=x » n’est pas un choix"],
  ["two views in one file", ["ligne=NAME", "json=NAME"], "REPORTER_FILE"],
  ["a file that cannot be written", ["json=03.md/x"], "REPORTER_FILE"],
])("before anything runs, %s is refused", async (_, views, said) => {
  const { here, path } = await cliProject({ "03.md": TEXT });
  const given = views.flatMap((view) => [
    "--reporter",
    view.replace("NAME", path("x")).replace("03.md/", `${path("03.md")}/`),
  ]);
  const ended = await here("run", path("03.md"), "-i", path("inventaire.yaml"), "--output", path("sorties"), ...given);
  expect([ended.code, ended.stderr]).toEqual([2, expect.stringContaining(said)]);
});
