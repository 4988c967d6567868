import type { Problem } from '../problems.js'
import { coloursOn } from './colours.js'
import { say } from './say.js'
import { tell } from './write.js'

/** Problems, worst first, each with its place, its code and what to do. Notes have a row in the account. */
export function writeProblems(problems: readonly Problem[], onlyErrors: boolean): void {
  for (const level of ['error', 'warning'] as const) {
    if (onlyErrors && level === 'warning') return
    const wanted = problems.filter(problem => problem.level === level)
    if (wanted.length === 0) continue
    if (process.env['GITHUB_ACTIONS'] === 'true') tell(annotateMany(wanted))
    else say(formatMany(wanted).trimEnd())
  }
}

/** A weekly that dates no issue has one problem, told for each file: beyond so many of one kind only some are shown. */
const many = 12
const shownOfMany = 5

/** Of many problems of one kind the first, and how many more there are of which kind; no such text where all are shown. */
export function pickExamples(problems: readonly Problem[]): { shown: Problem[]; more: string } {
  const counts = new Map<string, number>()
  for (const { code } of problems) counts.set(code, (counts.get(code) ?? 0) + 1)
  const told = new Map<string, number>()
  const shown = problems.filter(({ code }) => {
    const before = told.get(code) ?? 0
    told.set(code, before + 1)
    return (counts.get(code) ?? 0) <= many || before < shownOfMany
  })
  const more = [...counts].filter(([, count]) => count > many).map(([code, count]) => `${count - shownOfMany} more ${code}`)
  return { shown, more: more.join(', ') }
}

/** Like {@link formatProblems}, with the first of many of one kind and how many more there are. @param whole says where all are */
export function formatMany(problems: readonly Problem[], whole = allInReport, stream: NodeJS.WriteStream = process.stderr): string {
  const { shown, more } = pickExamples(problems)
  const rest = more === '' ? '' : `${coloursOn(stream).dim(`… and ${more}; ${whole}`)}\n`
  return `${formatProblems(shown, stream)}${rest}`
}

const allInReport = '--report FILE has all'

/** Each problem with its place and code; below several of one kind, their cause and what to do once. Coloured for the stream. */
export function formatProblems(problems: readonly Problem[], stream: NodeJS.WriteStream = process.stderr): string {
  const { dim, red, yellow } = coloursOn(stream)
  return problems
    .flatMap((problem, at) => {
      const { level, code, message, hint, cause } = problem
      const next = problems[at + 1]
      const isSameCure = next?.code === code && next.hint === hint
      const color = level === 'error' ? red : level === 'warning' ? yellow : dim
      return [
        `${color(level)} ${placeOf(problem)}${message} ${dim(code)}`,
        isSameCure && next.cause === cause ? undefined : cause && dim(`  ${cause}`),
        isSameCure ? undefined : hint && dim(`  → ${hint}`),
      ]
    })
    .filter(Boolean)
    .map(line => `${line}\n`)
    .join('')
}

/** GitHub shows ten of a step: those that stand beside a line come first. */
function annotateMany(problems: readonly Problem[]): string {
  const placed = ({ where: { file, line } }: Problem) => Number(file !== undefined) + Number(line !== undefined)
  const { shown, more } = pickExamples(problems.toSorted((a, b) => placed(b) - placed(a)))
  return [...shown.map(annotate), ...(more === '' ? [] : [`… and ${more}; ${allInReport}`])].map(line => `${line}\n`).join('')
}

/** A problem as a workflow command, which GitHub shows beside the line that it is about. */
function annotate({ level, code, message, hint, where }: Problem): string {
  const property = (text: string) =>
    text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A').replace(/:/g, '%3A').replace(/,/g, '%2C')
  const place = where.file === undefined ? '' : `file=${property(where.file)},${where.line === undefined ? '' : `line=${where.line},`}`
  const text = [where.file === undefined && where.url ? `${where.url}  ` : '', message, hint ? ` → ${hint}` : ''].join('')
  return `::${level === 'note' ? 'notice' : level} ${place}title=${code}::${text.replace(/%/g, '%25').replace(/\r?\n/g, '%0A')}`
}

/** Where it is, before what is said of it. */
export function placeOf({ where }: Problem): string {
  if (where.file !== undefined)
    return `${where.file}${where.line === undefined ? '' : `:${where.line}`}${where.column === undefined ? '' : `:${where.column}`}  `
  return where.url === undefined ? '' : `${where.url}  `
}
