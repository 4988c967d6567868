import { decodeReferences } from './decode-references.js'

/** A tag as it stands in a text. Attributes are kept as they were written; references in them are resolved when one is asked for. */
export class XmlTag {
  /** What closes its element, in its usual form. */
  readonly endTag: string
  /** All of it, from `<` to `>`, where it is known by that; else empty. */
  written = ''
  /** What came behind it last time: entries resemble each other. */
  follower: XmlTag | undefined = undefined

  constructor(
    /** The name, prefix and all, as written. */
    readonly name: string,
    readonly isClosing: boolean,
    /** `<name/>`: its element has no content. */
    readonly isEmpty: boolean,
    /** Names of the attributes, in lower case. */
    private readonly names: readonly string[],
    private readonly values: readonly string[],
    /** One of them declares a namespace. */
    readonly declaresSpace: boolean,
  ) {
    this.endTag = `</${name}>`
  }

  get hasAttributes(): boolean {
    return this.names.length > 0
  }

  /** The value of an attribute, by its name in lower case; case does not count. */
  attribute(name: string): string | undefined {
    const value = this.values[this.names.indexOf(name)]
    return value === undefined ? undefined : decodeReferences(value.trim())
  }

  /** Calls back for every namespace that the tag declares: prefix in lower case (empty for the default one) and address. */
  declarations(tell: (prefix: string, space: string) => void): void {
    for (const [index, name] of this.names.entries()) {
      const value = this.values[index] ?? ''
      if (name === 'xmlns') tell('', value)
      else if (name.startsWith('xmlns:')) tell(name.slice(6), value)
    }
  }
}

const none: readonly string[] = []

/** A tag that closes an element, or opens one and has no attributes. */
export function bareTag(name: string, isClosing: boolean): XmlTag {
  return new XmlTag(name, isClosing, false, none, none, false)
}
