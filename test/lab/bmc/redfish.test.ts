import { beforeEach, describe, expect, it } from "vitest";
import { answerRedfish } from "../../../lab/bmc/redfish/service.ts";
import { createClock } from "../../../lab/state/clock.ts";
import { openScenario } from "../../../lab/state/open-scenario.ts";
import { loadScenario } from "../../../lab/state/scenario.ts";
import type { PhysicalServer } from "../../../lab/state/server.ts";
import type { World } from "../../../lab/state/world.ts";

type Json = Readonly<Record<string, unknown>>;

const DIALECTS = ["ilo5", "ilo6"] as const;
const SYSTEM = "/redfish/v1/Systems/1/";

describe.each(DIALECTS)("the Redfish service of %s", (dialect) => {
  let world: World;
  let server: PhysicalServer;
  let token = "";

  const ask = async (method: string, path: string, body?: Json, headers: Readonly<Record<string, string>> = {}) => {
    const [plain = "", query = ""] = path.split("?");
    const signed = token === "" ? headers : { "x-auth-token": token, ...headers };
    const text = body === undefined ? "" : JSON.stringify(body);
    return await answerRedfish(world, server, { method, path: plain, query, headers: signed, body: text });
  };
  const idsOf = (body: Json | undefined): readonly string[] => {
    const { error } = (body ?? {}) as { error?: { "@Message.ExtendedInfo": { MessageId: string }[] } };
    return (error?.["@Message.ExtendedInfo"] ?? []).map(({ MessageId }) => MessageId.split(".").at(-1) ?? "");
  };
  const logIn = async (user: string, password: string) => {
    token = "";
    const path = "/redfish/v1/SessionService/Sessions/";
    const answer = await ask("POST", path, { UserName: user, Password: password });
    token = answer.headers?.["X-Auth-Token"] ?? "";
    return answer;
  };
  const until = async (holds: () => boolean) => {
    await expect.poll(holds, { timeout: 20_000, interval: 20 }).toBe(true);
  };

  beforeEach(async () => {
    token = "";
    world = await openScenario(await loadScenario("serveur-nu"), {
      ...{ dialect: "9", clock: createClock(400), rootPassword: "mot-de-testroot", controller: dialect },
      controllerPasswords: { tag: "etiquette-1", service: "secours-1", own: "constat-1" },
    });
    const found = world.servers.get("pve1");
    if (found === undefined) throw new Error("pve1 has no server");
    server = found;
  });

  it("shows its root to everybody and the rest to nobody without a session", async () => {
    expect(await ask("GET", "/redfish/v1/")).toMatchObject({ status: 200 });
    const refused = await ask("GET", SYSTEM);
    expect([refused.status, idsOf(refused.body)]).toEqual([401, ["NoValidSession"]]);
    const wrong = await logIn("Administrator", "etiquette-1");
    expect([wrong.status, idsOf(wrong.body)]).toEqual([401, ["UnauthorizedLoginAttempt"]]);
    expect((await logIn("maintenance", "secours-1")).status).toBe(201);
    expect((await ask("GET", SYSTEM)).status).toBe(200);
  });

  it("answers mistakes as these controllers do: status and message, without words", async () => {
    await logIn("maintenance", "secours-1");
    const cases = [
      [await ask("GET", "/redfish/v1/Nothing"), 404, "ResourceMissingAtURI"],
      [await ask("DELETE", SYSTEM), 405, "ActionNotSupported"],
      [await ask("PATCH", SYSTEM, { Boot: { BootSourceOverrideTarget: "Drum" } }), 400, "PropertyValueNotInList"],
      [await ask("PATCH", SYSTEM, { Boot: {} }, { "if-match": 'W/"0"' }), 412, "PreconditionFailed"],
      [
        await ask("POST", `${SYSTEM}Actions/ComputerSystem.Reset/`, { ResetType: "ForceOff" }),
        400,
        "InvalidOperationForSystemState",
      ],
      [await ask("POST", `${SYSTEM}Actions/ComputerSystem.Reset/`), 415, "UnsupportedMediaType"],
    ] as const;
    expect(cases.map(([answer]) => [answer.status, idsOf(answer.body)[0]])).toEqual(
      cases.map(([, status, id]) => [status, id]),
    );
  });

  it("loses accounts and certificate in a reset to factory settings, and is away meanwhile", async () => {
    await logIn("maintenance", "secours-1");
    const before = server.bmc.certificate.fingerprint;
    const path = "/redfish/v1/Managers/1/Actions/Oem/Hpe/HpeiLO.ResetToFactoryDefaults/";
    expect((await ask("POST", path, { ResetType: "Default" })).status).toBe(200);
    await until(() => server.bmc.phase === "restarting");
    await until(() => server.bmc.phase === "up");
    expect(server.bmc.certificate.fingerprint).not.toBe(before);
    expect((await logIn("maintenance", "secours-1")).status).toBe(401);
    expect((await logIn("Administrator", "etiquette-1")).status).toBe(201);
  });

  it("takes a new address at its next restart only", async () => {
    await logIn("maintenance", "secours-1");
    const port = "/redfish/v1/Managers/1/EthernetInterfaces/1/";
    const change = {
      DHCPv4: { DHCPEnabled: false },
      IPv4StaticAddresses: [{ Address: "10.202.4.131", SubnetMask: "255.255.0.0", Gateway: "10.202.255.254" }],
    };
    expect(idsOf((await ask("PATCH", port, change)).body)).toEqual(["ResetRequired"]);
    expect((await ask("GET", port)).body).toMatchObject({ DHCPv4: { DHCPEnabled: true }, IPv4StaticAddresses: [] });
    await ask("POST", "/redfish/v1/Managers/1/Actions/Manager.Reset/", { ResetType: "GracefulRestart" });
    await until(() => !server.bmc.network.dhcp);
    await logIn("maintenance", "secours-1");
    expect((await ask("GET", port)).body).toMatchObject({ IPv4StaticAddresses: change.IPv4StaticAddresses });
  });

  it("mounts one image at a time, and refuses to take out what is not there", async () => {
    await logIn("maintenance", "secours-1");
    const slot = "/redfish/v1/Managers/1/VirtualMedia/2/";
    const act = (name: string, body: Json) => ask("POST", `${slot}Actions/VirtualMedia.${name}/`, body);
    expect(idsOf((await act("EjectMedia", {})).body)).toEqual(["NoVirtualMediaConnectionAvailable"]);
    expect((await act("InsertMedia", { Image: "http://iso.lab.example/pve.iso" })).status).toBe(200);
    expect((await ask("GET", slot)).body).toMatchObject({ Inserted: true, ConnectedVia: "URI" });
    expect(idsOf((await act("InsertMedia", { Image: "http://x.example/y.iso" })).body)).toEqual([
      "MaxVirtualMediaConnectionEstablished",
    ]);
    expect((await act("EjectMedia", {})).status).toBe(200);
  });

  it("deletes its RAID volume in the way of its generation", async () => {
    await logIn("maintenance", "secours-1");
    const reset = (ResetType: string) => ask("POST", `${SYSTEM}Actions/ComputerSystem.Reset/`, { ResetType });
    await reset("On");
    await until(() => server.post === "FinishedPost");
    if (dialect === "ilo6") {
      const volumes = `${SYSTEM}Storage/DE00A000/Volumes/`;
      const list = await ask("GET", `${volumes}?$expand=.`);
      expect(list.body).toMatchObject({ Members: [{ RAIDType: "RAID5", Status: { State: "UnavailableOffline" } }] });
      const deleted = await ask("DELETE", `${volumes}1/`);
      expect(deleted.status).toBe(202);
      const monitor = String(deleted.headers?.["Location"]);
      expect((await ask("GET", monitor)).status).toBe(202);
      await until(() => server.raid.volumes.size === 0);
      expect(await ask("GET", monitor)).toMatchObject({ status: 200, body: { TaskState: "Completed" } });
      expect((await ask("GET", `${SYSTEM}SmartStorageConfig/`)).status).toBe(404);
      return;
    }
    const settings = `${SYSTEM}SmartStorageConfig/Settings/`;
    expect((await ask("PATCH", settings, { LogicalDrives: [] })).status).toBe(400);
    const accepted = await ask("PATCH", settings, { DataGuard: "Disabled", LogicalDrives: [] });
    expect(idsOf(accepted.body)).toEqual(["SystemResetRequired"]);
    expect(server.raid.volumes.size).toBe(1);
    await reset("ForceRestart");
    await until(() => server.raid.volumes.size === 0);
    expect((await ask("GET", `${SYSTEM}SmartStorage/ArrayControllers/0/UnconfiguredDrives/`)).body).toMatchObject({
      "Members@odata.count": server.raid.drives.length,
    });
  });

  it("ignores a deletion in silence under a permissive guard", async () => {
    await logIn("maintenance", "secours-1");
    if (dialect === "ilo6") {
      // The newer generation has no settings that wait: its volumes are deleted at once.
      expect((await ask("GET", `${SYSTEM}SmartStorageConfig/Settings/`)).status).toBe(404);
      return;
    }
    const body = { DataGuard: "Permissive", LogicalDrives: [] };
    expect((await ask("PATCH", `${SYSTEM}SmartStorageConfig/Settings/`, body)).status).toBe(200);
    await ask("POST", `${SYSTEM}Actions/ComputerSystem.Reset/`, { ResetType: "On" });
    await until(() => server.post === "FinishedPost");
    expect(server.raid.volumes.size).toBe(1);
  });
});
