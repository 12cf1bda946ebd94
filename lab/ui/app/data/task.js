// SPDX-License-Identifier: GPL-3.0-or-later

/** One entry of the task list; a task that still has its process id and no end is running. */
Ext.define("PVE.data.Task", {
  extend: "Ext.data.Model",
  idProperty: "upid",
  proxy: { type: "proxmox", url: "/api2/json/cluster/tasks" },
  fields: [
    { name: "starttime", type: "int" },
    { name: "endtime", type: "int", allowNull: true },
    { name: "node", type: "string" },
    { name: "user", type: "string" },
    { name: "type", type: "string" },
    { name: "id", type: "string" },
    { name: "pid", type: "int", allowNull: true },
    { name: "status", type: "string" },
    {
      name: "state",
      depends: ["status", "pid", "endtime"],
      calculate: (data) => {
        if (data.endtime === null || data.endtime === undefined) return "running";
        return data.status === "OK" || data.status.startsWith("WARNINGS") ? "ok" : "error";
      },
    },
  ],
});
