import { type ProblemCode, type ProblemLevel, problemCatalogue } from './problem-catalogue.js'

/** Where something went wrong: a place a person can open. */
export interface Where {
  /** Name of the source that was being read. */
  source?: string
  /** Path of a file, as it was given. */
  file?: string
  /** Line in the file, from 1. */
  line?: number
  /** Column in the line, from 1. */
  column?: number
  /** Address of a page or feed. */
  url?: string
}

/** Something that did not go as it should, as plain data. Expected failures are values; nothing is thrown for them. */
export interface Problem {
  code: ProblemCode
  level: ProblemLevel
  /** What happened, in a sentence, for this one case. */
  message: string
  /** What to do about it. */
  hint?: string
  where: Where
  /** The underlying message (of the network, the file system, a parser), without a stack. */
  cause?: string
  /** Facts for programs, e.g. `target` of a migrated account or `retryAt`. */
  data?: Readonly<Record<string, string>>
}

/** What a step gives back: the value or the one problem that stopped it, with what was noticed on the way. */
export type Outcome<T> =
  | { ok: true; value: T; problems?: readonly Problem[] }
  | { ok: false; problem: Problem; problems?: readonly Problem[] }

/** Makes a problem of the catalogue; level and hint come from there. */
export function makeProblem(
  code: ProblemCode,
  where: Where,
  message: string,
  more: { cause?: string; hint?: string; data?: Readonly<Record<string, string>> } = {},
): Problem {
  const kind = problemCatalogue[code]
  return {
    code,
    level: kind.level,
    message,
    hint: more.hint ?? kind.cure,
    where,
    ...(more.cause === undefined ? {} : { cause: more.cause }),
    ...(more.data === undefined ? {} : { data: more.data }),
  }
}

/** Shorthand for a step that failed. */
export function failed(problem: Problem): { ok: false; problem: Problem } {
  return { ok: false, problem }
}

/** Thrown for misuse only: bad options, a folder that cannot be used, a run that cannot go on. Its message is fit to be shown. */
export class WeekloomError extends Error {
  override readonly name = 'WeekloomError'
  /** What to do about it. */
  readonly hint?: string
  /** The problem that stopped the run, where the catalogue has one. */
  readonly problem?: Problem

  constructor(message: string, hint?: string, more: { cause?: unknown; problem?: Problem } = {}) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause })
    if (hint !== undefined) this.hint = hint
    if (more.problem) this.problem = more.problem
  }
}

/** The text of anything caught, without a stack. */
export function causeOf(error: unknown): string {
  if (!(error instanceof Error))
    return typeof error === 'object' && error !== null ? 'Something was thrown that is no error.' : String(error)
  const inner = error.cause instanceof Error ? `: ${error.cause.message}` : ''
  return `${error.message}${inner}`
}
