// SPDX-License-Identifier: GPL-3.0-or-later

/**
 * State of the page: ten fields live in the address (`#v1:0:=node%2Fpve1:4:…`), everything else in local storage.
 *
 * Numbers stand for common names; a literal starts with `=`. The dictionary differs by dialect in entry 47.
 */
Ext.define("PVE.StateProvider", {
  extend: "Ext.state.LocalStorageProvider",

  version: "v1",

  fields: ["view", "rid", "ltab", "nodetab", "storagetab", "sdntab", "pooltab", "kvmtab", "lxctab", "dctab"],

  defaults: { view: "server", rid: "root", ltab: "tasks" },

  words: [
    ["server", "folder", "storage", "clog", "tasks", "summary", "permissions", "hardware", "console", "options"],
    ["services", "network", "dns", "time", "users", "groups", "roles", "domains", "root", "content"],
    ["resources", "backup", "openvz", "initlog", "ubc", "syslog", "pools", "support", "ha", "snapshot"],
    ["members", "apt", "firewall", "firewall-sg", "firewall-aliases", "firewall-ipset", "firewall-options"],
    ["firewall-fwlog", "ceph", "ceph-config", "ceph-monlist", "ceph-disklist", "ceph-osdtree", "ceph-pools"],
    ["ceph-crushmap", "ceph-log", "ha-resources", "ha-groups", "ha-fencing", "monitor", "system", "replication"],
    ["cloudinit", "sdn"],
  ].flat(),

  constructor(config) {
    this.callParent([config]);
    if (PVE.Lab.dialect === "9") this.words[47] = "ha-rules";
    this.place = this.decode(Ext.util.History.getToken());
    Ext.util.History.on("change", this.followAddress, this);
    if (!Ext.util.History.getToken()) this.writeAddress();
  },

  /** Every field is set before the first listener hears of one, so that a new panel opens on its right tab. */
  followAddress(token) {
    if (!token) return;
    const before = this.place;
    this.place = this.decode(token);
    for (const name of this.fields) {
      const value = this.place[name];
      if (value !== before[name]) this.fireEvent("statechange", this, name, { value });
    }
  },

  decode(token) {
    const [version, ...texts] = (token ?? "").split(":");
    if (version !== this.version)
      return { ...Object.fromEntries(this.fields.map((name) => [name, ""])), ...this.defaults };
    return Object.fromEntries(this.fields.map((name, index) => [name, this.decodeField(texts[index] ?? "")]));
  },

  decodeField(text) {
    const literal = text.startsWith("=") ? this.unescape(text.slice(1)) : text;
    return /^\d+$/.test(literal) ? (this.words[Number(literal)] ?? literal) : literal;
  },

  /** A stray percent sign in a hand-written address must not stop the page. */
  unescape(text) {
    try {
      return decodeURIComponent(text);
    } catch {
      return text;
    }
  },

  encode() {
    const texts = this.fields.map((name) => {
      const value = this.place[name] || this.defaults[name] || "";
      if (value === "") return "";
      const number = this.words.indexOf(value);
      return number < 0 ? `=${encodeURIComponent(value)}` : String(number);
    });
    return [this.version, ...texts].join(":");
  },

  writeAddress() {
    Ext.util.History.add(this.encode());
  },

  get(name, defaultValue) {
    if (this.fields.includes(name)) return { value: this.place[name] || this.defaults[name] || "" };
    const stored = this.callParent([name, defaultValue]);
    if (stored || name !== "GuiCap") return stored;
    // Before the first answer of access/ticket: no capability yet, and no `mapping` at all, as on real nodes.
    return { vms: {}, storage: {}, access: {}, nodes: {}, dc: {}, sdn: {} };
  },

  set(name, value, fireEvent) {
    if (!this.fields.includes(name)) {
      this.callParent([name, value]);
      return;
    }
    const text = value?.value ?? "";
    if ((this.place[name] || "") === text) return;
    this.place[name] = text;
    if (fireEvent) this.fireEvent("statechange", this, name, { value: text });
    this.writeAddress();
  },

  clear(name) {
    if (this.fields.includes(name)) this.place[name] = "";
    else this.callParent([name]);
  },
});
