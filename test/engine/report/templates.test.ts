import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { Report } from "../../../engine/model/report.ts";
import { readTemplates, renderHtml } from "../../../engine/report/index.ts";
import { keptFolder } from "../../support/kept-folder.ts";
import { reportOf, TEMPLATES } from "../../support/read-report.ts";
import { sampleRun } from "../../support/report-run.ts";

const root = keptFolder();
let report: Report;

beforeAll(async () => {
  report = await reportOf(await sampleRun(join(root(), "output")));
});

async function renderWith(name: string, files: Readonly<Record<string, string>>): Promise<string> {
  const folder = join(root(), name);
  for (const [file, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), text);
  }
  const templates = await readTemplates(TEMPLATES, folder);
  return renderHtml(report, "html", { templates, source: (path) => path });
}

describe("a project's templates", () => {
  it("replace file by file, and may add pages that they call", async () => {
    const html = await renderWith("whole", {
      "cover.hbs": "<header>{{identity.title}} {{> maison}}</header>",
      "maison.hbs": "<p>maison {{report.language}}{{language}}</p>".replace("{{report.language}}", ""),
      "assets/cover.css": ".maison { color: red }",
    });
    expect(html).toContain("<p>maison fr</p>");
    expect(html).toContain(".maison { color: red }");
    expect(html).toContain('id="synthese"');
    expect(html).not.toContain('class="cover"');
  });

  it.each([
    [
      "a field that does not exist",
      "cover.hbs",
      "<p>\n  {{identity.titel}}\n</p>",
      /TEMPLATE_BROKEN.*cover\.hbs, ligne 2, colonne 5 : « titel »/,
    ],
    ["what does not parse", "gap.hbs", "<p>\n{{#if caption}}\n</p>", /TEMPLATE_BROKEN.*gap\.hbs, ligne 3/],
    [
      "a helper that does not exist",
      "cover.hbs",
      "{{colour identity.title}}",
      /cover\.hbs, ligne 1, colonne 3 : « colour » n’existe pas/,
    ],
    ["a page that does not exist", "cover.hbs", "\n{{> nowhere}}", /cover\.hbs.*« nowhere » n’existe pas/],
    ["a file that nothing reads", "covr.hbs", "x", /TEMPLATE_UNKNOWN.*covr\.hbs/],
    ["a style sheet that nothing reads", "assets/mine.css", "x", /TEMPLATE_UNKNOWN.*mine\.css/],
    ["a script of its own", "cover.hbs", "<SCRIPT>alert(1)</SCRIPT>", /TEMPLATE_OPEN.*ajoute un script/],
    ["a page without the policy", "report.hbs", "<html><head></head><body></body></html>", /TEMPLATE_OPEN.*politique/],
    [
      "a policy of its own before ours",
      "report.hbs",
      '<meta http-equiv="Content-Security-Policy" content="default-src *"><body>',
      /TEMPLATE_OPEN/,
    ],
  ])("are refused with their place for %s", async (name, file, text, message) => {
    const failed = await renderWith(name.replaceAll(" ", "-"), { [file]: text }).then(
      () => "rendered",
      (error: { code: string; message: string }) => `${error.code} ${error.message}`,
    );
    expect(failed).toMatch(message);
  });
});

describe("a template that reaches for prototypes", () => {
  it.each([
    "{{constructor}}",
    "{{identity.constructor.name}}",
    "{{identity.__proto__.polluted}}",
    '{{lookup this "constructor"}}',
    '{{lookup (lookup this "__proto__") "toString"}}',
    '{{#with (lookup this "constructor")}}{{lookup this "keys"}}{{/with}}',
    '{{#with (t "constructor")}}{{assign (lookup this "prototype") (lookup this "prototype")}}{{/with}}',
    '{{t "__proto__"}}',
    '{{word "" "constructor"}}',
    '{{fact "constructor"}}',
    "{{#with identity.title as |s|}}{{#with split as |f|}}{{f.constructor}}{{/with}}{{/with}}",
    '{{#with "s" as |string|}}{{#with (lookup string "sub")}}{{lookup this "constructor"}}{{/with}}{{/with}}',
    "{{> constructor}}",
    "{{> __proto__}}",
    "{{helperMissing}}",
    '{{blockHelperMissing "x"}}',
    "{{__defineGetter__ 'polluted' t}}",
    "{{@root.constructor}}",
    "{{@root.__proto__.constructor.constructor}}",
  ])("gets nothing: %s", async (probe) => {
    const before = Object.getOwnPropertyNames(Object.prototype).length;
    const templates = await readTemplates(TEMPLATES);
    const pages = { ...templates.pages, cover: `<i id="probe">${probe}</i>` };
    let shown = "";
    try {
      const html = renderHtml(report, "html", { templates: { ...templates, pages }, source: (path) => path });
      shown = /<i id="probe">([\s\S]*?)<\/i>/.exec(html)?.[1] ?? "";
    } catch (error) {
      expect((error as { code?: string }).code).toBe("TEMPLATE_BROKEN");
    }
    expect(shown.replace("constructor", "")).not.toMatch(/function|native code|\[object/);
    expect(Object.getOwnPropertyNames(Object.prototype)).toHaveLength(before);
  });
});
