/** A value of JSON with its place in the text. */
export type JsonNode =
  | { kind: 'object'; at: number; members: ReadonlyMap<string, JsonNode>; repeated: readonly string[] }
  | { kind: 'array'; at: number; items: readonly JsonNode[] }
  | { kind: 'string'; at: number; value: string }
  | { kind: 'number'; at: number; value: number }
  | { kind: 'boolean'; at: number; value: boolean }
  | { kind: 'null'; at: number }

/** Nesting beyond this is refused; feeds need about six. */
const DEEPEST = 100
const BLANK = /[ \t\n\r]*/y
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const WORD = /true|false|null/y

/** What makes a text no JSON, and where. */
export class JsonFault extends Error {
  constructor(
    readonly at: number,
    message: string,
  ) {
    super(message)
  }
}

/** Reads JSON by RFC 8259 and keeps places, which `JSON.parse` does not. Throws a {@link JsonFault} for what is none. */
export function scanJson(text: string): JsonNode {
  const scan = new JsonScan(text)
  return scan.readDocument()
}

class JsonScan {
  #at: number

  constructor(readonly text: string) {
    this.#at = text.startsWith('\ufeff') ? 1 : 0
  }

  readDocument(): JsonNode {
    const value = this.#readValue(0)
    this.#match(BLANK)
    if (this.#at < this.text.length) throw new JsonFault(this.#at, 'More text stands behind the value.')
    return value
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.text)?.[0]
    this.#at += found?.length ?? 0
    return found
  }

  #take(sign: string): boolean {
    this.#match(BLANK)
    const isThere = this.text[this.#at] === sign
    if (isThere) this.#at++
    return isThere
  }

  #readValue(depth: number): JsonNode {
    if (depth > DEEPEST) throw new JsonFault(this.#at, `Values are nested more than ${DEEPEST} deep.`)
    this.#match(BLANK)
    const at = this.#at
    if (this.#take('{')) return this.#readObject(at, depth + 1)
    if (this.#take('[')) return this.#readArray(at, depth + 1)
    if (this.text[at] === '"') return { kind: 'string', at, value: this.#readString() }
    const number = this.#match(NUMBER)
    if (number !== undefined) return { kind: 'number', at, value: Number(number) }
    const word = this.#match(WORD)
    if (word === undefined) throw new JsonFault(at, at < this.text.length ? 'No value stands here.' : 'The text ends too early.')
    return word === 'null' ? { kind: 'null', at } : { kind: 'boolean', at, value: word === 'true' }
  }

  #readString(): string {
    const at = this.#at
    let end = this.text.indexOf('"', at + 1)
    while (end >= 0 && this.#isEscaped(end)) end = this.text.indexOf('"', end + 1)
    if (end < 0) throw new JsonFault(at, 'A string is never closed.')
    this.#at = end + 1
    try {
      const value: unknown = JSON.parse(this.text.slice(at, end + 1))
      return String(value)
    } catch {
      throw new JsonFault(at, 'A string holds a raw control character, or an escape that JSON does not know.')
    }
  }

  /** An odd number of backslashes before a sign takes its meaning away. Each run of them is counted once, since a quote ends the search. */
  #isEscaped(at: number): boolean {
    let start = at
    while (this.text[start - 1] === '\\') start--
    return (at - start) % 2 === 1
  }

  #readObject(at: number, depth: number): JsonNode {
    const members = new Map<string, JsonNode>()
    const repeated: string[] = []
    if (this.#take('}')) return { kind: 'object', at, members, repeated }
    do {
      this.#match(BLANK)
      if (this.text[this.#at] !== '"') throw new JsonFault(this.#at, 'A name in quotation marks is due.')
      const name = this.#readString()
      if (!this.#take(':')) throw new JsonFault(this.#at, 'A colon is due.')
      if (members.has(name)) repeated.push(name)
      members.set(name, this.#readValue(depth))
    } while (this.#take(','))
    if (!this.#take('}')) throw new JsonFault(this.#at, 'A comma or a closing brace is due.')
    return { kind: 'object', at, members, repeated }
  }

  #readArray(at: number, depth: number): JsonNode {
    const items: JsonNode[] = []
    if (this.#take(']')) return { kind: 'array', at, items }
    do items.push(this.#readValue(depth))
    while (this.#take(','))
    if (!this.#take(']')) throw new JsonFault(this.#at, 'A comma or a closing bracket is due.')
    return { kind: 'array', at, items }
  }
}
