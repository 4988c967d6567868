import { hashText } from '../store/hash-text.js'

/** What a picture is, by its first bytes. */
interface PictureType {
  /** Ending of file names. */
  ending: string
  mediaType: string
  /** Offset → Latin letters that stand there; any of the lists. */
  signs: readonly Readonly<Record<number, string>>[]
}

/** Pictures that hold nothing but pixels. SVG is a document that can hold scripts, and stays where it is. */
const types: readonly PictureType[] = [
  { ending: 'png', mediaType: 'image/png', signs: [{ 0: '\x89PNG\r\n\x1a\n' }] },
  { ending: 'jpg', mediaType: 'image/jpeg', signs: [{ 0: '\xff\xd8\xff' }] },
  { ending: 'gif', mediaType: 'image/gif', signs: [{ 0: 'GIF87a' }, { 0: 'GIF89a' }] },
  { ending: 'webp', mediaType: 'image/webp', signs: [{ 0: 'RIFF', 8: 'WEBP' }] },
  { ending: 'avif', mediaType: 'image/avif', signs: [{ 4: 'ftypavif' }, { 4: 'ftypavis' }] },
]

/** Bytes that all signs stand in. */
const headLength = 16

/** The type of a picture by its bytes, whatever its server calls it; `undefined` for anything but PNG, JPEG, GIF, WebP and AVIF. */
export function pictureTypeOf(bytes: Uint8Array): Pick<PictureType, 'ending' | 'mediaType'> | undefined {
  const head = String.fromCharCode(...bytes.subarray(0, headLength))
  return types.find(({ signs }) => signs.some(sign => Object.entries(sign).every(([at, text]) => head.startsWith(text, Number(at)))))
}

/** Path of a picture below the output folder, by its content: equal pictures are one file, and a file never changes. */
export function picturePath(bytes: Uint8Array): string | undefined {
  const type = pictureTypeOf(bytes)
  return type && `images/${hashText(bytes, 32)}.${type.ending}`
}
