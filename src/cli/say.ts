import { wrapColumns } from './columns.js'
import { tell } from './write.js'

/** Writes lines for people on stderr: whole where a program reads them, broken at spaces on a terminal. */
export function say(text: string): void {
  const { isTTY, columns } = process.stderr
  tell(`${isTTY && columns ? wrapColumns(text, Math.max(30, columns - 1)) : text}\n`)
}
