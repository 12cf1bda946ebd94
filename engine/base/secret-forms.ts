/** Base64 says so little with fewer letters that any long picture would hold them by chance. */
const SHORTEST_BASE64 = 6;

/**
 * The byte strings (as Latin-1 text, one character a byte) in which a secret may appear: raw, in UTF-16, percent-encoded (once or twice), in
 * hexadecimal, in base64 at each of its three alignments, quoted for a shell, escaped in JSON, HTML or XML. Without doubles, the longest first.
 */
export function secretForms(secret: string): readonly string[] {
  const bytes = Buffer.from(secret, "utf8");
  const wide = Buffer.from(secret, "utf16le");
  const written = [
    secret,
    secret.replaceAll("\n", "\r\n"),
    ...percentForms(secret),
    ...shellForms(secret),
    ...jsonForms(secret),
    ...markupForms(secret),
  ].map((form) => Buffer.from(form, "utf8").toString("latin1"));
  const hex = [bytes.toString("hex"), bytes.toString("hex").toUpperCase()];
  const wideForms = [wide.toString("latin1"), Buffer.from(wide).swap16().toString("latin1")];
  const forms = new Set([...written, ...hex, ...wideForms, ...wrappedForms(secret)]);
  return [...forms].filter((form) => form.length > 3).sort((a, b) => b.length - a.length);
}

/**
 * Fewer characters of base64 than this may stand before a line end unmasked: nearly every line ends in the first letter of some form, and
 * none could be shown before the next one comes. The forms hold what follows them.
 */
export const TOLD_BEFORE_BREAK = 3;

/** Those of the forms that a machine may break into lines (every 64 or 76 characters, or anywhere): base64, at each of its alignments. */
export function wrappedForms(secret: string): readonly string[] {
  const bytes = Buffer.from(secret, "utf8");
  const forms = [0, 1, 2].flatMap((offset) => base64Forms(bytes, offset));
  const tails = forms.flatMap((form) => Array.from({ length: TOLD_BEFORE_BREAK }, (_, told) => form.slice(told)));
  return [...new Set(tails)].filter(({ length }) => length >= SHORTEST_BASE64);
}

function percentForms(secret: string): readonly string[] {
  const component = encodeURIComponent(secret);
  const strict = component.replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
  const whole = [...Buffer.from(secret, "utf8")]
    .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`)
    .join("");
  const forms = [
    component,
    strict,
    encodeURI(secret),
    component.replaceAll("%20", "+"),
    strict.replaceAll("%20", "+"),
    whole,
    // A redirect carries an address inside an address.
    encodeURIComponent(component),
    encodeURIComponent(strict),
  ];
  return forms.flatMap((form) => [form, form.replace(/%(?:25)?[0-9A-F]{2}/g, (code) => code.toLowerCase())]);
}

/** As single, double, backslash and `$'…'` quotes write it, as `printf %q` and `set -x` do. */
function shellForms(secret: string): readonly string[] {
  const ansi = secret.replace(/[\\']/g, "\\$&").replaceAll("\n", "\\n").replaceAll("\t", "\\t").replaceAll("\r", "\\r");
  return [
    secret.replaceAll("'", "'\\''"),
    secret.replaceAll("'", "'\"'\"'"),
    secret.replace(/[\\"$`]/g, "\\$&"),
    secret.replace(/[\\"$`!]/g, "\\$&"),
    secret.replace(/[^A-Za-z0-9_@%+=:,./-]/g, "\\$&"),
    secret.replace(/[^A-Za-z0-9_@%+=:,./\u0080-\uffff-]/g, "\\$&"),
    ansi,
    // A shell without a locale writes bytes.
    ansi.replace(/\P{ASCII}+/gu, (text) => [...Buffer.from(text)].map((byte) => `\\${byte.toString(8)}`).join("")),
    ansi.replaceAll("!", "\\!"),
  ];
}

/** With and without escaped slashes, in Unicode and in ASCII alone, in a string inside a string. */
function jsonForms(secret: string): readonly string[] {
  const plain = JSON.stringify(secret).slice(1, -1);
  const escaped = (pattern: RegExp, text: string) =>
    text.replace(pattern, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
  const ascii = escaped(/[\u007f-\uffff]/g, plain);
  return [
    plain,
    plain.replaceAll("/", "\\/"),
    ascii,
    ascii.replace(/\\u[0-9a-f]{4}/g, (code) => `\\u${code.slice(2).toUpperCase()}`),
    escaped(/[<>&'\u007f-\uffff]/g, plain),
    JSON.stringify(plain).slice(1, -1),
  ];
}

function markupForms(secret: string): readonly string[] {
  const text = secret.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  const quoted = text.replaceAll('"', "&quot;");
  return [
    text,
    quoted,
    quoted.replaceAll("'", "&#39;"),
    quoted.replaceAll("'", "&#x27;"),
    quoted.replaceAll("'", "&apos;"),
    text.replaceAll('"', "&#34;").replaceAll("'", "&#39;"),
    // As Handlebars writes an attribute.
    quoted.replaceAll("'", "&#x27;").replaceAll("`", "&#x60;").replaceAll("=", "&#x3D;"),
  ];
}

/** The characters that the secret alone decides when `offset` unknown bytes stand before it in the same group of three. */
function base64Forms(bytes: Buffer, offset: number): readonly string[] {
  const bits = (offset + bytes.length) * 8;
  const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString("base64");
  const core = text.slice(Math.ceil((offset * 8) / 6), Math.floor(bits / 6));
  return [core, core.replaceAll("+", "-").replaceAll("/", "_")];
}
