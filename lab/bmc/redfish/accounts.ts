import { addAccount, type BmcAccount, type BmcRole } from "../../state/bmc.ts";
import {
  collection,
  head,
  message,
  object,
  type RedfishAnswer,
  type RedfishCall,
  type Resource,
  text,
} from "./answer.ts";

const PATH = "/redfish/v1/AccountService/Accounts";
const ROLES: readonly BmcRole[] = ["Administrator", "Operator", "ReadOnly"];
const SHORTEST = 8;

/** Accounts: list, create, change, delete. */
export const accountResources: readonly Resource[] = [
  {
    path: "/redfish/v1/AccountService",
    get: () => ({
      ...head("/redfish/v1/AccountService", "AccountService", "1_5_0", "AccountService", "Account Service"),
      Accounts: { "@odata.id": `${PATH}/` },
      MinPasswordLength: SHORTEST,
    }),
  },
  {
    path: PATH,
    get: ({ server }) => collection(PATH, "ManagerAccountCollection", "Accounts", [...server.bmc.accounts.keys()]),
    post: create,
  },
  {
    path: `${PATH}/{id}`,
    get: (call) => {
      const account = accountOf(call);
      return account && bodyOf(account);
    },
    patch: change,
    delete: (call) => {
      const account = accountOf(call);
      if (account === undefined) return message(call.server, 404, "ResourceMissingAtURI");
      call.server.bmc.accounts.delete(account.id);
      return message(call.server, 200, "AccountRemoved");
    },
  },
];

function accountOf({ server, parts }: RedfishCall): BmcAccount | undefined {
  return server.bmc.accounts.get(parts["id"] ?? "");
}

function bodyOf({ id, userName, displayName, role }: BmcAccount) {
  const all = role === "Administrator";
  return {
    ...head(`${PATH}/${id}`, "ManagerAccount", "1_3_0", id, "User Account"),
    UserName: userName,
    // Never given back, as the standard wants it.
    Password: null,
    RoleId: role,
    Oem: {
      Hpe: {
        LoginName: displayName,
        Privileges: {
          HostBIOSConfigPriv: all,
          HostNICConfigPriv: all,
          HostStorageConfigPriv: all,
          LoginPriv: true,
          RemoteConsolePriv: role !== "ReadOnly",
          UserConfigPriv: all,
          VirtualMediaPriv: role !== "ReadOnly",
          VirtualPowerAndResetPriv: role !== "ReadOnly",
          iLOConfigPriv: all,
        },
      },
    },
  };
}

function create({ server, body }: RedfishCall): RedfishAnswer {
  const [user, password] = [text(body, "UserName"), text(body, "Password")];
  if (user === undefined) return message(server, 400, "PropertyMissing", "UserName");
  if (password === undefined) return message(server, 400, "PropertyMissing", "Password");
  if (password.length < SHORTEST) return message(server, 400, "InvalidPasswordLength", String(SHORTEST), "39");
  if ([...server.bmc.accounts.values()].some(({ userName }) => userName === user)) {
    return message(server, 400, "UserAlreadyExist");
  }
  const role = ROLES.find((known) => known === (text(body, "RoleId") ?? "ReadOnly"));
  if (role === undefined) return message(server, 400, "PropertyValueNotInList", text(body, "RoleId") ?? "", "RoleId");
  const displayName = text(object(object(body, "Oem"), "Hpe"), "LoginName") ?? user;
  const account = addAccount(server.bmc, { user, password, displayName, role });
  return { status: 201, headers: { Location: `${PATH}/${account.id}/` }, body: bodyOf(account) };
}

function change(call: RedfishCall): RedfishAnswer {
  const { server, body } = call;
  const account = accountOf(call);
  if (account === undefined) return message(server, 404, "ResourceMissingAtURI");
  const password = text(body, "Password");
  if (password !== undefined && password.length < SHORTEST) {
    return message(server, 400, "InvalidPasswordLength", String(SHORTEST), "39");
  }
  account.password = password ?? account.password;
  account.userName = text(body, "UserName") ?? account.userName;
  return message(server, 200, "AccountModified");
}
