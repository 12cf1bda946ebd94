import { RESET_TYPES, resetServer } from "../../server/power.ts";
import type { PhysicalServer } from "../../state/server.ts";
import {
  type Body,
  collection,
  head,
  message,
  object,
  type RedfishAnswer,
  type RedfishCall,
  type Resource,
  text,
} from "./answer.ts";

const PATH = "/redfish/v1/Systems/1";
const TARGETS = [
  "None",
  "Cd",
  "Hdd",
  "Usb",
  "SDCard",
  "Utilities",
  "Diags",
  "BiosSetup",
  "Pxe",
  "UefiShell",
  "UefiHttp",
];
const ENABLED = ["Disabled", "Once", "Continuous"] as const;
/** The older generation offers fewer ways to change the power. */
const OLDER = ["On", "ForceOff", "GracefulShutdown", "ForceRestart", "Nmi", "PushPowerButton", "GracefulRestart"];

/** The server: power, self-test, boot override. */
export const systemResources: readonly Resource[] = [
  {
    path: "/redfish/v1/Systems",
    get: () => collection("/redfish/v1/Systems", "ComputerSystemCollection", "Computer Systems", ["1"]),
  },
  { path: PATH, get: system, patch: override },
  { path: `${PATH}/Actions/ComputerSystem.Reset`, post: reset },
];

function system({ server }: RedfishCall): Body {
  const { bmc, boot, power, post } = server;
  const older = bmc.dialect === "ilo5";
  return {
    ...head(PATH, "ComputerSystem", older ? "1_10_0" : "1_17_0", "1", "Computer System"),
    Manufacturer: "LAB",
    Model: server.model,
    SerialNumber: server.serial,
    SystemType: "Physical",
    PowerState: power,
    Status: { Health: "OK", HealthRollup: health(server), State: power === "On" ? "Enabled" : "Disabled" },
    Boot: {
      BootSourceOverrideEnabled: boot.enabled,
      BootSourceOverrideMode: boot.mode,
      BootSourceOverrideTarget: boot.target,
      "BootSourceOverrideTarget@Redfish.AllowableValues": TARGETS,
    },
    Storage: { "@odata.id": `${PATH}/Storage/` },
    Actions: {
      "#ComputerSystem.Reset": {
        "ResetType@Redfish.AllowableValues": resetTypes(server),
        target: `${PATH}/Actions/ComputerSystem.Reset/`,
      },
    },
    Oem: {
      Hpe: {
        PostState: post,
        DeviceDiscoveryComplete: { DeviceDiscovery: discovery(server), SmartArrayDiscovery: "Complete" },
        ...(older ? smartStorageLinks() : {}),
      },
    },
  };
}

function smartStorageLinks(): Body {
  return {
    Links: { SmartStorage: { "@odata.id": `${PATH}/SmartStorage/` } },
    SmartStorageConfig: [{ "@odata.id": `${PATH}/SmartStorageConfig/` }],
  };
}

function discovery({ post, power }: PhysicalServer): string {
  if (power === "Off") return "vAuxDeviceDiscoveryComplete";
  return post === "InPost" ? "DataIncomplete" : "vMainDeviceDiscoveryComplete";
}

function health({ raid }: PhysicalServer): string {
  return [...raid.volumes.values()].some(({ state }) => state === "offline") ? "Critical" : "OK";
}

function resetTypes({ bmc }: PhysicalServer): readonly string[] {
  return bmc.dialect === "ilo5" ? OLDER : RESET_TYPES;
}

function override({ server, body }: RedfishCall): RedfishAnswer {
  const wanted = object(body, "Boot");
  const target = text(wanted, "BootSourceOverrideTarget") ?? server.boot.target;
  const written = text(wanted, "BootSourceOverrideEnabled") ?? server.boot.enabled;
  const enabled = ENABLED.find((value) => value === written);
  if (!TARGETS.includes(target))
    return message(server, 400, "PropertyValueNotInList", target, "BootSourceOverrideTarget");
  if (enabled === undefined)
    return message(server, 400, "PropertyValueNotInList", written, "BootSourceOverrideEnabled");
  // Without a target there is nothing to enable.
  if (enabled !== "Disabled" && target === "None") return message(server, 400, "InvalidOperationForSystemState");
  server.boot.target = enabled === "Disabled" ? "None" : target;
  server.boot.enabled = enabled;
  return message(server, 200, "Success");
}

function reset({ world, server, body }: RedfishCall): RedfishAnswer {
  const wanted = text(body, "ResetType") ?? "";
  const type = RESET_TYPES.find((known) => known === wanted && resetTypes(server).includes(known));
  if (type === undefined) return message(server, 400, "PropertyValueNotInList", wanted, "ResetType");
  return resetServer(world, server, type)
    ? message(server, 200, "Success")
    : message(server, 400, "InvalidOperationForSystemState");
}
