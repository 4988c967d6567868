/** Longest address and rule that are compared. */
export const maxCompared = 2_000

/** How much of a file is read, in characters; RFC 9309 asks for 500 KiB at least. */
const maxRobots = 512 * 1024

interface Rule {
  isAllowed: boolean
  length: number
  /** What stands between the wildcards, in its order. */
  parts: readonly string[]
  /** Whether the path ends where the rule does. */
  isWhole: boolean
}

/**
 * Reads the rules of a robots.txt (RFC 9309) that concern us, in one pass; gives whether they allow a path with its query. Those of a group that names the product
 * count instead of those for all; of the rules that match, the longest counts, and of two as long the one that allows.
 */
export function readRules(text: string, product: string): (path: string) => boolean {
  const groups = new Map<string, Rule[]>()
  let open = new Set<Rule[]>()
  let isNaming = false
  for (const line of text.slice(0, maxRobots).split(/\r\n|\r|\n/)) {
    const colon = line.indexOf(':')
    const field = line.slice(0, Math.max(colon, 0)).trim().toLowerCase()
    const value = (line.slice(colon + 1).split('#', 1)[0] ?? '').trim()
    if (field === 'user-agent') {
      if (!isNaming) open = new Set()
      isNaming = true
      const name = (/^[\w*-]+/.exec(value)?.[0] ?? '').toLowerCase()
      if (name !== '*' && name !== product) continue
      const group = groups.get(name) ?? []
      groups.set(name, group)
      open.add(group)
    } else if (field === 'allow' || field === 'disallow') {
      isNaming = false
      if (value === '' || value.length > maxCompared || open.size === 0) continue
      const rule = readRule(value, field === 'allow')
      for (const group of open) group.push(rule)
    }
  }
  const rules = groups.get(product) ?? groups.get('*') ?? []
  return path => isAllowed(rules, toUpperTriplets(path))
}

function readRule(value: string, isAllowed: boolean): Rule {
  const pattern = toUpperTriplets(encodeAsUrl(value))
  const isWhole = pattern.endsWith('$')
  const parts = (isWhole ? pattern.slice(0, -1) : pattern).split(/\*+/)
  return { isAllowed, length: pattern.length, parts, isWhole }
}

function isAllowed(rules: readonly Rule[], path: string): boolean {
  let best: Rule | undefined
  for (const rule of rules) {
    const isBetter = best === undefined || rule.length > best.length || (rule.length === best.length && rule.isAllowed && !best.isAllowed)
    // Rules that could change nothing are not compared.
    if (isBetter && matches(rule, path)) best = rule
  }
  return best?.isAllowed ?? true
}

/** Takes each part at the first place where it stands: no other choice could match more, so nothing is tried twice. */
function matches({ parts, isWhole }: Rule, path: string): boolean {
  const [first = '', ...rest] = parts
  if (!path.startsWith(first)) return false
  if (rest.length === 0) return !isWhole || path === first
  const last = isWhole ? (rest.pop() ?? '') : ''
  let at = first.length
  for (const part of rest) {
    const place = path.indexOf(part, at)
    if (place < 0) return false
    at = place + part.length
  }
  return path.endsWith(last) && path.length - last.length >= at
}

/** As a path has it: characters beyond ASCII encoded, what is encoded left so. */
function encodeAsUrl(text: string): string {
  return /\p{Surrogate}/u.test(text) ? text : encodeURI(text).replaceAll('%25', '%')
}

function toUpperTriplets(text: string): string {
  return text.replace(/%[0-9a-f]{2}/gi, triplet => triplet.toUpperCase())
}
