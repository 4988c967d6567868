import type { ProblemCode } from '../problem-catalogue.js'
import { makeProblem, type Problem } from '../problems.js'
import { type ValueKind, type ValueKindName, valueKinds } from './check-values.js'

/** After so many a person stops reading, and a hostile feed shall not fill the memory. */
const MOST_FINDINGS = 500
/** Characters of a value that are shown. */
const SHOWN = 80

/** Collects what a check finds, with its place in the text. */
export interface Findings {
  readonly problems: readonly Problem[]
  add(code: ProblemCode, at: number, message: string): void
  /** Adds a problem unless the value, which stands under this name, is of the kind. */
  demand(kind: ValueKindName, value: string, at: number, name: string): void
}

/** Makes an empty collection for a text, in which offsets become lines and columns. */
export function collectFindings(text: string): Findings {
  const problems: Problem[] = []
  let starts: number[] | undefined
  const add: Findings['add'] = (code, at, message) => {
    if (problems.length >= MOST_FINDINGS) return
    starts ??= lineStarts(text)
    problems.push(makeProblem(code, placeOf(starts, at), message))
  }
  return {
    problems,
    add,
    demand(kind, value, at, name) {
      const { holds, name: kindName, code }: ValueKind = valueKinds[kind]
      if (!holds(value)) add(code, at, `${name} is ${quote(value)}, which is no ${kindName}.`)
    },
  }
}

/** A value as a message shows it. */
export function quote(value: string): string {
  return JSON.stringify(value.length > SHOWN ? `${value.slice(0, SHOWN)}…` : value)
}

function lineStarts(text: string): number[] {
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return starts
}

function placeOf(starts: readonly number[], at: number): { line: number; column: number } {
  let low = 0
  let high = starts.length
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if ((starts[middle] ?? 0) <= at) low = middle
    else high = middle
  }
  return { line: low + 1, column: at - (starts[low] ?? 0) + 1 }
}
