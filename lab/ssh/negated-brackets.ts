/**
 * Spells `[!…]` as `[^…]` in every pattern of a syntax tree, in place: just-bash takes the `!` for one more character of the set, while
 * bash reads both alike. What stands behind `=~` is no pattern, and stays.
 */
export function spellNegatedBrackets(value: unknown): void {
  if (Array.isArray(value)) value.forEach(spellNegatedBrackets);
  if (typeof value !== "object" || value === null || Array.isArray(value)) return;
  const node = value as Record<string, unknown>;
  if (node["type"] === "Glob" && typeof node["pattern"] === "string") node["pattern"] = withCarets(node["pattern"]);
  const { right: _, ...others } = node;
  Object.values(node["operator"] === "=~" ? others : node).forEach(spellNegatedBrackets);
}

/** A bracket ends at the first `]` that is not its first character. */
function withCarets(pattern: string): string {
  return pattern.replace(/\\.|\[(!?)(\]?[^\]]*\])/gs, (whole, not: string | undefined, rest: string) =>
    not === "!" ? `[^${rest}` : whole,
  );
}
