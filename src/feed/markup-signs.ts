// Engines compile a comparison with a fixed text at a place character by character, which costs them many times what it saves; a piece is compared at once.
export function beginsCdata(text: string, at: number): boolean {
  return text.slice(at, at + 9) === '<![CDATA['
}

export function beginsComment(text: string, at: number): boolean {
  return text.slice(at, at + 4) === '<!--'
}

/** What the name of an element begins with. */
export function isNameStart(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || code === 0x5f || code > 0x7f
}
