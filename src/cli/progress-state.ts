import type { ProgressEvent } from '../run/options.js'

/** What is known of one source, host or feed of a run. */
export interface ProgressRow {
  step: ProgressEvent['step']
  subject: string
  done: number
  /** 0 when nobody knows. */
  total: number
  failed: number
  /** Why nothing more is asked of the host in this run. */
  stopped?: string
  /** What was worked on last. */
  item?: string
  /** When it began, in milliseconds of any clock. */
  since: number
}

/** These say that a host is left alone, not that a page failed. */
const stops: ReadonlySet<string> = new Set(['WECHAT_VERIFICATION', 'FETCH_LATER', 'FETCH_BUDGET', 'FETCH_ABORTED'])

/** Rows in the order in which they began; an event changes the one that it is about. */
export function noteProgress(rows: readonly ProgressRow[], event: ProgressEvent, now: number): ProgressRow[] {
  const { step, subject, done, total, item, problem } = event
  const before = rows.find(row => row.step === step && row.subject === subject)
  const isStop = problem !== undefined && stops.has(problem)
  const last = item ?? before?.item
  const row: ProgressRow = {
    step,
    subject,
    done,
    total,
    failed: (before?.failed ?? 0) + (problem === undefined || isStop ? 0 : 1),
    since: before?.since ?? now,
    ...(isStop ? { stopped: problem } : {}),
    ...(last === undefined ? {} : { item: last }),
  }
  return before ? rows.map(each => (each === before ? row : each)) : [...rows, row]
}

const verbs = { read: 'Reading', fetch: 'Fetching', write: 'Writing' } as const

/** One row as a line: what, how far, how many failed or wait, how long it will take. */
export function describeRow(row: ProgressRow, now: number): string {
  const { step, subject, done, total, failed, stopped } = row
  const waiting = total - done
  const left = stopped === undefined ? timeLeft(row, now) : undefined
  return [
    `${verbs[step]} ${subject}`,
    step === 'fetch' ? `${done} of ${total}` : done > 0 ? `${done}` : '',
    failed > 0 ? `${failed} failed` : '',
    step === 'fetch' && waiting > 0 && stopped !== undefined ? `${waiting} wait: ${stopped}` : '',
    left === undefined ? '' : `${left} left`,
  ]
    .filter(part => part !== '')
    .join('  ')
}

/** By the pace so far; nothing before three pages have shown one. */
function timeLeft({ step, done, total, since }: ProgressRow, now: number): string | undefined {
  if (step !== 'fetch' || done < 3 || done >= total) return undefined
  const seconds = Math.ceil(((now - since) / done / 1000) * (total - done))
  return seconds < 90 ? `${seconds} s` : seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`
}
