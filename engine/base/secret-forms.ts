/** Shorter than this a secret cannot be told from ordinary text: masking it would mask everything. */
export const SHORTEST_SECRET = 4;

/**
 * The spellings under which a secret may show up in an output: as it is, percent-encoded, as a form value, in JSON, in single quotes
 * of a shell, and in base64 wherever it begins in the encoded text. Longest first, each once; empty for a secret that is too short.
 */
export function secretForms(secret: string): readonly string[] {
  if (secret.length < SHORTEST_SECRET) return [];
  const forms = [
    secret,
    encodeURIComponent(secret),
    encodeURIComponent(secret).toLowerCase(),
    new URLSearchParams({ s: secret }).toString().slice(2),
    JSON.stringify(secret).slice(1, -1),
    secret.replaceAll("'", "'\\''"),
    ...base64Forms(secret),
  ];
  return [...new Set(forms)].filter((form) => form.length >= SHORTEST_SECRET).sort((a, b) => b.length - a.length);
}

/** Base64 works on groups of three bytes: a secret has three spellings, and its first and last letters depend on its neighbours. */
function base64Forms(secret: string): readonly string[] {
  const bytes = Buffer.from(secret, "utf8");
  return [0, 1, 2].flatMap((shift) => {
    const padded = Buffer.concat([Buffer.alloc(shift), bytes]);
    const whole = Math.floor(padded.length / 3) * 3;
    const text = padded
      .subarray(0, whole)
      .toString("base64")
      .slice(shift === 0 ? 0 : shift + 1);
    return text.length < 8 ? [] : [text, text.replaceAll("+", "-").replaceAll("/", "_")];
  });
}
