export { type ConfigLine, type ConfigPlace, invalidConfig, placeText, unsupportedConfig } from "./config-line.ts";
export { fitsPattern } from "./host-pattern.ts";
export { hostNameFrom, linesForHost } from "./lines-for-host.ts";
export { readSshConfig } from "./read-ssh-config.ts";
export { type Said, type SshSettings, settingsFrom } from "./ssh-settings.ts";
export { expandPath, expandTokens, type SshTokens } from "./ssh-tokens.ts";
