const REFERENCE = /&(?:#x([\da-f]{1,8});|#(\d{1,8});|([\p{L}_][\p{L}\p{N}_.-]{0,63});)?/giu
const PREDEFINED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/**
 * Resolves the character and entity references of a piece of XML. An entity that the document declares itself stands for nothing, since
 * expanding it is how a small text becomes a huge one. What is no reference is told to `fault`, with its place in the piece.
 */
export function readReferences(text: string, isDeclared: (name: string) => boolean, fault: (at: number, message: string) => void): string {
  return text.replace(
    REFERENCE,
    (whole: string, hex: string | undefined, decimal: string | undefined, name: string | undefined, at: number) => {
      if (name !== undefined) {
        const known = PREDEFINED[name]
        if (known === undefined && !isDeclared(name)) fault(at, `The entity ${whole} is not declared; XML itself knows only five.`)
        return known ?? ''
      }
      if (hex === undefined && decimal === undefined) {
        fault(at, 'A bare "&" stands in the text; it has to be written as &amp;.')
        return whole
      }
      const code = hex === undefined ? Number.parseInt(decimal ?? '', 10) : Number.parseInt(hex, 16)
      if (isXmlCharacter(code)) return String.fromCodePoint(code)
      fault(at, `The reference ${whole} names a character that is forbidden in XML.`)
      return ''
    },
  )
}

function isXmlCharacter(code: number): boolean {
  if (code < 0x20) return code === 0x9 || code === 0xa || code === 0xd
  return code <= 0xd7ff || (code >= 0xe000 && code <= 0xfffd) || (code >= 0x10000 && code <= 0x10ffff)
}
