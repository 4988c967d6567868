import { hashText } from './hash-text.js'

/** Where a key is kept. */
export interface KeyPlace {
  /** Segments with `/` between them: never `..`, and safe as file names on every system, also where `a` and `A` are one name. */
  path: string
  /** Stands before the value. Empty but for keys that are too long for a path, which then stand in the first line. */
  header: string
}

/** Folder of the keys that are too long; no segment is ever written like this, since `%` is followed by two hexadecimal digits or `u`. */
export const longKeyFolder = '%long'

/** File systems allow 255 bytes a name and Windows' tools 260 characters a path; the folder of the store needs some of that. */
const longestSegment = 100
const longestPath = 200

/**
 * Turns a key into a path that can be read by people and turned back by {@link keyAt}. Names keep their case; where they have
 * capitals, `@` and a bit mask of these are added, so that `AbC` and `abc` stay two names on macOS and Windows.
 * `articles/wechat/s/AbC.json` is kept at `articles/wechat/s/AbC@a.json`. Names of files end with `.json` or `.txt`, those of folders never do.
 */
export function placeOf(key: string): KeyPlace {
  const segments = key.split('/')
  const file = segments.pop() ?? ''
  const path = [...segments.map(encodeFolder), encodeFile(file)]
  const joined = path.join('/')
  if (joined.length <= longestPath && path.every(segment => segment.length <= longestSegment)) return { path: joined, header: '' }
  return { path: `${longKeyFolder}/${hashText(key, 40)}.txt`, header: `${JSON.stringify(key)}\n` }
}

/** The key kept at a path, or nothing for a path that {@link placeOf} does not make: another's file, or one below {@link longKeyFolder}. */
export function keyAt(path: string): string | undefined {
  const segments = path.split('/')
  const file = segments.pop() ?? ''
  const key = [...segments.map(decode), file.endsWith('.json') ? `${decode(file.slice(0, -5))}.json` : decode(file.slice(0, -4))].join('/')
  return placeOf(key).path === path ? key : undefined
}

/**
 * The keys that begin with a prefix, sorted, of a store that keeps each at its path.
 *
 * @param list paths of all that is kept below a folder
 */
export async function findKeys(
  prefix: string,
  list: (folder: string) => Promise<readonly string[]>,
  read: (path: string) => Promise<string | undefined>,
): Promise<string[]> {
  const keys = (await list(folderOf(prefix))).flatMap(path => keyAt(path) ?? [])
  for (const path of await list(longKeyFolder)) {
    const key = keyInHeader((await read(path)) ?? '')
    if (key !== undefined && placeOf(key).path === path) keys.push(key)
  }
  return keys.filter(key => key.startsWith(prefix)).sort()
}

/** The key in the first line of a value kept below {@link longKeyFolder}. */
function keyInHeader(text: string): string | undefined {
  try {
    const key: unknown = JSON.parse(text.slice(0, Math.max(0, text.indexOf('\n'))))
    return typeof key === 'string' ? key : undefined
  } catch {
    return undefined
  }
}

/** The deepest folder that holds all keys (but the long ones) that begin with a prefix; empty for the whole store. */
export function folderOf(prefix: string): string {
  return prefix.split('/').slice(0, -1).map(encodeFolder).join('/')
}

function encodeFile(segment: string): string {
  return segment.endsWith('.json') ? `${encode(segment.slice(0, -5))}.json` : `${encode(segment)}.txt`
}

function encodeFolder(segment: string): string {
  return encode(segment).replace(/\.(?=(?:json|txt)$)/, '%2e')
}

/** What needs no second look: most segments, which is why it comes first. */
const isPlain = /^[a-z0-9_][a-z0-9_=+,-]*$/
/** Devices of Windows, whatever stands behind a dot. */
const isDevice = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i
/** All but letters, digits and marks that are safe everywhere. Han characters stay: they have neither case nor a second composition. */
const unsafe = /[^A-Za-z0-9_=+,.\u4e00-\u9fff-]/g

function encode(segment: string): string {
  if (segment === '') return '%'
  if (isPlain.test(segment) && !isDevice.test(segment)) return segment
  const safe = segment.replace(unsafe, escapeCharacter).replace(/^\.|\.$/g, '%2e')
  const name = isDevice.test(safe) ? escapeCharacter(safe.charAt(0)) + safe.slice(1) : safe
  const capitals = maskCapitals(name)
  return capitals === '' ? name : `${name}@${capitals}`
}

function decode(name: string): string {
  if (name === '%') return ''
  const at = name.indexOf('@')
  return (at < 0 ? name : name.slice(0, at)).replace(
    /%(?:u([0-9a-f]{4})|([0-9a-f]{2}))/g,
    (_, wide: string | undefined, narrow: string | undefined) => String.fromCharCode(Number.parseInt(wide ?? narrow ?? '', 16)),
  )
}

/** One UTF-16 unit, so that even half a surrogate pair comes back. */
function escapeCharacter(character: string): string {
  const code = character.charCodeAt(0)
  return code < 256 ? `%${code.toString(16).padStart(2, '0')}` : `%u${code.toString(16).padStart(4, '0')}`
}

/** Which letters are capitals, four to a hexadecimal digit, the first letter in the highest bit; empty when none is. */
function maskCapitals(name: string): string {
  if (!/[A-Z]/.test(name)) return ''
  const bits = name
    .replace(/[^A-Za-z]/g, '')
    .replace(/[A-Z]/g, '1')
    .replace(/[a-z]/g, '0')
  return bits.replace(/.{1,4}/g, four => Number.parseInt(four.padEnd(4, '0'), 2).toString(16)).replace(/0+$/, '')
}
