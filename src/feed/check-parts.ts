import type { ValueKindName } from './check-values.js'
import type { Findings } from './findings.js'
import type { XmlElement } from './scan-xml.js'

/** What a format says of one part of an element. */
export interface PartRule {
  isRequired?: true
  /** It may stand more than once. */
  isMany?: true
  /** What its text must be, when it has one. */
  value?: ValueKindName
  /** It may be empty although it is required. */
  mayBeEmpty?: true
}

/** The parts that an element may have, by name. */
export type PartRules = Readonly<Record<string, PartRule>>

/** The children of a name in a namespace. */
export function childrenOf(element: XmlElement, name: string, space = element.space): XmlElement[] {
  return element.children.filter(child => child.name === name && child.space === space)
}

/** The value of an attribute that is in no namespace, without white space around it. */
export function attributeOf(element: XmlElement, name: string): string | undefined {
  return element.attributes.find(attribute => attribute.name === name && attribute.space === '')?.value.trim()
}

/** Checks that the element states version 2.0 of its format. */
export function checkVersion(root: XmlElement, called: string, findings: Findings): void {
  const version = attributeOf(root, 'version')
  if (version === undefined) findings.add('FEED_PART_MISSING', root.at, `<${root.name}> has no version.`)
  else if (version !== '2.0') findings.add('FEED_VERSION_OLD', root.at, `${called} ${version.slice(0, 20)}.`)
}

/** The ids of these elements, each the text of its first child of that name. */
export function idsOf(elements: readonly XmlElement[], name: string): { id: string; at: number }[] {
  return elements.flatMap(element => childrenOf(element, name).slice(0, 1)).map(({ text, at }) => ({ id: text.trim(), at }))
}

/** Checks the children of the element's own namespace by the rules of its format. */
export function checkChildren(element: XmlElement, rules: PartRules, findings: Findings): void {
  const counts = new Map<string, number>()
  for (const child of element.children) {
    if (child.space !== element.space) continue
    const rule = Object.hasOwn(rules, child.name) ? rules[child.name] : undefined
    if (rule === undefined) {
      findings.add('FEED_PART_UNKNOWN', child.at, `<${element.name}> has no part <${child.name}>.`)
      continue
    }
    const count = (counts.get(child.name) ?? 0) + 1
    counts.set(child.name, count)
    if (count === 2 && rule.isMany === undefined)
      findings.add('FEED_PART_REPEATED', child.at, `<${child.name}> stands twice in <${element.name}>.`)
    const text = child.text.trim()
    if (rule.value !== undefined && (text !== '' || rule.isRequired)) findings.demand(rule.value, text, child.at, `<${child.name}>`)
    else if (rule.isRequired && rule.mayBeEmpty === undefined && text === '' && child.children.length === 0) {
      findings.add('FEED_PART_MISSING', child.at, `<${child.name}> of <${element.name}> is empty.`)
    }
  }
  for (const [name, rule] of Object.entries(rules)) {
    if (rule.isRequired && !counts.has(name)) findings.add('FEED_PART_MISSING', element.at, `<${element.name}> has no <${name}>.`)
  }
}

/** Checks attributes by the rules of the format. */
export function checkAttributes(element: XmlElement, rules: PartRules, findings: Findings): void {
  for (const [name, rule] of Object.entries(rules)) {
    const value = attributeOf(element, name)
    if (value === undefined || (value === '' && rule.isRequired && rule.value === undefined)) {
      if (rule.isRequired) findings.add('FEED_PART_MISSING', element.at, `<${element.name}> has no ${name}.`)
    } else if (rule.value !== undefined) findings.demand(rule.value, value, element.at, `${name} of <${element.name}>`)
  }
}
