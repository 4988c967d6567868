import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

const own = `${slashed(dirname(fileURLToPath(import.meta.url)))}/`

/**
 * `path:12`, the nearest place of an error in code that is neither of Node, of this package nor of another; nothing where its stack names none.
 *
 * @param caller file that runs the code: what called that is none of it
 */
export function placeInUserCode(error: unknown, caller?: RegExp): string | undefined {
  const stack = error instanceof Error ? (error.stack ?? '') : ''
  for (const [, place = '', line] of stack.matchAll(/^ {4}at (?:.*\()?(.{1,1000}?):(\d+):\d+\)?$/gm)) {
    if (caller?.test(place)) return undefined
    const path = place.startsWith('file:') ? fileURLToPath(place.replace(/\?.*$/, '')) : place
    if (!/^(?:\/|[a-z]:[\\/])/i.test(path) || path.includes('node_modules') || slashed(path).startsWith(own)) continue
    return `${path}:${line}`
  }
  return undefined
}

/** Loaders write paths with `/` on Windows too. */
function slashed(path: string): string {
  return /^[a-z]:/i.test(path) ? path.replaceAll('\\', '/') : path
}
