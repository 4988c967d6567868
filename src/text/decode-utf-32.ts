/** The order of bytes of a text in UTF-32, by its mark or by the `<` that markup begins with; `TextDecoder` does not know that encoding, some feeds are in it. */
export function findUtf32(bytes: Uint8Array): 'utf-32be' | 'utf-32le' | undefined {
  const [first, second, third, fourth] = bytes
  if (first === 0 && second === 0 && ((third === 0xfe && fourth === 0xff) || (third === 0 && fourth === LESS))) return 'utf-32be'
  return third === 0 && fourth === 0 && ((first === 0xff && second === 0xfe) || (first === LESS && second === 0)) ? 'utf-32le' : undefined
}

const LESS = 0x3c
const PIECE = 0x2000

/** The text of bytes in UTF-32, without its mark; what is no character is U+FFFD. */
export function decodeUtf32(bytes: Uint8Array, encoding: 'utf-32be' | 'utf-32le'): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const isLittle = encoding === 'utf-32le'
  let text = ''
  let piece: number[] = []
  for (let at = 0; at + 4 <= bytes.length; at += 4) {
    const code = view.getUint32(at, isLittle)
    if (at > 0 || code !== 0xfeff) piece.push(code > 0x10ffff || (code >= 0xd800 && code < 0xe000) ? 0xfffd : code)
    if (piece.length < PIECE) continue
    text += String.fromCodePoint(...piece)
    piece = []
  }
  return `${text}${String.fromCodePoint(...piece)}${bytes.length % 4 === 0 ? '' : '\ufffd'}`
}
