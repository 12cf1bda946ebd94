import { describeShellTransport } from "../../contract/shell-transport.ts";
import { testInventory, testShell } from "../../support/transports.ts";

describeShellTransport("execa on this machine", async () => {
  const shell = testShell(testInventory([]));
  return { shell, target: { type: "local" }, stop: () => shell.close() };
});
