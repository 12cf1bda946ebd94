import type { RunContext } from "./context.ts";

/** Journals the certificates that were taken without a pin since the last time. */
export async function journalFirstContacts(context: Pick<RunContext, "firstContacts" | "emit">): Promise<void> {
  for (const { node, fingerprint } of context.firstContacts())
    await context.emit({ type: "certificate-taken", node, fingerprint });
}
