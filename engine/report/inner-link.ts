import type { Link } from "mdast";

/** A link to a place of the report itself. */
export function innerLink(anchor: string, text: string): Link {
  return {
    type: "link",
    url: `#${anchor}`,
    children: [{ type: "text", value: text }],
    data: { hProperties: { className: ["inner"] } },
  };
}
