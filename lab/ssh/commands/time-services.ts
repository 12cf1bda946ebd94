import type { LabCommand } from "../command.ts";
import { dateText, systemdDate } from "../dates.ts";

/** `timedatectl`: the lab's clock, in UTC, kept by chrony. */
export const timedatectl: LabCommand = {
  name: "timedatectl",
  run({ args, world, out }) {
    const now = world.clock.now();
    const text = systemdDate(now);
    if (args[0] === "show") {
      out("Timezone=Etc/UTC\nLocalRTC=no\nCanNTP=yes\nNTP=yes\nNTPSynchronized=yes\n");
      return 0;
    }
    const rows: readonly (readonly [string, string])[] = [
      ["Local time", text],
      ["Universal time", text],
      ["RTC time", text.replace(/ UTC$/, "")],
      ["Time zone", "Etc/UTC (UTC, +0000)"],
      ["System clock synchronized", "yes"],
      ["NTP service", "active"],
      ["RTC in local TZ", "no"],
    ];
    for (const [name, value] of rows) out(`${name.padStart(25)}: ${value}\n`);
    return 0;
  },
};

/** `chronyc tracking` and `chronyc sources`: in step with the gateway. */
export const chronyc: LabCommand = {
  name: "chronyc",
  run({ args, world, node, out, err }) {
    const [command] = args.filter((arg) => !arg.startsWith("-"));
    const server = node.dns.dns1;
    const reference = server
      .split(".")
      .map((part) => Number(part).toString(16).toUpperCase().padStart(2, "0"))
      .join("");
    if (command === "tracking") {
      const rows: readonly (readonly [string, string])[] = [
        ["Reference ID", `${reference} (${server})`],
        ["Stratum", "3"],
        ["Ref time (UTC)", dateText(world.clock.now() - 64_000)],
        ["System time", "0.000014628 seconds slow of NTP time"],
        ["Last offset", "-0.000009215 seconds"],
        ["RMS offset", "0.000031540 seconds"],
        ["Frequency", "4.103 ppm slow"],
        ["Residual freq", "-0.001 ppm"],
        ["Skew", "0.019 ppm"],
        ["Root delay", "0.009713 seconds"],
        ["Root dispersion", "0.000835 seconds"],
        ["Update interval", "64.8 seconds"],
        ["Leap status", "Normal"],
      ];
      for (const [name, value] of rows) out(`${name.padEnd(16)}: ${value}\n`);
      return 0;
    }
    if (command === "sources") {
      out("MS Name/IP address         Stratum Poll Reach LastRx Last sample               \n");
      out("===============================================================================\n");
      out(`^* ${server.padEnd(24)}      2   6   377    23    -15us[  -24us] +/- 5012us\n`);
      return 0;
    }
    err(`constat-lab: « chronyc ${command ?? ""} » n’est pas simulé par ce laboratoire\n`);
    return 1;
  },
};
