/** Characters that take two columns of a terminal. */
const wide = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1faff}]/u

/** How many columns a text takes. */
export function columnsOf(text: string): number {
  let columns = 0
  for (const character of text) columns += wide.test(character) ? 2 : 1
  return columns
}

/** Cut to so many columns, with `…` where something is left out. Control characters are shown as spaces, so that no text moves the cursor. */
export function cutColumns(text: string, width: number): string {
  const plain = text.replace(/[\u0000-\u001f\u007f-\u009f]/g, ' ')
  if (columnsOf(plain) <= width) return plain
  let columns = 0
  let cut = ''
  for (const character of plain) {
    columns += wide.test(character) ? 2 : 1
    if (columns > width - 1) return `${cut}…`
    cut += character
  }
  return cut
}
