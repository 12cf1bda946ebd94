import type { BmcNetwork } from "../../state/bmc.ts";
import { restartController } from "../restart-controller.ts";
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

const PATH = "/redfish/v1/Managers/1";
const FACTORY = `${PATH}/Actions/Oem/Hpe/HpeiLO.ResetToFactoryDefaults`;

/** The controller itself: what it is, its restart, its factory settings, its network. */
export const managerResources: readonly Resource[] = [
  {
    path: "/redfish/v1/Managers",
    get: () => collection("/redfish/v1/Managers", "ManagerCollection", "Managers", ["1"]),
  },
  { path: PATH, get: manager },
  {
    path: `${PATH}/Actions/Manager.Reset`,
    post: ({ world, server, body }) => {
      const type = text(body, "ResetType") ?? "GracefulRestart";
      if (type !== "GracefulRestart" && type !== "ForceRestart") {
        return message(server, 400, "PropertyValueNotInList", type, "ResetType");
      }
      restartController(world, server, "keep");
      return message(server, 200, "ResetInProgress");
    },
  },
  {
    path: FACTORY,
    post: ({ world, server, body }) => {
      if (text(body, "ResetType") !== "Default") return message(server, 400, "ActionParameterMissing", "ResetType");
      restartController(world, server, "factory");
      return message(server, 200, "ResetInProgress");
    },
  },
  {
    path: `${PATH}/EthernetInterfaces`,
    get: () =>
      collection(`${PATH}/EthernetInterfaces`, "EthernetInterfaceCollection", "Manager Network Interfaces", ["1"]),
  },
  { path: `${PATH}/EthernetInterfaces/1`, get: port, patch: changePort },
];

function manager({ server }: RedfishCall): Body {
  const { bmc } = server;
  const generation = bmc.dialect === "ilo5" ? "iLO 5" : "iLO 6";
  return {
    ...head(PATH, "Manager", bmc.dialect === "ilo5" ? "1_5_1" : "1_19_0", "1", "Manager"),
    ManagerType: "BMC",
    Model: `${generation} (LAB)`,
    FirmwareVersion: bmc.dialect === "ilo5" ? "iLO 5 v3.09" : "iLO 6 v1.70",
    Status: { Health: "OK", State: "Enabled" },
    EthernetInterfaces: { "@odata.id": `${PATH}/EthernetInterfaces/` },
    VirtualMedia: { "@odata.id": `${PATH}/VirtualMedia/` },
    GraphicalConsole: { ConnectTypesSupported: ["KVMIP"], MaxConcurrentSessions: 10, ServiceEnabled: true },
    Actions: {
      "#Manager.Reset": {
        "ResetType@Redfish.AllowableValues": ["ForceRestart", "GracefulRestart"],
        target: `${PATH}/Actions/Manager.Reset/`,
      },
    },
    Oem: {
      Hpe: {
        Actions: {
          "#HpeiLO.ResetToFactoryDefaults": {
            "ResetType@Redfish.AllowableValues": ["Default"],
            target: `${FACTORY}/`,
          },
        },
        License: { LicenseString: "LAB Advanced" },
      },
    },
  };
}

function port({ server }: RedfishCall): Body {
  const { mac, network, pendingNetwork } = server.bmc;
  const { address, mask, gateway, dhcp } = network;
  const origin = dhcp ? "DHCP" : "Static";
  return {
    ...head(`${PATH}/EthernetInterfaces/1`, "EthernetInterface", "1_4_1", "1", "Manager Dedicated Network Interface"),
    MACAddress: mac,
    InterfaceEnabled: true,
    DHCPv4: { DHCPEnabled: dhcp, UseDNSServers: dhcp, UseGateway: dhcp },
    IPv4Addresses: [{ Address: address, AddressOrigin: origin, Gateway: gateway, SubnetMask: mask }],
    IPv4StaticAddresses: dhcp ? [] : [{ Address: address, Gateway: gateway, SubnetMask: mask }],
    LinkStatus: "LinkUp",
    Oem: { Hpe: { ConfigurationSettings: pendingNetwork === undefined ? "Current" : "SomePendingReset" } },
  };
}

function changePort({ server, body }: RedfishCall): RedfishAnswer {
  const now = server.bmc.pendingNetwork ?? server.bmc.network;
  const dhcp = object(body, "DHCPv4")["DHCPEnabled"];
  if (dhcp !== undefined && typeof dhcp !== "boolean") {
    return message(server, 400, "PropertyValueTypeError", String(dhcp), "DHCPEnabled");
  }
  if ("NameServers" in body) return message(server, 400, "PropertyNotWritable", "NameServers");
  const [listed] = Array.isArray(body["IPv4StaticAddresses"]) ? (body["IPv4StaticAddresses"] as Body[]) : [];
  const next: BmcNetwork = {
    dhcp: dhcp ?? now.dhcp,
    address: text(listed ?? {}, "Address") ?? now.address,
    mask: text(listed ?? {}, "SubnetMask") ?? now.mask,
    gateway: text(listed ?? {}, "Gateway") ?? now.gateway,
  };
  server.bmc.pendingNetwork = next;
  return message(server, 200, "ResetRequired");
}
