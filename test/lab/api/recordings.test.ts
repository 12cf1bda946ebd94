import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openLedger } from "../recorded/ledger.ts";
import { type Client, type ServedWorld, serveScenario } from "./client.ts";
import { playedBy, READ_FILES } from "./recorded-plan.ts";
import { shapeDifferences } from "./shape.ts";

/** What the rig's state had and the lab's has not: resources under HA management, a second link, an offline node, another machine. */
const EXPECTED_DIFFERENCES: readonly (readonly [pattern: RegExp, why: string])[] = [
  [/\.hastate: missing$/, "HA manages nothing yet"],
  [/\.ring1_addr: missing$/, "the lab has one link"],
  [/\.interface\.1: missing$/, "the lab has one link"],
  [/\[type=qemu\]\.\w+: not recorded$/, "the recording's single node held no machine"],
  [/\.altnames: not recorded$/, "the rig's cards were virtual, without other names"],
  [/\.secureboot: not recorded$/, "the rig booted without EFI"],
  [
    /\[type=ssd\]\.(?:mounted|used): missing$/,
    "the rig's only disk was mounted as it was; the lab's are partitioned or unused",
  ],
  [/\.wearout: recorded string, answered number$/, "the rig's disk was virtual and told nothing"],
  [/\.(?:thinpool|vgname|prune-backups|path|shared|pool|krbd): (?:missing|not recorded)$/, "other storages"],
  [/\.(?:manager_status|lrm_status|service_status)(?:\.\w+)*: missing$/, "HA manages nothing yet"],
  [/\.health\.checks\.(?:MON_DISK_LOW|MGR_MODULE_DEPENDENCY): missing$/, "the rig's Ceph was not healthy"],
  [/\.unknown_pgs_ratio: missing$/, "the rig's pool was a moment old"],
  [/\.always_on_modules\.squid: not recorded$/, "the rig had Debian's Ceph 18"],
  [/\.data\.versions: not recorded$/, "the rig's nodes did not broadcast their version, which the tree's column reads"],
  [/\.(?:pg_num_final|autoscale_status|pg_num_min): not recorded$/, "the rig's managers had no module that could run"],
  [/\.application_metadata\.(?:mgr|rbd): (?:missing|not recorded)$/, "so they had no pool of their own either"],
  [/\.mgr\.pve3@pve3: not recorded$/, "the rig had two managers"],
  [/\.(?:node_status\.\w+|master_node|timestamp): missing$/, "HA manages nothing yet"],
];

const ledger = openLedger(import.meta.filename);

describe.each(READ_FILES)("dialect $dialect, $scenario", ({ dialect, scenario, files }) => {
  describe.each(files)("%s", (file) => {
    let served: ServedWorld;
    let client: Client;
    beforeAll(async () => {
      served = await serveScenario(scenario, dialect);
      client = served.client("pve1");
      await client.logIn();
    });
    afterAll(() => served[Symbol.asyncDispose]());

    const exchanges = playedBy("test/lab/api/recordings.test.ts", [file]);

    test("holds calls to compare", () => {
      expect(exchanges.length).toBeGreaterThan(0);
    });

    test.each(
      exchanges.map((exchange) => [`${exchange.path}${exchange.query && `?${exchange.query}`}`, exchange] as const),
    )("GET %s answers with the recorded keys and types", async (target, exchange) => {
      const answer = await client.call("GET", target);
      expect(answer.status, answer.reason).toBe(200);
      expect(answer.headers["connection"]).toEqual(exchange.connection);
      const differences = shapeDifferences(exchange.body, JSON.parse(answer.text)).filter(
        (difference) => !EXPECTED_DIFFERENCES.some(([pattern]) => pattern.test(difference)),
      );
      expect(differences).toEqual([]);
      ledger.played(exchange.id);
    });
  });
});

test("every call that the table promises was compared", () => {
  expect(ledger.missing()).toEqual([]);
});
