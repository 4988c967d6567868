import { copyString } from '../text/plain.js'
import { decodeReferences } from './decode-references.js'

/** The name of an element, and what is known of it. */
export class ElementName {
  /** What its start tags begin with. */
  readonly opening: string
  /** What closes its element, in its usual form. */
  readonly endTag: string
  /** Its prefix, in lower case; empty for none. */
  readonly prefix: string
  /** What its prefix meant where it stood last, and what the element was known by there: see `NameScope.keyOf`. */
  space: string | undefined = undefined
  key = ''
  /** The number of the scope in which it was last asked what it is to a reading, and the number of that: see `fieldOf`. */
  scopeNumber = 0
  fieldNumber = 0

  constructor(
    /** As written, prefix and all. */
    readonly name: string,
  ) {
    this.opening = `<${name}`
    this.endTag = `</${name}>`
    const colon = name.indexOf(':')
    this.prefix = colon < 0 ? '' : name.slice(0, colon).toLowerCase()
  }
}

/** Names of elements, of whatever feed: feeds resemble each other. */
const names = new Map<string, ElementName>()
const MOST_NAMES = 2000
/** A longer one is nobody's but this feed's. In UTF-16 units. */
export const LONGEST_NAME = 100

function nameOf(written: string): ElementName {
  const known = names.get(written)
  if (known !== undefined) return known
  if (written.length > LONGEST_NAME) return new ElementName(written)
  if (names.size >= MOST_NAMES) names.clear()
  // In memory of its own: a piece of a feed keeps all of the feed alive.
  const name = copyString(written)
  const element = new ElementName(name)
  names.set(name, element)
  return element
}

/**
 * A tag as it stands in a text. Attributes are kept as they were written; they are told apart, and references in them resolved, when one is asked for: most never are.
 */
export class XmlTag {
  readonly element: ElementName
  /** The name, prefix and all, as written. */
  readonly name: string
  /** One of its attributes declares a namespace. */
  readonly declaresSpace: boolean
  readonly hasAttributes: boolean
  /** All of it, from `<` to `>`, where it is known by that; else empty. */
  written = ''
  /** What came behind it last time: entries resemble each other. */
  follower: XmlTag | undefined = undefined
  /** The attributes with their names in lower case, to look for them, once one was asked for. */
  private lower = ''

  constructor(
    name: string,
    readonly isClosing: boolean,
    /** `<name/>`: its element has no content. */
    readonly isEmpty: boolean,
    /** All its attributes, each as `name="value"` behind white space; values hold no `"` and end with no `=`, so that `="` begins each value and stands nowhere else. */
    private readonly attributes: string,
    /** Their names are in lower case. */
    private readonly isLower: boolean,
  ) {
    if (isLower) this.lower = attributes
    this.element = nameOf(name)
    this.name = this.element.name
    this.hasAttributes = attributes !== ''
    this.declaresSpace = this.hasAttributes && DECLARES.test(attributes)
  }

  /** The value of an attribute, by its name in lower case; case does not count. */
  attribute(name: string): string | undefined {
    if (!this.hasAttributes) return undefined
    if (this.lower === '') this.lower = toLower(this.attributes)
    const { lower } = this
    const sought = `${name}="`
    let at = lower.indexOf(sought)
    // It may end a longer name.
    while (at > 0 && lower.charCodeAt(at - 1) > SPACE) at = lower.indexOf(sought, at + 1)
    return at < 0 ? undefined : this.valueAt(at + sought.length)
  }

  /** Calls back for every namespace that the tag declares: prefix in lower case (empty for the default one) and address. */
  declarations(tell: (prefix: string, space: string) => void): void {
    const { attributes } = this
    let from = 0
    for (let equals = attributes.indexOf('="'); equals >= 0; equals = attributes.indexOf('="', from)) {
      const name = attributes.slice(from, equals).replace(WHITE, '').toLowerCase()
      const end = attributes.indexOf('"', equals + 2)
      if (name === 'xmlns' || name.startsWith('xmlns:')) tell(name.slice(6), attributes.slice(equals + 2, end))
      from = end + 1
    }
  }

  /** The same in memory of its own, known by all that is written: a piece of a feed keeps all of the feed alive. */
  copyKnownBy(written: string): XmlTag {
    const tag = new XmlTag(this.name, this.isClosing, this.isEmpty, copyString(this.attributes), this.isLower)
    tag.written = copyString(written)
    return tag
  }

  private valueAt(start: number): string {
    return decodeReferences(this.attributes.slice(start, this.attributes.indexOf('"', start)).trim())
  }
}

/** In lower case, letter for letter: a few letters are two then. */
function toLower(text: string): string {
  const lower = text.toLowerCase()
  return lower.length === text.length ? lower : text.replace(/[A-Z]+/g, letters => letters.toLowerCase())
}

const SPACE = 0x20
const WHITE = /^[\0- ]+/

const DECLARES = /[\0- ]xmlns/i

/** A tag that closes an element, or opens one and has no attributes. */
export function bareTag(name: string, isClosing: boolean): XmlTag {
  return new XmlTag(name, isClosing, false, '', true)
}
