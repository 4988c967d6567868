/**
 * Whether the text has that at the place. By a piece, which is compared at once: engines compile `startsWith` character by character where it is called often, which costs
 * them many times what it saves.
 */
export function standsAt(text: string, what: string, at: number): boolean {
  return text.slice(at, at + what.length) === what
}

export function beginsCdata(text: string, at: number): boolean {
  return standsAt(text, '<![CDATA[', at)
}

export function beginsComment(text: string, at: number): boolean {
  return standsAt(text, '<!--', at)
}

/** What the name of an element begins with. */
export function isNameStart(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || code === 0x5f || code > 0x7f
}
