/**
 * Why a controller would not take an image, as the end of its message's id; undefined when it takes it. The lab opens no connection out of
 * this machine: of an address it only judges the form, and takes it for an installer's image when its name ends in .iso.
 */
export function imageRefusal(image: string): string | undefined {
  const url = URL.parse(image);
  if (url === null || !["http:", "https:", "nfs:", "cifs:"].includes(url.protocol)) return "UnsupportedURIScheme";
  return url.pathname.toLowerCase().endsWith(".iso") ? undefined : "UnsupportedMediaType";
}
