/** Characters that take two columns of a terminal. */
const wide = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1faff}]/u

/** How many columns a text takes. */
export function columnsOf(text: string): number {
  let columns = 0
  for (const character of text) columns += wide.test(character) ? 2 : 1
  return columns
}

/** Cut to so many columns, with `…` where something is left out. Control characters are shown as spaces, line breaks too, so that no text moves the cursor. */
export function cutColumns(text: string, width: number): string {
  const plain = text.replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, ' ')
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

/**
 * Lines broken at spaces where they are wider than the terminal, which would break them in the middle of a word; what goes on is
 * indented. A word that is wider alone (an address) stays whole, so that it can be clicked.
 */
export function wrapColumns(text: string, width: number): string {
  return text
    .split('\n')
    .map(line => (columnsOf(visible(line)) <= width ? line : wrapLine(line, width)))
    .join('\n')
}

function wrapLine(line: string, width: number): string {
  const indent = /^ */.exec(line)?.[0] ?? ''
  const lines: string[] = []
  let open = indent
  let isEmpty = true
  for (const word of line.slice(indent.length).split(' ')) {
    const longer = isEmpty ? `${open}${word}` : `${open} ${word}`
    if (isEmpty || columnsOf(visible(longer)) <= width) open = longer
    else {
      lines.push(open)
      open = `${indent}  ${word}`
    }
    isEmpty = false
  }
  return [...lines, open].join('\n')
}

/** Without what sets colours, which takes no column. */
function visible(text: string): string {
  return text.replace(/\u001b\[[\d;]*m/g, '')
}
