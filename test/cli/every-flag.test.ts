import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it } from 'vitest'
import { makeProgram } from '../../src/cli/program.js'
import { openWorld } from '../run/option-world.js'
import { type FlagRow, flagRows, type Ran, unchanging } from './flag-rows.js'
import { type Ended, runHere } from './run-here.js'

const start = process.cwd()

interface Answered extends Ended {
  served: Ran['served']
}

/** Runs the command in this process; one that serves is asked for its feed and stopped. */
async function run(args: readonly string[], cwd: string): Promise<Answered> {
  if (args[0] !== 'serve') return { ...(await runHere(args, cwd)), served: undefined }
  let tellReady: (url: string) => void = () => {}
  const isReady = new Promise<string>(resolve => {
    tellReady = resolve
  })
  const running = runHere(args, cwd, text => {
    const url = /(?:Serving |"url": ")(http:[^" ]+\/)/.exec(text)?.[1]
    if (url) tellReady(url)
  })
  const url = await Promise.race([running, isReady])
  const served = typeof url === 'string' ? { url, feed: JSON.parse(await (await fetch(`${url}feed.json`)).text()) } : undefined
  if (served) process.emit('SIGINT')
  return { ...(await running), served }
}

const cli = join(start, 'dist/cli.js')

function runAlone(args: readonly string[], cwd: string): Promise<Answered> {
  return new Promise(resolve => {
    const child = spawn(process.execPath, [cli, ...args], { cwd, stdio: ['ignore', 'pipe', 'pipe'] })
    const texts = { stdout: '', stderr: '' }
    for (const name of ['stdout', 'stderr'] as const)
      child[name].on('data', data => {
        texts[name] += data
      })
    child.on('close', status => resolve({ status: status ?? -1, ...texts, served: undefined }))
  })
}

async function runRow({ flag, args = [], config = {}, prepare, earlier, alone }: FlagRow, given: readonly string[]): Promise<Ran> {
  const world = await openWorld()
  try {
    const { hosts } = world
    const usual = { site: { title: 'Loom', url: 'https://loom.example/' }, sources: [{ weekly: 'posts/*.md' }], hosts }
    if (config !== null) world.put('weekloom.config.json', JSON.stringify({ ...usual, ...config }))
    prepare?.(world)
    const runIt = alone ? runAlone : run
    if (earlier) await runIt(earlier, world.folder)
    world.requests.length = 0
    const all = [flag.split(' ')[0] ?? '', ...args, ...given]
    const ended = await runIt(all, world.folder)
    const texts = world.read()
    return {
      args: all,
      ...ended,
      stderr: stripVTControlCharacters(ended.stderr),
      paths: Object.keys(texts),
      text: path => texts[path] ?? '',
      asked: world.requests.map(({ path }) => path),
    }
  } finally {
    await world.close()
  }
}

/** What rows have in common is run once; what runs in a process of its own begins at once, beside the others. */
const ran = new Map<string, Promise<Ran>>()
const runOnce = (row: FlagRow, given: readonly string[]): Promise<Ran> => {
  const { flag, args, config, prepare, earlier, alone } = row
  const key = JSON.stringify([flag.split(' ')[0], args, given, config, prepare?.toString(), earlier, alone])
  const known = ran.get(key) ?? runRow(row, given)
  ran.set(key, known)
  return known
}
const givenBy = async ({ with: given }: FlagRow) => (typeof given === 'function' ? await given() : given)
for (const row of flagRows.filter(({ alone }) => alone)) {
  void runOnce(row, row.without ?? [])
  void givenBy(row).then(given => runOnce(row, given))
}

describe('a flag changes what a command does', () => {
  it.each(flagRows)('$flag', async row => {
    const { without = [], shows, before, after } = row
    expect(shows(await runOnce(row, without)), 'without it').toEqual(before)
    expect(shows(await runOnce(row, await givenBy(row))), 'with it').toEqual(after)
    expect(before).not.toEqual(after)
  })
})

it('what a command prints with --json is one value, with the names that the docs give', async () => {
  const told = [...readFileSync('docs/json.md', 'utf8').matchAll(/^\| (`.*?`) \| (`.*?`) \|/gm)].flatMap(([, commands = '', names = '']) =>
    namesIn(commands).map(command => [command, namesIn(names)] as const),
  )
  const withJson = makeProgram().commands.filter(command => command.options.some(({ long }) => long === '--json'))
  expect(told.map(([command]) => command).sort()).toEqual(withJson.map(command => command.name()).sort())
  for (const [command, names] of told) {
    const row = flagRows.find(({ flag }) => flag === `${command} --json`)
    const value: object | object[] = JSON.parse(row ? (await runOnce(row, await givenBy(row))).stdout : '')
    expect(Object.keys([value].flat()[0] ?? {}), command).toEqual(names)
  }
})

const namesIn = (text: string) => text.match(/(?<=`)[a-z]+(?=`)/gi) ?? []

it('--help explains every command, and names each of its flags', async () => {
  for (const command of makeProgram().commands) {
    const { status, stdout } = await runHere([command.name(), '--help'], start)
    expect(status).toBe(0)
    expect(command.options.filter(({ long }) => !stdout.includes(long ?? '?'))).toEqual([])
  }
})

it('each flag of each command has a row; and no row is of a flag that is not there', () => {
  const flags = makeProgram().commands.flatMap(command => command.options.map(({ long }) => `${command.name()} ${long}`))
  const shown = new Set([...flagRows.map(({ flag }) => flag), ...Object.keys(unchanging)])
  expect(flags.length).toBeGreaterThan(50)
  expect(flags.filter(flag => !shown.has(flag))).toEqual([])
  expect([...shown].filter(flag => !flags.includes(flag))).toEqual([])
})
