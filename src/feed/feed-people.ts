import { toPlain } from '../text/plain.js'
import type { Person } from '../types.js'
import { plainOf, textOf, withoutMarkup } from './element-text.js'
import type { NameScope } from './feed-names.js'
import { addressOf } from './feed-urls.js'
import { noNames } from './name-set.js'
import { Form, type XmlReader } from './xml-reader.js'

const EMAIL = /[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[a-z\d](?:[a-z\d-]{0,62}[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]{0,62}[a-z\d])?){1,10}/i
/** What is left around a name when the address beside it is taken out. */
const LEFT_OVER = /\((?:mailto:)?\s*\)|<(?:mailto:)?\s*>|\[(?:mailto:)?\s*\]|mailto:/gi
/** What an address of `mailto:` says beside it. */
const PARAMETERS = /^\?[^\s()<>[\]]*/
const WRAPPED = /^[("'\s]{0,5}\(([^()]*)\)[)"'\s]{0,5}$/

/** Between two people that are told with their addresses. */
const BETWEEN = /(?<=[)>])\s{0,9}[,;]\s{0,9}|[,;]\s{0,9}(?=[^\s@,;()<>]{1,64}@)/

/** The people of one text: one, or several where each has an address. */
export function peopleOf(text: string): readonly (Person | undefined)[] {
  const at = text.indexOf('@')
  if (at < 0 || text.length > 1000 || !text.includes('@', at + 1)) return [personOf(text)]
  const parts = text.split(BETWEEN)
  return parts.every(part => part.includes('@')) ? parts.map(personOf) : [personOf(text)]
}

/** A person of one text, as RSS and Dublin Core have them: `me@example.org (Me)`, `Me <me@example.org>`, a name, an address. Nothing for an empty one. */
function personOf(text: string): Person | undefined {
  const at = text.indexOf('@')
  const email = at < 0 || text.length > 1000 ? undefined : EMAIL.exec(text)?.[0]
  if (email === undefined) {
    const name = toPlain(withoutMarkup(text))
    return name === '' ? undefined : { name }
  }
  const [before = '', ...behind] = text.split(email)
  const rest = toPlain(withoutMarkup(before + behind.join(email).replace(PARAMETERS, '')).replace(LEFT_OVER, ''))
  const name = toPlain(WRAPPED.exec(rest)?.[1] ?? rest)
    .replace(/^[,;:-]\s|\s?[,;:-]$/, '')
    .replace(/^"([^"]*)"$/, '$1')
  return { name: name || email, email }
}

/** The person that the element last entered holds, with parts (`name`, `email`, `uri`) or as one text. It leaves the reader where it was. */
export function readPerson(reader: XmlReader, scope: NameScope, base: string | undefined): Person | undefined {
  if (!reader.hasTags) return personOf(textOf(reader))
  // By a loop of its own, like pictures: one that calls back costs the reading of feeds two hundredths of its time.
  const { at, contentStart, contentEnd, hasCdata } = reader
  let name: string | undefined
  let email: string | undefined
  let url: string | undefined
  let isDivided = false
  let depth = 0
  reader.at = contentStart
  while (reader.nextTag(contentEnd)) {
    if (reader.tag.isClosing) continue
    const key = scope.keyWithin(reader.tag)
    const resource = reader.tag.attribute('rdf:resource')
    reader.readContent(noNames, contentEnd)
    isDivided ||= isName.has(key) || isEmail.has(key) || isUrl.has(key) || key.includes(':')
    if (isName.has(key)) name ??= plainOf(reader, 'text') || undefined
    else if (isEmail.has(key)) email ??= (EMAIL.exec((resource ?? textOf(reader)).slice(0, 1000))?.[0] ?? textOf(reader)) || undefined
    else if (isUrl.has(key)) url ??= addressOf(resource ?? textOf(reader), base)
    else if (
      reader.hasTags &&
      depth++ < DEEPEST &&
      (key === 'foaf:person' || key === '?:person' || key === '?:agent' || key === 'cc:agent')
    )
      reader.at = reader.contentStart
  }
  reader.contentStart = contentStart
  reader.contentEnd = contentEnd
  reader.form = Form.mixed
  reader.hasTags = true
  reader.hasCdata = hasCdata
  reader.at = at
  const called = name ?? email ?? url
  // Markup around a name holds none of the parts.
  if (called === undefined) return isDivided ? undefined : personOf(plainOf(reader, 'text'))
  return { name: called, ...(url === undefined ? {} : { url }), ...(email === undefined ? {} : { email }) }
}

/** A person stands within the element, and perhaps within a group. */
const DEEPEST = 5

const isName: ReadonlySet<string> = new Set(['name', 'itunes:name', 'foaf:name', 'title', '?:name'])
const isEmail: ReadonlySet<string> = new Set(['email', 'itunes:email', 'foaf:mbox', '?:mbox', '?:email'])
const isUrl: ReadonlySet<string> = new Set(['uri', 'url', 'homepage', 'href', 'foaf:homepage', '?:homepage'])
