import { promisify } from 'node:util'
import * as zlib from 'node:zlib'
import { causeOf } from '../problems.js'
import { Fault } from './fetch-problem.js'

type Unpack = (packed: Uint8Array, options: { maxOutputLength: number }) => Promise<Uint8Array>

const inflate = promisify<Uint8Array, zlib.ZlibOptions, Uint8Array>(zlib.inflate)
const inflateRaw = promisify<Uint8Array, zlib.ZlibOptions, Uint8Array>(zlib.inflateRaw)

/** Content coding → how it is undone. `deflate` is zlib by the standard and bare by the habit of old servers. */
const unpackers: Readonly<Record<string, Unpack>> = {
  gzip: promisify<Uint8Array, zlib.ZlibOptions, Uint8Array>(zlib.gunzip),
  deflate: (packed, options) => (((packed[0] ?? 0) & 0x0f) === 8 ? inflate(packed, options) : inflateRaw(packed, options)),
  br: promisify<Uint8Array, zlib.BrotliOptions, Uint8Array>(zlib.brotliDecompress),
  ...zstdUnpacker(),
}

/** Value of `Accept-Encoding`. */
export const acceptedCodings = Object.keys(unpackers).join(', ')

/** A page packed more often than this is an attack, not a page. */
const maxCodings = 2

/** Reads a body to its end, no further than `maxBytes`. `onBytes` hears of every piece. Throws `FETCH_TOO_LARGE`, and what the stream throws. */
export async function collectBytes(
  body: AsyncIterable<Uint8Array>,
  maxBytes: number,
  onBytes: (count: number) => void,
): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  let length = 0
  for await (const piece of body) {
    length += piece.length
    onBytes(piece.length)
    if (length > maxBytes) throw tooLarge(maxBytes)
    pieces.push(piece)
  }
  const bytes = new Uint8Array(length)
  let at = 0
  for (const piece of pieces) {
    bytes.set(piece, at)
    at += piece.length
  }
  return bytes
}

/**
 * Undoes the codings of a `Content-Encoding` header, and one of gzip that the header does not tell of: no text begins so, and some servers hand out what they keep packed. A bomb is stopped at `maxBytes`, before it has unfolded.
 * Throws `FETCH_TOO_LARGE` or `FETCH_BODY` (cut off, damaged, or a coding that is not known).
 */
export async function unpackBody(packed: Uint8Array, contentEncoding: string, maxBytes: number): Promise<Uint8Array> {
  const codings = contentEncoding
    .toLowerCase()
    .split(',')
    .map(coding => coding.trim().replace(/^x-/, ''))
    .filter(coding => coding !== '' && coding !== 'identity')
  if (codings.length > maxCodings) throw new Fault('FETCH_BODY', `The body is packed ${codings.length} times.`)
  let bytes = packed
  for (const coding of codings.reverse()) bytes = await undoCoding(bytes, coding, maxBytes)
  return isGzip(bytes) ? await undoCoding(bytes, 'gzip', maxBytes) : bytes
}

async function undoCoding(bytes: Uint8Array, coding: string, maxBytes: number): Promise<Uint8Array> {
  const unpack = Object.hasOwn(unpackers, coding) ? unpackers[coding] : undefined
  if (unpack === undefined) throw new Fault('FETCH_BODY', `The body is packed as "${coding}", which is not known.`)
  // An empty body is a bare one, whatever its headers say.
  if (bytes.length === 0) return bytes
  try {
    return toPlainArray(await unpack(bytes, { maxOutputLength: maxBytes }))
  } catch (error) {
    if (error instanceof RangeError) throw tooLarge(maxBytes)
    throw new Fault('FETCH_BODY', `The body is packed as ${coding}, but is damaged or cut off.`, { cause: causeOf(error) })
  }
}

/** By the mark that RFC 1952 demands (section 2.3.1). */
function isGzip([first, second, method]: Uint8Array): boolean {
  return first === 0x1f && second === 0x8b && method === 8
}

export function tooLarge(maxBytes: number): Fault {
  return new Fault('FETCH_TOO_LARGE', `The page is larger than ${maxBytes} bytes.`, { data: { maxBytes: String(maxBytes) } })
}

/** A `Buffer` behaves otherwise than the `Uint8Array` it is (`slice`, `toString`, equality in tests): what leaves this room is a plain one. */
function toPlainArray({ buffer, byteOffset, byteLength }: Uint8Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength)
}

/** Node has zstd from 22.15 on. */
function zstdUnpacker(): Readonly<Record<string, Unpack>> {
  const unpack: unknown = Reflect.get(zlib, 'zstdDecompress')
  return typeof unpack === 'function' ? { zstd: promisify(unpack as typeof zlib.brotliDecompress) as Unpack } : {}
}
