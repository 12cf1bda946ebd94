import { expect, it } from "vitest";
import { openVmScreen } from "../../../../engine/transports/console/vm-screen.ts";
import type { ShellTransport } from "../../../../engine/transports/port.ts";
import { NODE, portsOf } from "../../../support/kind-task.ts";

const pressing = (answer: string) => {
  const shell: ShellTransport = {
    ...portsOf({}).shell,
    run: async (_where, { onOutput }) => {
      onOutput("stdout", Buffer.from(answer));
      return { status: "exited", code: 0 };
    },
  };
  return openVmScreen(shell, NODE, 100).press(["ret"], new AbortController().signal);
};

it("presses keys that the monitor takes", async () => {
  await expect(pressing("qm> sendkey ret\nqm> Entering QEMU Monitor for VM 100\n")).resolves.toBeUndefined();
});

it.each(["ERROR: VM 100 is paused", "invalid parameter: rett", "unknown command: 'sendkeys'"])(
  "fails with what the monitor says of a key that it did not take: %s",
  async (line) => {
    await expect(pressing(`qm> sendkey ret\r\n${line}\nqm> quit\n`)).rejects.toMatchObject({
      code: "CONSOLE_KEY",
      message: expect.stringContaining(line),
    });
  },
);
