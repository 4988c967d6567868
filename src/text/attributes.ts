/** The attributes of an element as written, by name. */
export type Attributes = Readonly<Record<string, string>>

/** The value of an attribute; a name such as `constructor` is none that an element has by itself. */
export function getAttribute(attribs: Attributes, name: string): string | undefined {
  return Object.hasOwn(attribs, name) ? attribs[name] : undefined
}
