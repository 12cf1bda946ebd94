import type { VirtualMedium } from "../../state/server.ts";
import { imageRefusal } from "../image.ts";
import {
  type Body,
  collection,
  head,
  message,
  object,
  type RedfishAnswer,
  type RedfishCall,
  type Resource,
  text,
} from "./answer.ts";

const PATH = "/redfish/v1/Managers/1/VirtualMedia";

/** Virtual drives: 1 is a floppy or USB key, 2 a CD. */
export const virtualMediaResources: readonly Resource[] = [
  {
    path: PATH,
    get: ({ server }) =>
      collection(
        PATH,
        "VirtualMediaCollection",
        "Virtual Media Services",
        server.media.map(({ id }) => id),
      ),
  },
  {
    path: `${PATH}/{slot}`,
    get: (call) => {
      const medium = mediumOf(call);
      return medium && bodyOf(medium);
    },
    patch: (call) => {
      const medium = mediumOf(call);
      if (medium === undefined) return message(call.server, 404, "ResourceMissingAtURI");
      const wanted = object(object(call.body, "Oem"), "Hpe")["BootOnNextServerReset"];
      if (typeof wanted === "boolean") medium.bootNext = wanted;
      return message(call.server, 200, "Success");
    },
  },
  { path: `${PATH}/{slot}/Actions/VirtualMedia.InsertMedia`, post: insert },
  { path: `${PATH}/{slot}/Actions/VirtualMedia.EjectMedia`, post: eject },
];

function mediumOf({ server, parts }: RedfishCall): VirtualMedium | undefined {
  return server.media.find(({ id }) => id === parts["slot"]);
}

function bodyOf({ id, types, image, inserted, bootNext }: VirtualMedium): Body {
  const path = `${PATH}/${id}`;
  return {
    ...head(path, "VirtualMedia", "1_2_0", id, "VirtualMedia"),
    ConnectedVia: inserted ? "URI" : "NotConnected",
    Image: image,
    ...(inserted ? { ImageName: image.split("/").at(-1) ?? "" } : {}),
    Inserted: inserted,
    MediaTypes: types,
    WriteProtected: true,
    Actions: {
      "#VirtualMedia.EjectMedia": { target: `${path}/Actions/VirtualMedia.EjectMedia/` },
      "#VirtualMedia.InsertMedia": { target: `${path}/Actions/VirtualMedia.InsertMedia/` },
    },
    Oem: { Hpe: { BootOnNextServerReset: bootNext } },
  };
}

function insert(call: RedfishCall): RedfishAnswer {
  const { server, body } = call;
  const medium = mediumOf(call);
  if (medium === undefined) return message(server, 404, "ResourceMissingAtURI");
  const image = text(body, "Image");
  if (image === undefined) return message(server, 400, "ActionParameterMissing", "Image");
  if (medium.inserted) return message(server, 400, "MaxVirtualMediaConnectionEstablished");
  const refused = imageRefusal(image);
  if (refused !== undefined) return message(server, 400, refused);
  Object.assign(medium, { image, inserted: true });
  return message(server, 200, "Success");
}

function eject(call: RedfishCall): RedfishAnswer {
  const medium = mediumOf(call);
  if (medium === undefined) return message(call.server, 404, "ResourceMissingAtURI");
  if (!medium.inserted) return message(call.server, 400, "NoVirtualMediaConnectionAvailable");
  Object.assign(medium, { image: "", inserted: false, bootNext: false });
  return message(call.server, 200, "Success");
}
