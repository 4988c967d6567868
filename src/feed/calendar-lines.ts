/** A line of a calendar has so many bytes at most, its end apart (RFC 5545, section 3.1). */
const maxLine = 75

/** The text as a value of type TEXT (RFC 5545, section 3.3.11). */
export function escapeCalendarText(text: string): string {
  return text.replace(/[\\;,]/g, '\\$&').replace(/\r\n?|\n/g, '\\n')
}

/** The moment as a DATE-TIME in UTC (RFC 5545, section 3.3.5): `20221212T110000Z`. */
export function calendarTime(date: Date): string {
  return date.toISOString().replace(/[-:]|\.\d+/g, '')
}

/** The lines with their ends; one that is longer than the specification lets it be goes on behind a space, and no character is cut in two. */
export function foldLines(lines: readonly string[]): string {
  return lines.map(line => `${foldLine(line)}\r\n`).join('')
}

function foldLine(line: string): string {
  let out = ''
  // Two bytes for `\r\n` are not counted, the space before what follows is.
  let length = 1
  for (const character of line) {
    const bytes = bytesOf(character)
    length += bytes
    if (length > maxLine) {
      out += '\r\n '
      length = 1 + bytes
    }
    out += character
  }
  return out
}

/** How many bytes of UTF-8 a character has. */
function bytesOf(character: string): number {
  const code = character.codePointAt(0) ?? 0
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
}
