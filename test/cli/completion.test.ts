import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const cli = join(import.meta.dirname, '../../dist/cli.js')
const script = (shell: string) => spawnSync(process.execPath, [cli, 'completion', shell], { encoding: 'utf8' }).stdout

/** What bash offers for the words of a command line, the last of which is being typed. */
const offered = (...words: string[]) =>
  spawnSync(
    'bash',
    [
      '-c',
      `${script('bash')}\nCOMP_WORDS=(weekloom ${words.map(word => `'${word}'`).join(' ')}); COMP_CWORD=${words.length}; _weekloom; echo "\${COMPREPLY[*]}"`,
    ],
    { encoding: 'utf8' },
  ).stdout.trim()

describe('weekloom completion', () => {
  // Windows has no bash of its own.
  const ofUnix = it.skipIf(process.platform === 'win32')
  ofUnix.each([
    [['bu'], 'build'],
    [['build', '--fro'], '--frozen'],
    [['update', '--dry'], ''],
    [['check', 'packag'], 'package.json package-lock.json'],
    [['completion', '--h'], '--help'],
    [['completion', 'fi'], 'fish'],
  ])('bash completes %j to %j', (words, expected) => {
    expect(
      offered(...words)
        .split(' ')
        .sort(),
    ).toEqual(expected.split(' ').sort())
  })

  it.each(['zsh', 'fish'])('has a script for %s with every command and option', shell => {
    const text = script(shell)
    for (const word of ['build', 'update', 'check', 'show', 'init', 'accept-churn', 'time-zone', 'adopt']) expect(text).toContain(word)
    // Quotes are in pairs, whatever the descriptions hold.
    for (const line of text.split('\n').filter(each => !each.startsWith('#'))) expect(line.split("'").length % 2, line).toBe(1)
  })

  it('ends with 2 for a shell that it does not know', () => {
    expect(spawnSync(process.execPath, [cli, 'completion', 'csh']).status).toBe(2)
  })
})
