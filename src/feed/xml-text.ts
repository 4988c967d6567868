const MARKUP = /[&<>]/

/**
 * Escapes text for the inside of an XML element. The text must be clean of the characters that XML forbids, see `cleanText`;
 * that is done once for a whole entry in `toWritableEntry`, not here.
 */
export function escapeXml(text: string): string {
  const more = text.includes('&') ? text.replace(/&/g, '&amp;') : text
  const less = more.includes('<') ? more.replace(/</g, '&lt;') : more
  return less.includes('>') ? less.replace(/>/g, '&gt;') : less
}

/** Escapes text for an XML attribute in double quotes. */
export function escapeXmlAttribute(text: string): string {
  const escaped = escapeXml(text)
  return escaped.includes('"') ? escaped.replace(/"/g, '&quot;') : escaped
}

/** Escapes by number, as the RSS Best Practices Profile asks for titles: readers that take a title for HTML then mistake it least often. */
export function escapeXmlNumeric(text: string): string {
  return MARKUP.test(text) ? text.replace(/&/g, '&#x26;').replace(/</g, '&#x3C;').replace(/>/g, '&#x3E;') : text
}

/** Wraps HTML for the inside of an XML element; `]]>` is divided between two sections. */
export function wrapCdata(html: string): string {
  if (!MARKUP.test(html)) return html
  return `<![CDATA[${html.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`
}

/** The pieces of a document as one text: quicker than by a list. */
export function joinChunks(chunks: Iterable<string>): string {
  let text = ''
  for (const chunk of chunks) text += chunk
  return text
}

/**
 * The same text as one piece of memory. Engines keep a text that was put together as a tree of its parts, which costs their collector far
 * more to move than the text; asking for a character makes it one.
 */
export function inOnePiece(text: string): string {
  return Number.isNaN(text.charCodeAt(0)) ? '' : text
}
