/** Text that is looked for: see {@link compilePattern}. */
export type TextPattern = string | RegExp

/** A pattern made ready for many texts. */
export type MatchText = (text: string) => boolean

/** Why an expression cannot be matched in linear time. */
export class PatternFault extends Error {}

/**
 * Makes a pattern ready. A string is found anywhere in the text, whatever its case and width (`ＲＳＳ` is `rss`); `*` in it stands for anything between.
 * A `RegExp` is matched by an automaton, so the time is in proportion to the text whatever the expression; groups, classes, alternatives, repetitions, `^ $ \b` and
 * the flags `i m s u` mean what they always do. What no automaton can do (look-around, references to groups) throws a {@link PatternFault}, and so does an
 * expression of more than 2,000 steps.
 */
export function compilePattern(pattern: TextPattern): MatchText {
  return typeof pattern === 'string' ? findParts(pattern) : matchExpression(pattern)
}

function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase()
}

function findParts(pattern: string): MatchText {
  const parts = fold(pattern)
    .split('*')
    .filter(part => part !== '')
  return text => {
    const folded = fold(text)
    let at = 0
    for (const part of parts) {
      const found = folded.indexOf(part, at)
      if (found < 0) return false
      at = found + part.length
    }
    return true
  }
}

/** A step of the automaton: takes a character, forks, asks what stands around, or has matched. */
type Step =
  | { kind: 'character'; test: RegExp; next: number }
  | { kind: 'fork'; next: number; other: number }
  | { kind: 'place'; test: (before: string, after: string) => boolean; next: number }
  | { kind: 'match' }

/** Makes the steps of a part, given the step that follows, and says which of them is first. */
type Part = (next: number) => number

const mostSteps = 2000
const deepest = 100
const atom = /\\u\{[\da-f]+\}|\\u[\da-f]{4}|\\x[\da-f]{2}|\\c[a-z]|\\p\{[^}]*\}|\\[\s\S]|\[\^?(?:\\[\s\S]|[^\]\\])*\]|[\s\S]/iy
const atomOfCodePoints = new RegExp(atom.source, 'iuy')
const repetition = /([*+?]|\{(\d{1,9})(?:(,)(\d{1,9})?)?\})\??/y

class ExpressionReader {
  readonly steps: Step[] = [{ kind: 'match' }]
  #at = 0
  #depth = 0
  readonly #source: string
  readonly #flags: string
  readonly #atom: RegExp

  constructor({ source, flags, unicode }: RegExp) {
    this.#source = source
    this.#flags = flags.replace(/[^imsu]/g, '')
    this.#atom = unicode ? atomOfCodePoints : atom
  }

  read(): number {
    const whole = this.#readAlternatives()
    return whole(0)
  }

  #add(step: Step): number {
    if (this.steps.length >= mostSteps) throw new PatternFault(`is longer than ${mostSteps} steps`)
    return this.steps.push(step) - 1
  }

  #readAlternatives(): Part {
    const alternatives: Part[] = [this.#readSequence()]
    while (this.#takes('|')) alternatives.push(this.#readSequence())
    return next => alternatives.map(part => part(next)).reduceRight((other, first) => this.#add({ kind: 'fork', next: first, other }))
  }

  #readSequence(): Part {
    const parts: Part[] = []
    while (this.#at < this.#source.length && this.#source[this.#at] !== '|' && this.#source[this.#at] !== ')')
      parts.push(this.#readRepeated())
    return next => parts.reduceRight((following, part) => part(following), next)
  }

  #readRepeated(): Part {
    const part = this.#readPart()
    repetition.lastIndex = this.#at
    const [whole, sign, least, comma, most] = repetition.exec(this.#source) ?? []
    if (whole === undefined) return part
    this.#at += whole.length
    if (sign === '*') return this.#loop(part)
    if (sign === '+') return next => part(this.#loop(part)(next))
    if (sign === '?') return this.#repeat(part, 0, 1)
    return this.#repeat(part, Number(least), comma === undefined ? Number(least) : most === undefined ? undefined : Number(most))
  }

  #loop(part: Part): Part {
    return next => {
      const fork: Step = { kind: 'fork', next: 0, other: next }
      const at = this.#add(fork)
      fork.next = part(at)
      return at
    }
  }

  #repeat(part: Part, least: number, most: number | undefined): Part {
    return next => {
      let start = most === undefined ? this.#loop(part)(next) : next
      for (let count = least; count < (most ?? least); count++) start = this.#add({ kind: 'fork', next: part(start), other: next })
      for (let count = 0; count < least; count++) start = part(start)
      return start
    }
  }

  #readPart(): Part {
    if (this.#takes('(')) return this.#readGroup()
    const place = this.#readPlace()
    if (place !== undefined) return next => this.#add({ kind: 'place', test: place, next })
    this.#atom.lastIndex = this.#at
    const [text = ''] = this.#atom.exec(this.#source) ?? []
    if (/^\\[1-9k]/.test(text)) throw new PatternFault('refers to a group')
    this.#at += text.length
    // A single character is asked of the engine itself, so classes, case and properties are what they always are.
    const test = new RegExp(`^(?:${text})$`, this.#flags.replace('m', ''))
    return next => this.#add({ kind: 'character', test, next })
  }

  #readGroup(): Part {
    if (this.#source[this.#at] === '?') {
      const [start] = /^\?(?::|<(?![=!])[^>]*>)/.exec(this.#source.slice(this.#at, this.#at + 200)) ?? []
      if (start === undefined) throw new PatternFault('looks around, or changes its flags')
      this.#at += start.length
    }
    if (++this.#depth > deepest) throw new PatternFault('nests too deep')
    const group = this.#readAlternatives()
    this.#depth--
    this.#takes(')')
    return group
  }

  #readPlace(): ((before: string, after: string) => boolean) | undefined {
    const isMultiline = this.#flags.includes('m')
    const isEdge = (character: string) => character === '' || (isMultiline && /[\n\r\u2028\u2029]/.test(character))
    if (this.#takes('^')) return before => isEdge(before)
    if (this.#takes('$')) return (_, after) => isEdge(after)
    const word = new RegExp('^\\w$', this.#flags.replace('m', ''))
    if (this.#takes('\\b')) return (before, after) => word.test(before) !== word.test(after)
    if (this.#takes('\\B')) return (before, after) => word.test(before) === word.test(after)
    return undefined
  }

  #takes(text: string): boolean {
    const isThere = this.#source.startsWith(text, this.#at)
    if (isThere) this.#at += text.length
    return isThere
  }
}

function matchExpression(expression: RegExp): MatchText {
  if (expression.flags.includes('v')) throw new PatternFault('has the flag v')
  const reader = new ExpressionReader(expression)
  const start = reader.read()
  const { steps } = reader
  return text => run(steps, start, expression.unicode ? [...text] : text.split(''))
}

/** Follows all ways through the automaton at once: at each character no step is taken twice. */
function run(steps: readonly Step[], start: number, characters: readonly string[]): boolean {
  const seenAt = new Int32Array(steps.length).fill(-1)
  let open: number[] = []
  for (let at = 0; at <= characters.length; at++) {
    const [before = '', after = ''] = [characters[at - 1], characters[at]]
    const waiting: { test: RegExp; next: number }[] = []
    open.push(start)
    for (let index = open.pop(); index !== undefined; index = open.pop()) {
      const step = steps[index]
      if (step === undefined || seenAt[index] === at) continue
      seenAt[index] = at
      if (step.kind === 'match') return true
      if (step.kind === 'character') waiting.push(step)
      else if (step.kind === 'fork') open.push(step.other, step.next)
      else if (step.test(before, after)) open.push(step.next)
    }
    if (after === '') return false
    open = waiting.filter(({ test }) => test.test(after)).map(({ next }) => next)
  }
  return false
}
