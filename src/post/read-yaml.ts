import { EVENT_ID, type Event, getScalarValue, parseEvents, YAMLException } from 'js-yaml'
import { type FrontTable, type FrontValue, frontKey } from './front-values.js'

/** Why a text is no YAML, and on which of its lines, from 1. */
export class YamlFault extends Error {
  readonly line: number

  constructor(reason: string, line: number) {
    super(reason)
    this.line = line
  }
}

/** What nests deeper than this is left out. */
const maxDepth = 8
/** So many times a text may point back at a value that it has given a name; no weekly does it more than once or twice. */
const maxAliases = 20

/** YAML forbids these, and no reader ever saw one. */
const unprintable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f\ufffe\uffff\p{Surrogate}]/gu

/**
 * Reads YAML as tables, lists and texts: every scalar is the text that was written, whatever it looks like (the failsafe schema of YAML 1.2). Of two values of a key
 * the later counts, of several documents the first. Throws a {@link YamlFault} for what is no YAML, and for values that hold themselves.
 */
export function readYaml(text: string): FrontTable {
  const source = text.replace(unprintable, '')
  const value = firstDocument(parse(source), source)
  return value instanceof Map ? value : new Map()
}

/** The commonest mistakes: the parser gives up further down, where it can tell no more what was meant. */
const mistakes: readonly { reason: RegExp; line: RegExp; says: string }[] = [
  { reason: /quoted scalar|deficient indentation/, line: /^[^"'#]{0,200}[\s:,[{-](?:"[^"\\]*|'[^']*)$/, says: 'a quote is not closed' },
  {
    reason: /multiline key|separator is expected|missed comma/,
    line: /^(?!.*(?:":|:(?:\s|$)))\s*[^\s#{}]/,
    says: 'a line has no colon behind its key',
  },
]

function parse(source: string): readonly Event[] {
  try {
    return parseEvents(source, {})
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error
    const { reason, mark } = error
    const lines = source.split('\n').slice(0, (mark?.line ?? 0) + 1)
    for (const mistake of mistakes) {
      const at = mistake.reason.test(reason) ? lines.findLastIndex(line => mistake.line.test(line)) : -1
      if (at >= 0) throw new YamlFault(mistake.says, at + 1)
    }
    throw new YamlFault(reason, lines.length)
  }
}

/** A list or a table whose end is still to come. */
interface Open {
  value: FrontValue
  /** The name under which the text may point back at it, once it is whole. */
  anchor?: string | undefined
  add(item: FrontValue): void
}

function openList(): Open & { value: FrontValue[] } {
  const value: FrontValue[] = []
  return { value, add: item => value.push(item) }
}

/** Takes a key, then its value. Keys that are no texts mean nothing in front matter. */
function openTable(): Open {
  const value = new Map<string, FrontValue>()
  let key: FrontValue | undefined
  const add = (item: FrontValue) => {
    if (typeof key === 'string') value.set(frontKey(key), item)
    key = key === undefined ? item : undefined
  }
  return { value, add }
}

/** The value of the first document. */
function firstDocument(events: readonly Event[], source: string): FrontValue | undefined {
  const document = openList()
  const open: Open[] = []
  const named = new Map<string | undefined, FrontValue>()
  let aliases = 0
  for (const event of events) {
    if (event.type === EVENT_ID.DOCUMENT) open.push(document)
    else if (event.type === EVENT_ID.POP) {
      const closed = open.pop()
      if (closed === document) break
      if (closed?.anchor !== undefined) named.set(closed.anchor, closed.value)
    } else {
      const name = event.anchorStart < 0 ? undefined : source.slice(event.anchorStart, event.anchorEnd)
      const add = (value: FrontValue) => open.at(-1)?.add(open.length > maxDepth + 1 ? '' : value)
      if (event.type === EVENT_ID.SCALAR) {
        const text = getScalarValue(source, event)
        if (name !== undefined) named.set(name, text)
        add(text)
      } else if (event.type === EVENT_ID.ALIAS) {
        const value = named.get(name)
        if (value === undefined) throw new YamlFault(`nothing before it is named "${name}"`, lineAt(source, event.anchorStart))
        if (++aliases > maxAliases) throw new YamlFault(`names are used more than ${maxAliases} times`, lineAt(source, event.anchorStart))
        add(value)
      } else {
        const collection = event.type === EVENT_ID.SEQUENCE ? openList() : openTable()
        add(collection.value)
        open.push({ ...collection, anchor: name })
      }
    }
  }
  return document.value[0]
}

function lineAt(source: string, position: number): number {
  return source.slice(0, position).split('\n').length
}
