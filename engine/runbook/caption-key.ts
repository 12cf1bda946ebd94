const APOSTROPHES = /[’‘ʼ′`´]/g;
const DASHES = /[\u2010-\u2015\u2212\u00ad]/g;
const SPACES = /[\s\u200b\u2060]+/g;

/** What two captions share when they are the same to a reader: case, apostrophes, spaces and dashes do not count. */
export function captionKey(text: string): string {
  return text
    .normalize("NFC")
    .replace(APOSTROPHES, "'")
    .replace(DASHES, "-")
    .replace(SPACES, " ")
    .trim()
    .toLocaleLowerCase("fr");
}
