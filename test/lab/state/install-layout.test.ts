import { describe, expect, test } from "vitest";
import { installLayout } from "../../../lab/state/lvm/install-layout.ts";

const GIB = 2 ** 30;
const gib = (bytes: number) => (bytes / GIB).toFixed(2);

describe("installLayout()", () => {
  // The table of the reference, computed there from the installer's source.
  test.each([
    [8, 4, ["0.88", "6.62", "0.00", "0.00"]],
    [16, 4, ["1.00", "7.25", "5.24", "1.00"]],
    [20, 4, ["2.38", "8.56", "6.55", "1.00"]],
    [32, 4, ["3.88", "13.81", "11.80", "1.00"]],
    [64, 8, ["7.88", "25.90", "19.84", "1.00"]],
    [120, 8, ["8.00", "39.75", "54.50", "1.00"]],
    [240, 32, ["8.00", "69.75", "142.35", "1.45"]],
    [480, 32, ["8.00", "96.00", "351.81", "3.59"]],
  ] as const)("divides %i GiB with %i GiB of memory as the installer does", (disk, memory, expected) => {
    const { swap, root, data, metadata } = installLayout(disk * GIB, memory * GIB);
    expect([swap, root, data, metadata].map(gib)).toEqual(expected);
  });
});
