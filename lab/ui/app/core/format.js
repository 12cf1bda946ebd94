// SPDX-License-Identifier: GPL-3.0-or-later

/** How figures are written on the pages. */
Ext.define("PVE.Format", {
  singleton: true,

  /** Bytes with binary units, `14.00 GiB`. */
  size(bytes) {
    return this.scaled(bytes, 1024, ["B", "KiB", "MiB", "GiB", "TiB", "PiB"]);
  },

  /** Bytes with decimal units, `362.92 GB`. */
  decimalSize(bytes) {
    return this.scaled(bytes, 1000, ["B", "KB", "MB", "GB", "TB", "PB"]);
  },

  scaled(bytes, step, units) {
    let value = Number(bytes) || 0;
    let unit = 0;
    while (value >= step && unit < units.length - 1) {
      value /= step;
      unit += 1;
    }
    return `${unit === 0 ? value.toFixed(0) : value.toFixed(2)} ${gettext(units[unit])}`;
  },

  /** A share from 0 to 1 with two decimals. */
  percent(share) {
    return `${((Number(share) || 0) * 100).toFixed(2)}%`;
  },

  /** `40.00% (1.60 GiB of 4.00 GiB)`. */
  usage(used, total, size = (bytes) => this.size(bytes)) {
    if (!total) return "-";
    return `${this.percent(used / total)} (${Ext.String.format(gettext("{0} of {1}"), size(used), size(total))})`;
  },

  /** Seconds as `1 day 01:04:23`. */
  duration(seconds) {
    const whole = Math.max(0, Math.floor(Number(seconds) || 0));
    const two = (number) => String(number).padStart(2, "0");
    const days = Math.floor(whole / 86400);
    const clock = `${two(Math.floor(whole / 3600) % 24)}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
    if (days === 0) return clock;
    return `${days} ${days === 1 ? gettext("day") : gettext("days")} ${clock}`;
  },

  /** Seconds since 1970 as the lists show them, `Nov 22 11:31:47`. */
  timestamp(seconds) {
    return seconds ? Ext.Date.format(new Date(seconds * 1000), "M d H:i:s") : "";
  },

  yesNo(value) {
    return Number(value) ? gettext("Yes") : gettext("No");
  },

  /** A check mark or a cross, as in the "Online" column. */
  onlineIcon(value) {
    return Number(value)
      ? '<i class="fa fa-check good" data-qtip="online"></i>'
      : '<i class="fa fa-times critical" data-qtip="offline"></i>';
  },
});
