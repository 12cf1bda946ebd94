/**
 * The byte strings (as Latin-1 text, one character a byte) in which a secret may appear: raw, percent-encoded, in base64 at each of its
 * three alignments, quoted for a shell, escaped in JSON, HTML or XML. Without doubles, the longest first.
 */
export function secretForms(secret: string): readonly string[] {
  const bytes = Buffer.from(secret, "utf8");
  const written = [
    secret,
    secret.replaceAll("\n", "\r\n"),
    ...percentForms(secret),
    secret.replaceAll("'", "'\\''"),
    secret.replaceAll("'", "'\"'\"'"),
    secret.replace(/[\\"$`]/g, "\\$&"),
    secret.replace(/[^A-Za-z0-9_@%+=:,./-]/g, "\\$&"),
    JSON.stringify(secret).slice(1, -1),
    secret.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;"),
    secret
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
      .replaceAll('"', "&quot;")
      .replaceAll("'", "&#39;"),
  ].map((form) => Buffer.from(form, "utf8").toString("latin1"));
  const forms = new Set([...written, ...[0, 1, 2].flatMap((offset) => base64Forms(bytes, offset))]);
  return [...forms].filter((form) => form.length > 3).sort((a, b) => b.length - a.length);
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
  ];
  return forms.flatMap((form) => [form, form.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase())]);
}

/** The characters that the secret alone decides when `offset` unknown bytes stand before it in the same group of three. */
function base64Forms(bytes: Buffer, offset: number): readonly string[] {
  const bits = (offset + bytes.length) * 8;
  const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString("base64");
  const core = text.slice(Math.ceil((offset * 8) / 6), Math.floor(bits / 6));
  return [core, core.replaceAll("+", "-").replaceAll("/", "_")];
}
