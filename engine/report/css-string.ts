/** Text as a quoted CSS string that cannot end the string, the rule or the style element. */
export function cssString(text: string): string {
  const escaped = text.replace(
    /[^\p{L}\p{N}\u00a0\u202f .,’–—·()/]/gu,
    (character) => `\\${character.codePointAt(0)?.toString(16)} `,
  );
  return `"${escaped}"`;
}
