import type { Drive, RaidVolume } from "../../state/raid.ts";
import {
  type Body,
  collection,
  head,
  message,
  type RedfishAnswer,
  type RedfishCall,
  type Resource,
  text,
} from "./answer.ts";

const SYSTEM = "/redfish/v1/Systems/1";
const PATH = `${SYSTEM}/SmartStorage/ArrayControllers`;
const CONFIG = `${SYSTEM}/SmartStorageConfig`;
const GUARDS = ["Strict", "Permissive", "Disabled"] as const;

/** Storage as the older generation gives it: one tree to read, another one whose settings hold after the next restart of the server. */
export const smartStorageResources: readonly Resource[] = [
  {
    path: `${SYSTEM}/SmartStorage`,
    dialect: "ilo5",
    get: () => ({
      ...head(`${SYSTEM}/SmartStorage`, "HpeSmartStorage", "2_0_0", "1", "HpeSmartStorage"),
      Links: { ArrayControllers: { "@odata.id": `${PATH}/` } },
    }),
  },
  {
    path: PATH,
    dialect: "ilo5",
    get: ({ server }) => collection(PATH, "HpeSmartStorageArrayControllerCollection", "Controllers", [server.raid.id]),
  },
  { path: `${PATH}/0`, dialect: "ilo5", get: controller },
  {
    path: `${PATH}/0/LogicalDrives`,
    dialect: "ilo5",
    get: ({ server }) =>
      collection(`${PATH}/0/LogicalDrives`, "HpeSmartStorageLogicalDriveCollection", "Logical Drives", [
        ...server.raid.volumes.keys(),
      ]),
  },
  {
    path: `${PATH}/0/LogicalDrives/{id}`,
    dialect: "ilo5",
    get: ({ server, parts }) => {
      const volume = server.raid.volumes.get(parts["id"] ?? "");
      return volume && logicalDrive(volume);
    },
  },
  ...driveLists(),
  { path: CONFIG, dialect: "ilo5", get: (call) => config(call, "current") },
  { path: `${CONFIG}/Settings`, dialect: "ilo5", get: (call) => config(call, "settings"), patch: changeConfig },
];

function controller({ server }: RedfishCall): Body {
  const { raid } = server;
  const at = (list: string) => ({ "@odata.id": `${PATH}/0/${list}/` });
  return {
    ...head(`${PATH}/0`, "HpeSmartStorageArrayController", "2_2_0", "0", "HpeSmartStorageArrayController"),
    Model: raid.model,
    FirmwareVersion: { Current: { VersionString: raid.firmware } },
    CurrentOperatingMode: "Mixed",
    Status: { Health: "OK", State: "Enabled" },
    Links: {
      LogicalDrives: at("LogicalDrives"),
      PhysicalDrives: at("DiskDrives"),
      UnconfiguredDrives: at("UnconfiguredDrives"),
    },
  };
}

function logicalDrive({ id, name, raid, size, state }: RaidVolume): Body {
  return {
    ...head(`${PATH}/0/LogicalDrives/${id}`, "HpeSmartStorageLogicalDrive", "2_3_0", id, "HpeSmartStorageLogicalDrive"),
    LogicalDriveName: name,
    LogicalDriveNumber: Number(id),
    Raid: raid.replace("RAID", ""),
    CapacityMiB: Math.floor(size / 2 ** 20),
    VolumeUniqueIdentifier: uniqueId(id),
    Status: state === "online" ? { Health: "OK", State: "Enabled" } : { Health: "Critical", State: "Disabled" },
  };
}

function driveLists(): readonly Resource[] {
  const list = (name: string, wanted: (call: RedfishCall, drive: Drive) => boolean): readonly Resource[] => [
    {
      path: `${PATH}/0/${name}`,
      dialect: "ilo5",
      get: (call) => {
        const ids = call.server.raid.drives.flatMap((drive, index) => (wanted(call, drive) ? [String(index)] : []));
        return collection(`${PATH}/0/${name}`, "HpeSmartStorageDiskDriveCollection", "Drives", ids);
      },
    },
    {
      path: `${PATH}/0/${name}/{id}`,
      dialect: "ilo5",
      get: (call) => {
        const drive = call.server.raid.drives[Number(call.parts["id"])];
        return drive && wanted(call, drive) ? driveBody(name, call.parts["id"] ?? "", drive) : undefined;
      },
    },
  ];
  const isFree = ({ server }: RedfishCall, { location }: Drive) =>
    ![...server.raid.volumes.values()].some(({ drives }) => drives.includes(location));
  return [...list("DiskDrives", () => true), ...list("UnconfiguredDrives", isFree)];
}

function driveBody(list: string, id: string, { location, disk }: Drive): Body {
  return {
    ...head(`${PATH}/0/${list}/${id}`, "HpeSmartStorageDiskDrive", "2_1_0", id, "HpeSmartStorageDiskDrive"),
    CapacityGB: Math.round(disk.size / 1e9),
    InterfaceType: "SATA",
    MediaType: disk.type === "hdd" ? "HDD" : "SSD",
    Location: location,
    LocationFormat: "ControllerPort:Box:Bay",
    Model: disk.model,
    SerialNumber: disk.serial,
    Status: { Health: "OK", State: "Enabled" },
  };
}

function config({ server }: RedfishCall, which: "current" | "settings"): Body {
  const { raid } = server;
  const path = which === "current" ? CONFIG : `${CONFIG}/Settings`;
  const waiting = which === "settings" ? (raid.pendingDeletion ?? []) : [];
  return {
    ...head(path, "SmartStorageConfig", "2_0_3", "smartstorageconfig", "SmartStorageConfig"),
    DataGuard: raid.dataGuard,
    Location: "Slot 0",
    LogicalDrives: [...raid.volumes.values()]
      .filter(({ id }) => !waiting.includes(id))
      .map(({ id, name, raid: level, drives }) => ({
        DataDrives: drives,
        LogicalDriveName: name,
        LogicalDriveNumber: Number(id),
        Raid: level.replace("RAID", "Raid"),
        VolumeUniqueIdentifier: uniqueId(id),
      })),
    PhysicalDrives: raid.drives.map(({ location }) => ({
      Location: location,
      LocationFormat: "ControllerPort:Box:Bay",
    })),
    ...(which === "current"
      ? {
          "@Redfish.Settings": {
            "@odata.type": "#Settings.v1_0_0.Settings",
            Messages: raid.applied.map((MessageId) => ({ MessageId })),
            SettingsObject: { "@odata.id": `${CONFIG}/Settings/` },
          },
        }
      : {}),
  };
}

function changeConfig({ server, body }: RedfishCall): RedfishAnswer {
  const { raid } = server;
  const written = text(body, "DataGuard") ?? raid.dataGuard;
  const guard = GUARDS.find((known) => known === written);
  if (guard === undefined) return message(server, 400, "PropertyValueNotInList", written, "DataGuard");
  raid.dataGuard = guard;
  const wanted = body["LogicalDrives"];
  if (Array.isArray(wanted)) {
    const kept = wanted.flatMap((drive: Body) => {
      const actions = drive["Actions"];
      const deleted =
        Array.isArray(actions) && actions.some((each: Body) => text(each, "Action") === "LogicalDriveDelete");
      return deleted ? [] : [String(drive["LogicalDriveNumber"])];
    });
    const removed = [...raid.volumes.keys()].filter((id) => !kept.includes(id));
    // A strict guard refuses what destroys data.
    if (removed.length > 0 && guard === "Strict")
      return message(server, 400, "PropertyValueNotInList", "Strict", "DataGuard");
    raid.pendingDeletion = removed.length > 0 ? removed : undefined;
  }
  return message(server, 200, "SystemResetRequired");
}

function uniqueId(id: string): string {
  return `600508B1001C4A5B6C7D8E9F0A1B2C3${id}`;
}
