/** The line that follows bash's own "command not found": the lab says what it does not have instead of making something up. */
export function notSimulated(command: string): string {
  return `constat-lab: « ${command} » n’est pas simulé par ce laboratoire\n`;
}

/** A piece of standard error as bash and coreutils would have worded it: failures of the file system, commands that are not there. */
export function inBashWords(chunk: Buffer): Buffer {
  const text = chunk.toString("utf8");
  const worded = text
    .replace(/\b(E[A-Z]{3,}): [^\n]*?, \w+ '[^'\n]*'/g, (message, code: string) => SYSTEM_TEXTS[code] ?? message)
    .replace(NOT_FOUND, (message, command: string) => message + notSimulated(command));
  return worded === text ? chunk : Buffer.from(worded);
}

/** What the C library says for an error code, or for a message that starts with one. */
export function systemText(codeOrMessage: string): string {
  return SYSTEM_TEXTS[codeOrMessage.replace(/:.*$/s, "")] ?? codeOrMessage;
}

const NOT_FOUND = /^(?:-?bash|sh): (?:line \d+: )?(.+): command not found\n/gm;

const SYSTEM_TEXTS: Readonly<Record<string, string>> = {
  EACCES: "Permission denied",
  EBUSY: "Device or resource busy",
  EIO: "Input/output error",
  ENOSPC: "No space left on device",
  EPERM: "Operation not permitted",
  ENOENT: "No such file or directory",
  EISDIR: "Is a directory",
  ENOTDIR: "Not a directory",
  EEXIST: "File exists",
};
