import type { LabCommand } from "../command.ts";
import { dateText } from "../dates.ts";

/** How long the node has been up, on the lab's clock: plain, -p in words, -s the moment of the boot. */
export const uptime: LabCommand = {
  name: "uptime",
  run({ args, node, world, out }) {
    const seconds = world.clock.uptime(node.bootTime);
    const [days, hours, minutes] = [
      Math.floor(seconds / 86_400),
      Math.floor(seconds / 3600) % 24,
      Math.floor(seconds / 60) % 60,
    ];
    if (args[0] === "-s") out(`${new Date(node.bootTime).toISOString().slice(0, 19).replace("T", " ")}\n`);
    else if (args[0] === "-p")
      out(
        `up ${inWords([
          [days, "day"],
          [hours, "hour"],
          [minutes, "minute"],
        ])}\n`,
      );
    else {
      const clock = hours > 0 ? `${String(hours).padStart(2)}:${String(minutes).padStart(2, "0")}` : `${minutes} min`;
      const whole = days > 0 ? `${days} day${days > 1 ? "s" : ""}, ${clock}` : clock;
      out(` ${dateText(world.clock.now()).slice(11, 19)} up ${whole},  1 user,  load average: 0.08, 0.05, 0.01\n`);
    }
    return 0;
  },
};

function inWords(parts: readonly (readonly [number, string])[]): string {
  const shown = parts.filter(([count]) => count > 0).map(([count, unit]) => `${count} ${unit}${count > 1 ? "s" : ""}`);
  return shown.join(", ") || "0 minutes";
}
