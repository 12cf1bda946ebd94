import { access, writeFile } from "node:fs/promises";
import { isAbsolute, join } from "node:path";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Writes into this folder how letters are to be drawn, beside the machine's own choice of fonts; gives the environment that makes a
 * browser follow it. Where the machine's configuration is not found, the environment as it is.
 *
 * Chromium asks for hinting by the scale that its process saw last: icons and frames change it for a moment, and a font that is met in
 * such a moment is drawn otherwise from then on. Without hinting, whatever the scale, the same letters give the same pixels.
 */
export async function fontRendering(folder: string, environment: Environment): Promise<Environment> {
  const own = await ownConfiguration(environment);
  if (own === undefined) return environment;
  const file = join(folder, "fonts.conf");
  await writeFile(file, configuration(own));
  return { ...environment, FONTCONFIG_FILE: file };
}

const SMOOTH = [
  ["antialias", "<bool>true</bool>"],
  ["hinting", "<bool>false</bool>"],
  ["hintstyle", "<const>hintnone</const>"],
  ["autohint", "<bool>false</bool>"],
  ["rgba", "<const>none</const>"],
] as const;

function configuration(own: string): string {
  const edits = SMOOTH.map(([name, value]) => `<edit name="${name}" mode="assign">${value}</edit>`).join("");
  const matches = ["pattern", "font"].map((target) => `<match target="${target}">${edits}</match>`);
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
<include ignore_missing="yes">${escaped(own)}</include>
${matches.join("\n")}
</fontconfig>
`;
}

/** The file that fontconfig would read by itself. */
async function ownConfiguration({
  FONTCONFIG_FILE: file = "fonts.conf",
  FONTCONFIG_PATH: path = "",
}: Environment): Promise<string | undefined> {
  const folders = [...path.split(":").filter((folder) => folder !== ""), "/etc/fonts"];
  for (const each of isAbsolute(file) ? [file] : folders.map((folder) => join(folder, file))) {
    if (await exists(each)) return each;
  }
  return undefined;
}

async function exists(file: string): Promise<boolean> {
  return await access(file).then(
    () => true,
    () => false,
  );
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
