import { escapeHtml } from "../escape-html.ts";

/** What the file says of itself; the same as in its information dictionary. */
export interface Description {
  readonly title: string;
  readonly authors: readonly string[];
  readonly subject: string;
  readonly keywords: string;
  readonly creator: string;
  readonly producer: string;
  /** ISO 8601, UTC, whole seconds. */
  readonly date: string;
  readonly language: string;
}

/** The metadata packet: description, and the two norms that the file keeps, PDF/A-3a and PDF/UA-1. */
export function xmpPacket(description: Description): string {
  const { title, authors, subject, keywords, creator, producer, date, language } = description;
  const text = (name: string, value: string) => `<${name}>${escapeHtml(value)}</${name}>`;
  const alternative = (name: string, value: string) =>
    `<${name}><rdf:Alt><rdf:li xml:lang="x-default">${escapeHtml(value)}</rdf:li></rdf:Alt></${name}>`;
  const list = (name: string, kind: "Seq" | "Bag", values: readonly string[]) =>
    values.length === 0
      ? ""
      : `<${name}><rdf:${kind}>${values.map((value) => text("rdf:li", value)).join("")}</rdf:${kind}></${name}>`;
  return `<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"><pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">${text("dc:format", "application/pdf")}${alternative("dc:title", title)}${list("dc:creator", "Seq", authors)}${subject === "" ? "" : alternative("dc:description", subject)}${list("dc:language", "Bag", [language])}</rdf:Description>
<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/">${text("xmp:CreatorTool", creator)}${text("xmp:CreateDate", date)}${text("xmp:ModifyDate", date)}${text("xmp:MetadataDate", date)}</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">${text("pdf:Producer", producer)}${text("pdf:Keywords", keywords)}</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"><pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema><pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI><pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category><pdfaProperty:description>Part of ISO 14289 that the file keeps</pdfaProperty:description></rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
</rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>`;
}
