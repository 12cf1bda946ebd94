import { writeFile } from "node:fs/promises";
import { cpus, loadavg } from "node:os";
import { ensureExtjs } from "../test/lab/ui/extjs.ts";
import { openSite } from "./open-site.ts";
import { WEB_CAPTURES } from "./web-captures.ts";

/**
 * How long the 35 web captures take beside the time that their pages need to settle: `npm run bench -- shots [result.json]`. One browser,
 * begun cold; a page's own time runs from the navigation until its last condition held for as long as the recipe asks.
 */
export async function shots(target: string | undefined): Promise<void> {
  await ensureExtjs();
  const site = await openSite({ dialect: "9", frozen: false });
  const photographer = site.photographer();
  const load = loadavg();
  const captures: { figure: number; settledMs: number; wholeMs: number }[] = [];
  const start = performance.now();
  try {
    for (const capture of WEB_CAPTURES) {
      const { timing } = await photographer.shoot(capture);
      if (timing === undefined) throw new Error(`figure ${capture.figure} has no timing`);
      captures.push({ figure: capture.figure, ...timing });
    }
  } finally {
    await photographer.close();
    await site.close();
  }
  const sum = (of: (each: (typeof captures)[number]) => number) => captures.reduce((all, each) => all + of(each), 0);
  const elapsed = performance.now() - start;
  const settled = sum(({ settledMs }) => settledMs);
  const result = {
    captures: captures.length,
    cores: cpus().length,
    load: { before: load, after: loadavg() },
    seconds: { settled: settled / 1000, pictures: sum(({ wholeMs }) => wholeMs) / 1000, elapsed: elapsed / 1000 },
    ratio: { pictures: sum(({ wholeMs }) => wholeMs) / settled, elapsed: elapsed / settled },
    each: captures,
  };
  const text = JSON.stringify(result, null, 1);
  if (target !== undefined) await writeFile(target, `${text}\n`);
  process.stdout.write(`${text}\n`);
}
