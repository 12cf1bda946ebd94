import { type Sshd, startSshd } from "./sshd.ts";
import { runShell, testInventory, testShell } from "./transports.ts";

type Run = (script: string, more?: Parameters<typeof runShell>[3]) => ReturnType<typeof runShell>;

/** A real sshd of these settings for as long as the body takes, and a way to run scripts behind it. */
export async function onSshd(
  options: Parameters<typeof startSshd>[0],
  body: (run: Run, sshd: Sshd) => Promise<void>,
): Promise<void> {
  const sshd = await startSshd(options);
  const shell = testShell(testInventory([]));
  const node = sshd.node();
  try {
    await body((script, more) => runShell(shell, { type: "node", node }, script, more), sshd);
  } finally {
    await shell.close();
    await sshd.stop();
  }
}
