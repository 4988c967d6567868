import type { ProgressEvent } from '../run/options.js'

/** Progress on stderr: one line that is written over on a terminal, one plain line a step elsewhere. */
export function showProgress({ quiet }: { quiet: boolean }): { event: (event: ProgressEvent) => void; end: () => void } {
  if (quiet) return { event: () => {}, end: () => {} }
  return process.stderr.isTTY ? liveLine() : plainLines()
}

const verbs = { read: 'Reading', fetch: 'Fetching', write: 'Writing' } as const

function describe({ step, subject, done, total, item, problem }: ProgressEvent): string {
  const count = total > 0 ? ` ${done}/${total}` : ''
  return `${verbs[step]} ${subject}${count}${item ? `  ${item}` : ''}${problem ? `  ${problem}` : ''}`
}

function liveLine() {
  let shown = false
  return {
    event(event: ProgressEvent) {
      const text = describe(event)
      const width = Math.max(20, (process.stderr.columns ?? 80) - 1)
      process.stderr.write(`\r\u001b[2K${cutColumns(text, width)}`)
      shown = true
    },
    end() {
      if (shown) process.stderr.write('\r\u001b[2K')
      shown = false
    },
  }
}

/** Cut to so many columns; a Chinese character takes two. */
function cutColumns(text: string, width: number): string {
  let columns = 0
  let end = 0
  for (const character of text) {
    columns += /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/.test(character) ? 2 : 1
    if (columns > width) return text.slice(0, end)
    end += character.length
  }
  return text
}

function plainLines() {
  const begun = new Set<string>()
  return {
    event(event: ProgressEvent) {
      const { step, subject, done, total } = event
      const key = `${step} ${subject}`
      // A line when a step begins, one for every page asked for, and nothing for what is only counted.
      if (step !== 'fetch' && begun.has(key)) return
      begun.add(key)
      process.stderr.write(`${describe(step === 'fetch' ? event : { step, subject, done, total })}\n`)
    },
    end() {},
  }
}
