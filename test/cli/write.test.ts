import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { cutColumns } from '../../src/cli/columns.js'
import { printJson } from '../../src/cli/print-json.js'
import { runProgram } from '../../src/cli/program.js'
import { print, tell } from '../../src/cli/write.js'

/** The clipboard of who looks is set by the first; the others clear, retitle, go back, and turn around. */
const hostile = '\u001b]52;c;aGk=\u0007\u001b[2J\u009b31m\u009d0;x\u009c\r\b\u007f\u0000\u202e\u2066'
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/

describe('what is printed', () => {
  let printed = ''
  let isColoured = false
  let folder = ''
  beforeEach(() => {
    printed = ''
    folder = mkdtempSync(join(tmpdir(), 'weekloom-write-'))
    for (const stream of ['stdout', 'stderr'] as const)
      vi.spyOn(process[stream], 'write').mockImplementation(text => {
        printed += isColoured ? String(text) : String(text).replace(/\u001b\[(?:2|22|31|33|39)m/g, '')
        return true
      })
  })
  afterEach(() => {
    vi.restoreAllMocks()
    process.exitCode = 0
    isColoured = false
    rmSync(folder, { recursive: true, force: true })
  })

  it('has no control characters of strangers, and keeps lines, tabs and its own colours', () => {
    print(`a${hostile}b\n\tc`)
    tell(`a${hostile}b`)
    expect(printed).not.toMatch(controls)
    expect(printed).toMatch(/^a .* b\n\tca .* b$/)
    printed = ''
    isColoured = true
    tell('\u001b[31merror\u001b[39m \u001b[2mdim\u001b[22m')
    expect(printed).toBe('\u001b[31merror\u001b[39m \u001b[2mdim\u001b[22m')
    expect(cutColumns(hostile, 80)).not.toMatch(controls)
  })

  it('is the same value as JSON, with nothing in it that a terminal obeys', () => {
    printJson({ [hostile]: hostile })
    expect(printed).not.toMatch(controls)
    expect(JSON.parse(printed)).toEqual({ [hostile]: hostile })
  })

  it.each([
    ['show', 'feed.json'],
    ['check', 'feed.json'],
    ['show', `post\u001b]0;x\u0007\r\u009b/post.md`],
    ['check', `\u001b]52;c;aGk=\u0007.xml`],
    ['show', '--json', 'feed.json'],
  ])('by %s %j obeys no feed, post or name of a file', async (...args) => {
    const place = join(folder, String(args.at(-1)))
    mkdirSync(join(place, '..'), { recursive: true })
    const item = { id: hostile, url: `https://a.example/${hostile}`, title: hostile, date_published: hostile, content_text: hostile }
    const feed = { version: 'https://jsonfeed.org/version/1.1', title: hostile, items: [item, { ...item, tags: [hostile] }] }
    writeFileSync(place, place.endsWith('.md') ? `---\ntitle: "\\e]52;c;aGk=\\a"\n---\n- [x](y)\n` : JSON.stringify(feed))
    await runProgram([...args.slice(0, -1), place])
    expect(printed).not.toBe('')
    expect(printed).not.toMatch(controls)
  })
})
