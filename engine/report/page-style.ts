import type { Report } from "../model/report.ts";
import { cssString } from "./css-string.ts";
import { wordsOf } from "./words.ts";

/** CSS that depends on the report: running heads by chapter, foot lines, the site's colour. */
export function pageStyle(report: Report): string {
  const { identity, language, simulated, chapters } = report;
  const words = wordsOf(language);
  const foot = [identity.reference, `${words.version} ${identity.version}`, identity.confidentiality];
  const notice = [report.verdict === "draft" ? words.draft.toLocaleUpperCase(language) : null, simulated];
  return [
    identity.colour === null ? "" : `:root { --accent: ${identity.colour}; }`,
    `@page {
  @top-left { content: ${cssString(identity.title)}; }
  @bottom-left { content: ${cssString(joined(foot))}; }
  @bottom-center { content: ${cssString(joined(notice, "\n"))}; }
  @bottom-right { content: ${cssString(`${words.page} `)} counter(page) " / " counter(pages); }
}`,
    ...chapters.map(
      ({ anchor, title }) =>
        `.${anchor} { page: ${anchor}; }\n@page ${anchor} { @top-right { content: ${cssString(title)}; } }`,
    ),
  ].join("\n");
}

function joined(parts: readonly (string | null)[], separator = " · "): string {
  return parts.filter((part) => part !== null && part !== "").join(separator);
}
