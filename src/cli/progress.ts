import type { ProgressEvent } from '../run/options.js'
import { cutColumns } from './columns.js'
import { describeRow, noteProgress, type ProgressRow } from './progress-state.js'
import { tell } from './write.js'

/** Shows what happens, on stderr. */
export interface Progress {
  event(event: ProgressEvent): void
  /** Takes away what is only of the moment. */
  end(): void
}

/** Lines that are written over on a terminal, one for each source, host and feed; elsewhere plain lines. */
export function showProgress({ quiet }: { quiet: boolean }): Progress {
  if (quiet) return { event: () => {}, end: () => {} }
  return process.stderr.isTTY && process.env['CI'] === undefined && process.env['TERM'] !== 'dumb' ? liveLines() : plainLines()
}

/** So often a second at most: more is flicker. */
const frame = 80

/** What does not fit a screen is summed up; a terminal that scrolls cannot be written over. */
const mostLines = 8

function liveLines(): Progress {
  let rows: ProgressRow[] = []
  let shown = 0
  let drawn = 0
  const draw = (lines: readonly string[]) => {
    const up = shown > 0 ? `\u001b[${shown}A` : ''
    process.stderr.write(`${up}\r\u001b[J${lines.map(line => `${line}\n`).join('')}`)
    shown = lines.length
  }
  return {
    event(event) {
      const now = performance.now()
      rows = noteProgress(rows, event, now)
      if (now - drawn < frame && event.done > 0) return
      drawn = now
      draw(screenOf(rows, now))
    },
    end() {
      if (shown > 0) draw([])
    },
  }
}

function screenOf(rows: readonly ProgressRow[], now: number): string[] {
  const width = Math.max(20, (process.stderr.columns ?? 80) - 1)
  const room = Math.max(1, Math.min(mostLines, (process.stderr.rows ?? 24) - 3))
  const open = rows.filter(row => row.done < row.total && row.stopped === undefined)
  const first = rows.length <= room ? rows : [...open, ...rows.filter(row => !open.includes(row))].slice(0, room - 1)
  const more = rows.length - first.length
  const item = rows.findLast(row => row.item !== undefined)?.item
  return [
    ...first.map(row => cutColumns(describeRow(row, now), width)),
    ...(more > 0 ? [`and ${more} more`] : []),
    ...(item === undefined ? [] : [cutColumns(`  ${item}`, width)]),
  ]
}

/** A line where a step begins, one every so many pages, one for every page that fails, one when a host is left alone. */
const pagesALine = 25

function plainLines(): Progress {
  let rows: ProgressRow[] = []
  return {
    event(event) {
      const now = performance.now()
      const isNew = !rows.some(row => row.step === event.step && row.subject === event.subject)
      rows = noteProgress(rows, event, now)
      const row = rows.find(each => each.step === event.step && each.subject === event.subject)
      const isDue =
        isNew || (event.step === 'fetch' && (event.problem !== undefined || event.done % pagesALine === 0 || event.done === event.total))
      if (!row || !isDue) return
      const why = event.problem === undefined || row.stopped !== undefined ? '' : `  ${event.item ?? ''}  ${event.problem}`
      tell(`${describeRow(isNew && event.step !== 'fetch' ? { ...row, done: 0 } : row, now)}${why}\n`)
    },
    end() {},
  }
}
