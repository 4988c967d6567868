const MARKUP = /[&<>]/

/**
 * Escapes text for the inside of an XML element. The text must be clean of the characters that XML forbids, see `cleanText`;
 * that is done once for a whole entry in `toWritableEntry`, not here.
 */
export function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** Escapes text for an XML attribute in double quotes. */
export function escapeXmlAttribute(text: string): string {
  return escapeXml(text).replaceAll('"', '&quot;')
}

/** Escapes by number, as the RSS Best Practices Profile asks for titles: readers that take a title for HTML then mistake it least often. */
export function escapeXmlNumeric(text: string): string {
  return text.replaceAll('&', '&#x26;').replaceAll('<', '&#x3C;').replaceAll('>', '&#x3E;')
}

/** Wraps HTML for the inside of an XML element; `]]>` is divided between two sections. */
export function wrapCdata(html: string): string {
  if (!MARKUP.test(html)) return html
  return `<![CDATA[${html.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`
}
