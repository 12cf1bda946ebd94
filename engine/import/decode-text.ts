import { ProblemError } from "../base/problem.ts";

/** A text file's bytes as text, whatever wrote it: UTF-8, UTF-16 with or without a mark, else the Latin of Windows. Throws IMPORT_NOT_TEXT. */
export function decodeText(bytes: Uint8Array, name: string): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return decoded("utf-16le", bytes);
  if (first === 0xfe && second === 0xff) return decoded("utf-16be", bytes);
  const unmarked = utf16Of(bytes);
  if (unmarked !== undefined) return decoded(unmarked, bytes);
  if (bytes.includes(0)) {
    throw new ProblemError("IMPORT_NOT_TEXT", `${name} n’est pas un fichier de texte.`, {
      scope: "author",
      hint: "Depuis un traitement de texte, enregistrez d’abord le rapport en texte brut (.txt) ou en Markdown (.md).",
    });
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return decoded("windows-1252", bytes);
  }
}

/** Latin text has a zero in every second byte; which one tells the order. */
function utf16Of(bytes: Uint8Array): string | undefined {
  const looked = bytes.subarray(0, 2_000);
  const zeros = [0, 0];
  looked.forEach((byte, index) => {
    if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  });
  const [even = 0, odd = 0] = zeros;
  const most = looked.length / 2;
  if (odd > most * 0.6 && even < most * 0.1) return "utf-16le";
  return even > most * 0.6 && odd < most * 0.1 ? "utf-16be" : undefined;
}

function decoded(encoding: string, bytes: Uint8Array): string {
  return new TextDecoder(encoding).decode(bytes);
}
