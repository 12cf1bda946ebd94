/** What the installer says while it starts: a text log before the first page. */
export function startLines(): readonly string[] {
  return [
    "Welcome to the Proxmox VE installer",
    "initial setup startup",
    "mounting proc filesystem",
    "mounting sys filesystem",
    "boot comandline: BOOT_IMAGE=/boot/linux26 ro ramdisk_size=16777216 rw quiet splash=silent",
    "loading drivers: xhci_pci ehci_pci tg3 ahci smartpqi nvme",
    "searching for block device containing the ISO",
    "found proxmox ISO",
    "switching root from initrd to actual installation system",
    "Starting Proxmox installation",
    "Installing additional hardware drivers",
    "Starting hotplug events dispatcher: systemd-udevd.",
    "Synthesizing the initial hotplug events (subsystems)...done.",
    "Attempting to get DHCP leases...",
    "Starting chrony for opportunistic time-sync...",
    "Starting a root shell on tty3",
    "Starting the installer GUI - see tty2 (CTRL+ALT+F2) for any errors...",
  ];
}

/** The states of an installation, in order. */
export function installSteps(): readonly string[] {
  return [
    "create partitions",
    "create LVs",
    "creating root filesystems",
    "extracting base system",
    "configuring base system",
    "extracting proxmox-kernel-helper",
    "extracting pve-cluster",
    "extracting qemu-server",
    "extracting pve-manager",
    "configuring pve-cluster",
    "configuring qemu-server",
    "configuring pve-manager",
    "make system bootable",
    "installation finished",
  ];
}
