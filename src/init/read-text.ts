import { readFileSync } from 'node:fs'

/** The text of a file; empty where there is none, and where it cannot be read. */
export function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
