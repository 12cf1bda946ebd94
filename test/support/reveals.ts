/** Whether somebody who tries the usual decodings finds a secret in some bytes: written without the engine's own list of forms. */
export function reveals(bytes: Buffer, secret: string): boolean {
  const needle = Buffer.from(secret, "utf8").toString("latin1");
  const text = bytes.toString("latin1");
  const joined = text.replace(/[\r\n]+/g, "");
  const views = [text, joined].flatMap((view) => [
    view,
    unpercent(view),
    unpercent(unpercent(view)),
    unquoted(view),
    unescapedJson(view),
    unescapedJson(unescapedJson(view)),
    unentity(view),
    ...base64In(view),
    ...hexIn(view),
    ...[0, 1].map((offset) => unwide(Buffer.from(view.slice(offset), "latin1"))),
  ]);
  return views.some((view) => view.includes(needle) || view.replaceAll("+", " ").includes(needle.replaceAll("+", " ")));
}

function unpercent(text: string): string {
  return text.replace(/%([0-9A-Fa-f]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

function unwide(bytes: Buffer): string {
  return Buffer.from(bytes.toString("utf16le"), "utf8").toString("latin1");
}

function unquoted(text: string): string {
  return text.replace(/'(?:\\'|"'")'/g, "'").replace(/\\(.)/g, "$1");
}

function unescapedJson(text: string): string {
  return text
    .replace(/\\u([0-9A-Fa-f]{4})/g, (_, code: string) =>
      Buffer.from(String.fromCharCode(Number.parseInt(code, 16)), "utf8").toString("latin1"),
    )
    .replace(/\\(["\\/'])/g, "$1");
}

function unentity(text: string): string {
  const names: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex?: string, number?: string, name?: string) => {
    if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
    return number !== undefined ? String.fromCharCode(Number(number)) : (names[name ?? ""] ?? whole);
  });
}

function base64In(text: string): readonly string[] {
  return [...text.matchAll(/[A-Za-z0-9+/_-]{8,}/g)].flatMap(([run]) =>
    [0, 1, 2, 3].map((offset) => Buffer.from(run.slice(offset), "base64").toString("latin1")),
  );
}

function hexIn(text: string): readonly string[] {
  return [...text.matchAll(/(?:[0-9A-Fa-f]{2}){4,}/g)].flatMap(([run]) =>
    [0, 1].map((offset) => Buffer.from(run.slice(offset), "hex").toString("latin1")),
  );
}
