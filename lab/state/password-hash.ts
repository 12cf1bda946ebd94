import { createHash } from "node:crypto";

/** A password as /etc/shadow has it. The form is yescrypt's, the figure the lab's own: it serves to be compared. */
export function hashPassword(password: string): string {
  const digest = (text: string) => createHash("sha256").update(text).digest("base64url").replace(/[-_]/g, ".");
  return `$y$j9T$${digest(`salt ${password}`).slice(0, 22)}$${digest(`hash ${password}`)}`;
}
