import { readReferences } from './xml-references.js'

/** An attribute; `space` is the address of its namespace, empty for none. */
export interface XmlAttribute {
  name: string
  space: string
  value: string
}

/** An element as far as a check needs it. */
export interface XmlElement {
  /** Name without its prefix. */
  name: string
  space: string
  attributes: readonly XmlAttribute[]
  children: XmlElement[]
  /** The text that stands directly in it. */
  text: string
  /** Offset of its start tag. */
  at: number
}

/** What makes a text no well-formed XML, and where. */
export interface XmlFault {
  at: number
  message: string
}

const NAME = String.raw`[\p{L}_][\p{L}\p{N}\p{M}_.\-·]*`
const QUALIFIED = `(?:(${NAME}):)?(${NAME})`
const OPENING = new RegExp(QUALIFIED, 'uy')
const CLOSING = new RegExp(String.raw`${QUALIFIED}\s*>`, 'uy')
const ATTRIBUTE = new RegExp(String.raw`\s+${QUALIFIED}\s*=\s*(?:"([^<"]*)"|'([^<']*)')`, 'uy')
const TAG_END = /\s*(\/?)>/y
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff\p{Surrogate}]/gu
const XML_SPACE = 'http://www.w3.org/XML/1998/namespace'
/** After so many the rest says nothing new. */
const MOST_FAULTS = 20

/**
 * Reads XML strictly, by XML 1.0 and Namespaces in XML, without validation: elements with their namespaces and what is not well-formed.
 * After a fault of structure nothing more is read. Iterative and linear, whatever the text; entities of a document type are not expanded.
 */
export function scanXml(text: string): { root: XmlElement | undefined; faults: readonly XmlFault[] } {
  const scan = new XmlScan(text)
  scan.run()
  return { root: scan.root, faults: scan.faults.sort((a, b) => a.at - b.at).slice(0, MOST_FAULTS) }
}

/** The state of one scan. */
class XmlScan {
  root: XmlElement | undefined
  readonly faults: XmlFault[] = []
  private readonly open: { element: XmlElement; tag: string; prefixes: readonly string[] }[] = []
  /** For each prefix the namespaces it stood for, the innermost last. */
  private readonly spaces = new Map<string, string[]>([['xml', [XML_SPACE]]])
  private readonly entities = new Set<string>()
  private hasOutsideEntities = false
  private at = 0

  constructor(private readonly text: string) {}

  run(): void {
    for (const match of this.text.matchAll(FORBIDDEN)) {
      if (this.faults.length >= MOST_FAULTS) break
      this.fault(match.index, `The character U+${match[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')} is forbidden in XML.`)
    }
    this.at = this.text.startsWith('\ufeff') ? 1 : 0
    if (/\s*<\?xml\s/y.test(this.text.slice(this.at, this.at + 1000)) && !this.text.startsWith('<?xml', this.at)) {
      this.fault(this.at, 'White space stands before the XML declaration.')
    }
    let isFine = true
    while (isFine && this.at < this.text.length) isFine = this.step()
    const unclosed = this.open.at(-1)
    if (isFine && unclosed !== undefined) this.fault(unclosed.element.at, `<${unclosed.tag}> is never closed.`)
    else if (isFine && this.root === undefined) this.fault(0, 'There is no element.')
  }

  private fault(at: number, message: string): false {
    this.faults.push({ at, message })
    return false
  }

  private step(): boolean {
    const { text } = this
    const start = text.indexOf('<', this.at)
    this.readText(this.at, start < 0 ? text.length : start)
    this.at = text.length
    if (start < 0) return true
    if (text.startsWith('<!--', start)) return this.skip(start, 4, '-->', 'comment')
    if (text.startsWith('<![CDATA[', start)) return this.readCdata(start)
    if (text.startsWith('<?', start)) return this.skip(start, 2, '?>', 'processing instruction')
    if (text.startsWith('<!DOCTYPE', start)) return this.readDoctype(start)
    return text.startsWith('</', start) ? this.readClosing(start) : this.readOpening(start)
  }

  private readText(from: number, to: number): void {
    if (from === to) return
    const raw = this.text.slice(from, to)
    const parent = this.open.at(-1)?.element
    if (parent === undefined) {
      const stray = /[^\s\ufeff]/.exec(raw)
      if (stray !== null) this.fault(from + stray.index, 'Text stands outside of the root element.')
      return
    }
    const end = raw.indexOf(']]>')
    if (end >= 0) this.fault(from + end, '"]]>" stands outside of a CDATA section.')
    parent.text += this.decode(raw, from)
  }

  private decode(raw: string, at: number): string {
    return raw.includes('&')
      ? readReferences(
          raw,
          name => this.hasOutsideEntities || this.entities.has(name),
          (index, message) => this.faults.length < 1000 && this.fault(at + index, message),
        )
      : raw
  }

  private skip(start: number, opening: number, closing: string, name: string): boolean {
    const end = this.text.indexOf(closing, start + opening)
    if (end < 0) return this.fault(start, `A ${name} is never closed.`)
    if (closing === '-->' && this.text.slice(start + opening, end + 1).includes('--')) this.fault(start, 'A comment holds "--".')
    if (closing === '?>' && start > 1 && /^<\?xml[\s?]/i.test(this.text.slice(start, start + 6)))
      this.fault(start, 'An XML declaration stands elsewhere than at the start.')
    this.at = end + closing.length
    return true
  }

  private readCdata(start: number): boolean {
    const end = this.text.indexOf(']]>', start)
    const parent = this.open.at(-1)?.element
    if (end < 0) return this.fault(start, 'A CDATA section is never closed.')
    if (parent === undefined) return this.fault(start, 'A CDATA section stands outside of the root element.')
    parent.text += this.text.slice(start + 9, end)
    this.at = end + 3
    return true
  }

  /** Takes no more from a document type than the names of its entities. */
  private readDoctype(start: number): boolean {
    const subset = this.text.indexOf('[', start)
    const close = this.text.indexOf('>', start)
    const end = subset >= 0 && subset < close ? this.text.indexOf(']>', subset) + 1 : close
    if (close < 0 || end <= 0) return this.fault(start, 'The document type is never closed.')
    // One that stands elsewhere is not read, so any entity may be declared there.
    this.hasOutsideEntities ||= /^<!DOCTYPE\s+[^\s>[]+\s+(?:PUBLIC|SYSTEM)\b/.test(this.text.slice(start, end))
    if (this.root !== undefined) return this.fault(start, 'A document type stands behind the root element.')
    for (const [, name = ''] of this.text.slice(start, end).matchAll(/<!ENTITY\s+([^\s%"'<>]+)/g)) this.entities.add(name)
    this.at = end + 1
    return true
  }

  private readClosing(start: number): boolean {
    const top = this.open.pop()
    CLOSING.lastIndex = start + 2
    const match = CLOSING.exec(this.text)
    if (match === null) return this.fault(start, 'An end tag is broken.')
    const tag = match[0].slice(0, -1).trimEnd()
    if (top === undefined) return this.fault(start, `</${tag}> closes nothing.`)
    if (top.tag !== tag) return this.fault(start, `</${tag}> stands where </${top.tag}> is due.`)
    for (const prefix of top.prefixes) this.spaces.get(prefix)?.pop()
    this.at = CLOSING.lastIndex
    return true
  }

  private readOpening(start: number): boolean {
    OPENING.lastIndex = start + 1
    const [tag, prefix = '', name = ''] = OPENING.exec(this.text) ?? []
    if (tag === undefined) return this.fault(start, 'A "<" begins no tag; it has to be written as &lt;.')
    let end = OPENING.lastIndex
    const raw: { prefix: string; name: string; value: string; at: number }[] = []
    ATTRIBUTE.lastIndex = end
    for (let match = ATTRIBUTE.exec(this.text); match !== null; match = ATTRIBUTE.exec(this.text)) {
      const [whole, attributePrefix = '', attributeName = '', double, single = ''] = match
      end = ATTRIBUTE.lastIndex
      const value = double ?? single
      raw.push({
        prefix: attributePrefix,
        name: attributeName,
        value: this.decode(value, match.index + whole.length - value.length - 1),
        at: match.index,
      })
    }
    TAG_END.lastIndex = end
    const close = TAG_END.exec(this.text)
    if (close === null) return this.fault(start, `The tag <${tag}> is broken: an attribute without a quoted value, or one that holds "<".`)
    this.at = TAG_END.lastIndex
    const prefixes = this.declare(raw)
    const element: XmlElement = {
      name,
      space: this.spaceOf(prefix, start),
      attributes: this.qualify(raw),
      children: [],
      text: '',
      at: start,
    }
    const parent = this.open.at(-1)?.element
    if (parent !== undefined) parent.children.push(element)
    else if (this.root === undefined) this.root = element
    else return this.fault(start, 'A second root element begins.')
    if (close[1] === '') this.open.push({ element, tag, prefixes })
    else for (const declared of prefixes) this.spaces.get(declared)?.pop()
    return true
  }

  /** Puts the namespaces that a tag declares into force; gives their prefixes. */
  private declare(raw: readonly { prefix: string; name: string; value: string }[]): string[] {
    const prefixes: string[] = []
    for (const { prefix, name, value } of raw) {
      if (prefix !== 'xmlns' && (prefix !== '' || name !== 'xmlns')) continue
      const declared = prefix === 'xmlns' ? name : ''
      prefixes.push(declared)
      const known = this.spaces.get(declared)
      if (known === undefined) this.spaces.set(declared, [value])
      else known.push(value)
    }
    return prefixes
  }

  private spaceOf(prefix: string, at: number): string {
    const space = this.spaces.get(prefix)?.at(-1)
    if (space === undefined && prefix !== '') this.fault(at, `The prefix "${prefix}:" is not declared.`)
    return space ?? ''
  }

  private qualify(raw: readonly { prefix: string; name: string; value: string; at: number }[]): XmlAttribute[] {
    const attributes: XmlAttribute[] = []
    const seen = new Set<string>()
    for (const { prefix, name, value, at } of raw) {
      const isDeclaration = prefix === 'xmlns' || (prefix === '' && name === 'xmlns')
      const space = prefix === '' || isDeclaration ? '' : this.spaceOf(prefix, at)
      const key = isDeclaration ? `${prefix}:${name}` : `${space} ${name}`
      if (seen.has(key)) this.fault(at, `The attribute ${name} stands twice in one tag.`)
      seen.add(key)
      if (!isDeclaration) attributes.push({ name, space, value })
    }
    return attributes
  }
}
