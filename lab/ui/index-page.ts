// SPDX-License-Identifier: GPL-3.0-or-later
import { localeFiles } from "./locale-files.ts";

/** What the index page is rendered from. `user` and `csrf` are empty without a valid session: the login window then shows. */
export interface IndexPage {
  readonly node: string;
  readonly user: string;
  readonly csrf: string;
  readonly language: "fr" | "en";
  /** Base64 of the text to be agreed to before a login; empty without one. */
  readonly consent: string;
  readonly dialect: "9" | "8.4";
  /** Changes whenever a file of the application does: part of the addresses, so that browsers may keep what they have. */
  readonly version: string;
}

/** The HTML of the one page: catalogue, ExtJS, charts, application and last ExtJS's own French, in this order. */
export function renderIndexPage(page: IndexPage): string {
  const french = page.language === "fr";
  const globals = {
    Setup: { auth_cookie_name: "PVEAuthCookie" },
    defaultLang: page.language,
    NodeName: page.node,
    UserName: page.user,
    CSRFPreventionToken: page.csrf,
    consentText: page.consent,
  };
  const styles = [
    "/pve2/ext6/theme-crisp/resources/theme-crisp-all.css",
    "/pve2/ext6/crisp/resources/charts-all.css",
    "/pve2/fa/css/font-awesome.min.css",
    ...["lab", "navigation", "pages", "ceph"].map((name) => `/pve2/css/${name}.css?ver=${page.version}`),
  ];
  const catalogue = localeFiles.map((name) => `/pve2/locale/pve-lang-${name}.js`);
  return `<!DOCTYPE html>
<html lang="${page.language}">
<head>
<meta charset="utf-8">
<title>${escapeHtml(page.node)} - Proxmox Virtual Environment</title>
<link rel="icon" href="/pve2/images/lab.svg">
${styles.map((href) => `<link rel="stylesheet" href="${href}">`).join("\n")}
${french ? catalogue.map((source) => script(`${source}?ver=${page.version}`)).join("\n") : ENGLISH}
${script("/pve2/ext6/ext-all.js")}
${script("/pve2/ext6/charts.js")}
<script>
Proxmox = ${inlineJson(globals)};
PVE = ${inlineJson({ Lab: { dialect: page.dialect } })};
</script>
${script(`/pve2/js/lab.js?ver=${page.version}`)}
${french ? script("/pve2/ext6/locale/locale-fr.js") : ""}
<script>
Ext.onReady(function () { Ext.create("PVE.StdWorkspace"); });
</script>
</head>
<body>
<form id="history-form" class="x-hidden"><input type="hidden" id="x-history-field"></form>
</body>
</html>
`;
}

const ENGLISH = "<script>function gettext(text) { return text; }</script>";

function script(source: string): string {
  return `<script src="${source}"></script>`;
}

/** JSON that cannot end the script element it stands in. */
function inlineJson(value: unknown): string {
  return JSON.stringify(value)
    .replace(/</g, "\\u003c")
    .replace(/\u2028/g, "\\u2028")
    .replace(/\u2029/g, "\\u2029");
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
