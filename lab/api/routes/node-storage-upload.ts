import { heavyFile, putHeavyFile, removeHeavyFiles } from "../../state/heavy-files.ts";
import { PveError, parameterError } from "../../state/pve-error.ts";
import { roomOnRoot } from "../../state/room.ts";
import { startTask } from "../../state/tasks.ts";
import { storageOn } from "../../state/volumes.ts";
import type { ApiCall, Route } from "../route.ts";

/** Bytes a second of a copy on the system disk. */
const COPY_SPEED = 480e6;

/** POST `/nodes/NODE/storage/STORAGE/upload`: the second half of an upload, from the temporary file to the storage. Texts from the public source. */
export const nodeStorageUploadRoutes: readonly Route[] = [
  {
    method: "POST",
    path: "/nodes/{node}/storage/{storage}/upload",
    relayed: true,
    parameters: {
      content: { required: true, values: ["iso", "vztmpl", "import"] },
      filename: { required: true },
      checksum: {},
      "checksum-algorithm": {},
      tmpfilename: { pattern: /^\/var\/tmp\/pveupload-[0-9a-f]+$/ },
    },
    handle: upload,
  },
];

function upload({ world, node, user, params }: ApiCall): string {
  const { storage: id = "", content = "", filename: given = "", tmpfilename: temporary } = params;
  const storage = storageOn(node, id);
  const { path } = storage.properties;
  if (storage.type !== "dir" || path === undefined)
    throw new PveError(`can't upload to storage type '${storage.type}'`);
  if (temporary === undefined) throw new PveError("missing temporary file name");
  const source = heavyFile(node, temporary);
  if (!source) throw new PveError(`temporary file '${temporary}' does not exist`);
  const filename = given.replace(/^.*[/\\]/, "").replace(/[^-a-zA-Z0-9_.]/g, "_");
  if (content === "iso" && !/^[^/]+\.(?:iso|img)$/i.test(filename))
    throw parameterError({ filename: "wrong file extension" });
  if (!storage.content.some((kind) => kind === content))
    throw new PveError(`storage '${id}' does not support '${content}' content`);
  const target = `${path}/template/${content === "iso" ? "iso" : "cache"}/${filename}`;
  const { size } = source;
  return startTask(world, node, { type: "imgcopy", user }, async (print, signal) => {
    print(`starting file import from: ${temporary}\ntarget node: ${node.name}\ntarget file: ${target}\n`);
    print(`file size is: ${size}\ncommand: cp -- ${temporary} ${target}\n`);
    const written = Math.min(size, roomOnRoot(world, node));
    await world.clock.sleep((written / COPY_SPEED) * 1000, signal);
    removeHeavyFiles(node, temporary);
    if (written < size) {
      print(`cp: error writing '${target}': No space left on device\n`, "err");
      throw new PveError(`import failed: command 'cp -- ${temporary} ${target}' failed: exit code 1`);
    }
    putHeavyFile(node, target, source, world.clock.seconds());
    print("finished file import successfully\n");
  }).upid;
}
