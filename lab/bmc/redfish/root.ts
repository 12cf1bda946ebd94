import { collection, head, type Resource } from "./answer.ts";

const PATH = "/redfish/v1";

/** What everybody may see before a login: which service this is and where its parts are. */
export const rootResources: readonly Resource[] = [
  { path: "/redfish", open: ["GET"], get: () => ({ v1: `${PATH}/` }) },
  {
    path: PATH,
    open: ["GET"],
    get: ({ server }) => ({
      ...head(PATH, "ServiceRoot", server.bmc.dialect === "ilo5" ? "1_5_1" : "1_15_0", "RootService", "Root Service"),
      RedfishVersion: server.bmc.dialect === "ilo5" ? "1.6.0" : "1.18.0",
      Product: "ProLiant (LAB)",
      Vendor: "LAB",
      AccountService: { "@odata.id": `${PATH}/AccountService/` },
      Chassis: { "@odata.id": `${PATH}/Chassis/` },
      Managers: { "@odata.id": `${PATH}/Managers/` },
      SessionService: { "@odata.id": `${PATH}/SessionService/` },
      Systems: { "@odata.id": `${PATH}/Systems/` },
      Tasks: { "@odata.id": `${PATH}/TaskService/` },
      Links: { Sessions: { "@odata.id": `${PATH}/SessionService/Sessions/` } },
      Oem: {
        Hpe: {
          Manager: [
            {
              ManagerType: server.bmc.dialect === "ilo5" ? "iLO 5" : "iLO 6",
              ManagerFirmwareVersion: server.bmc.dialect === "ilo5" ? "3.09" : "1.70",
            },
          ],
        },
      },
    }),
  },
  {
    path: `${PATH}/Chassis`,
    get: () => collection(`${PATH}/Chassis`, "ChassisCollection", "Computer System Chassis", ["1"]),
  },
  {
    path: `${PATH}/Chassis/1`,
    get: ({ server }) => ({
      ...head(`${PATH}/Chassis/1`, "Chassis", "1_10_2", "1", "Computer System Chassis"),
      ChassisType: "RackMount",
      Model: server.model,
      SerialNumber: server.serial,
      Status: { Health: "OK", State: "Enabled" },
    }),
  },
];
