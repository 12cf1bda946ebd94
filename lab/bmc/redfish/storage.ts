import type { Drive, RaidVolume } from "../../state/raid.ts";
import type { PhysicalServer } from "../../state/server.ts";
import { type Body, collection, head, message, type RedfishAnswer, type RedfishCall, type Resource } from "./answer.ts";
import { startRedfishTask } from "./tasks.ts";

const SYSTEM = "/redfish/v1/Systems/1";
const PATH = `${SYSTEM}/Storage`;

/** Storage as the newer generation gives it: controllers that speak Redfish themselves, with volumes that can be deleted at once. */
export const storageResources: readonly Resource[] = [
  {
    path: PATH,
    get: ({ server }) =>
      collection(PATH, "StorageCollection", "Storage", server.bmc.dialect === "ilo6" ? [server.raid.id] : []),
  },
  { path: `${PATH}/{id}`, dialect: "ilo6", get: (call) => (isOurs(call) ? controller(call.server) : undefined) },
  {
    path: `${PATH}/{id}/Controllers/0`,
    dialect: "ilo6",
    get: (call) => {
      if (!isOurs(call)) return undefined;
      const { raid } = call.server;
      return {
        ...head(`${PATH}/${raid.id}/Controllers/0`, "StorageController", "1_7_0", "0", raid.model),
        Model: raid.model,
        FirmwareVersion: raid.firmware,
        SupportedControllerProtocols: ["PCIe"],
        Status: { Health: "OK", State: "Enabled" },
      };
    },
  },
  {
    path: `${PATH}/{id}/Volumes`,
    dialect: "ilo6",
    get: (call) => (isOurs(call) ? volumes(call.server) : undefined),
  },
  {
    path: `${PATH}/{id}/Volumes/{volume}`,
    dialect: "ilo6",
    get: (call) => {
      const volume = volumeOf(call);
      return volume && volumeBody(call.server, volume);
    },
    delete: deleteVolume,
  },
  {
    path: `${PATH}/{id}/Drives/{drive}`,
    dialect: "ilo6",
    get: (call) => {
      const index = Number(call.parts["drive"]);
      const drive = isOurs(call) ? call.server.raid.drives[index] : undefined;
      return drive && driveBody(call.server, drive, index);
    },
  },
];

function isOurs({ server, parts }: RedfishCall): boolean {
  return parts["id"] === server.raid.id;
}

function controller(server: PhysicalServer): Body {
  const { raid, post } = server;
  const path = `${PATH}/${raid.id}`;
  // During the self-test the lists are still empty.
  const drives = post === "InPost" || post === "PowerOff" ? [] : raid.drives;
  return {
    ...head(path, "Storage", "1_13_0", raid.id, raid.model),
    Controllers: { "@odata.id": `${path}/Controllers/` },
    Drives: drives.map((_, index) => ({ "@odata.id": `${path}/Drives/${index}/` })),
    "Drives@odata.count": drives.length,
    Volumes: { "@odata.id": `${path}/Volumes/` },
    Status: { State: "Enabled", HealthRollup: [...raid.volumes.values()].some(isDown) ? "Critical" : "OK" },
  };
}

function volumes({ raid, post }: PhysicalServer): Body {
  const shown = post === "InPost" || post === "PowerOff" ? [] : [...raid.volumes.keys()];
  return collection(`${PATH}/${raid.id}/Volumes`, "VolumeCollection", "Volumes", shown);
}

function volumeOf(call: RedfishCall): RaidVolume | undefined {
  return isOurs(call) ? call.server.raid.volumes.get(call.parts["volume"] ?? "") : undefined;
}

function volumeBody({ raid }: PhysicalServer, volume: RaidVolume): Body {
  const path = `${PATH}/${raid.id}`;
  const members = raid.drives.flatMap(({ location }, index) =>
    volume.drives.includes(location) ? [{ "@odata.id": `${path}/Drives/${index}/` }] : [],
  );
  return {
    ...head(`${path}/Volumes/${volume.id}`, "Volume", "1_6_0", volume.id, volume.name),
    RAIDType: volume.raid,
    CapacityBytes: volume.size,
    Status: isDown(volume) ? { Health: "Critical", State: "UnavailableOffline" } : { Health: "OK", State: "Enabled" },
    Links: { Drives: members, "Drives@odata.count": members.length },
  };
}

function driveBody({ raid }: PhysicalServer, { location, disk }: Drive, index: number): Body {
  const path = `${PATH}/${raid.id}/Drives/${index}`;
  const volume = [...raid.volumes.values()].find(({ drives }) => drives.includes(location));
  const link = volume === undefined ? [] : [{ "@odata.id": `${PATH}/${raid.id}/Volumes/${volume.id}/` }];
  return {
    ...head(path, "Drive", "1_15_0", String(index), `${location} ${disk.model}`),
    CapacityBytes: disk.size,
    MediaType: disk.type === "hdd" ? "HDD" : "SSD",
    Protocol: disk.type === "nvme" ? "NVMe" : "SATA",
    Manufacturer: disk.vendor,
    Model: disk.model,
    SerialNumber: disk.serial,
    PhysicalLocation: { PartLocation: { ServiceLabel: `Slot=12:Port=1:Box=1:Bay=${index + 1}` } },
    Status: { Health: "OK", State: "Enabled" },
    Links: { Volumes: link, "Volumes@odata.count": link.length },
  };
}

function deleteVolume(call: RedfishCall): RedfishAnswer {
  const { world, server } = call;
  const volume = volumeOf(call);
  if (volume === undefined) return message(server, 404, "ResourceMissingAtURI");
  if (server.power === "Off") return message(server, 400, "InvalidOperationForSystemState");
  return startRedfishTask(world, server, `Delete ${volume.name}`, () => {
    server.raid.volumes.delete(volume.id);
  });
}

function isDown({ state }: RaidVolume): boolean {
  return state === "offline";
}
