import { readRegex, regexMistake } from "./regex-text.ts";

/** What an entry of `mask` covers, or in French why it is none. */
export type MaskPattern = { readonly pattern: RegExp } | { readonly mistake: string };

/** Reads an entry of `mask`, with or without slashes: `/jeton=\S+/i` or `jeton=\S+`. */
export function readMask(text: string): MaskPattern {
  const { source, flags } = readRegex(text);
  // Whole characters are covered, never half of one.
  const unicode = /[uv]/.test(flags) ? flags : `${flags}u`;
  const mistake = regexMistake({ source, flags: unicode });
  return mistake === undefined ? { pattern: new RegExp(source, `${unicode}g`) } : { mistake };
}
