import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect } from 'vitest'
import { hasProgram, itWith } from './real-part.js'

const cli = join(import.meta.dirname, '../../dist/cli.js')
let sockets = 0
let socket = ''
let home: string
const tmux = (...args: string[]) => execFileSync('tmux', ['-L', socket, ...args], { encoding: 'utf8' })
const screen = () => tmux('capture-pane', '-p', '-t', 'run')

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'weekloom-shell-'))
  mkdirSync(join(home, 'bin'))
  // The command by its name, as a shell finds it.
  writeFileSync(join(home, 'bin/weekloom'), `#!/bin/sh\nexec '${process.execPath}' '${cli}' "$@"\n`)
  chmodSync(join(home, 'bin/weekloom'), 0o755)
  writeFileSync(join(home, 'feed of mine.xml'), '')
})
afterEach(() => {
  try {
    tmux('kill-server')
  } catch {
    // It ended by itself.
  }
  rmSync(home, { recursive: true, force: true })
})

const script = (shell: string) => execFileSync(process.execPath, [cli, 'completion', shell], { encoding: 'utf8' })

/** How each shell is told of the script, as the script itself says, and how it is started. */
const shells: readonly { shell: 'bash' | 'zsh' | 'fish'; by: string; start: string; prepare: () => void }[] = [
  {
    shell: 'bash',
    by: 'eval in ~/.bashrc',
    start: 'bash --rcfile .bashrc -i',
    prepare: () => writeFileSync(join(home, '.bashrc'), `PS1='ready> '\neval "$(weekloom completion bash)"\n`),
  },
  {
    shell: 'zsh',
    by: 'eval in ~/.zshrc',
    start: 'zsh -i',
    prepare: () =>
      writeFileSync(join(home, '.zshrc'), `PS1='ready> '\nautoload -Uz compinit && compinit -u -D\neval "$(weekloom completion zsh)"\n`),
  },
  {
    shell: 'zsh',
    by: 'a file in $fpath',
    start: 'zsh -i',
    prepare() {
      mkdirSync(join(home, 'functions'))
      writeFileSync(join(home, 'functions/_weekloom'), script('zsh'))
      writeFileSync(join(home, '.zshrc'), `PS1='ready> '\nfpath=(~/functions $fpath)\nautoload -Uz compinit && compinit -u -D\n`)
    },
  },
  {
    shell: 'fish',
    by: 'a file in completions/',
    start: 'fish -i',
    prepare() {
      mkdirSync(join(home, '.config/fish/completions'), { recursive: true })
      writeFileSync(join(home, '.config/fish/completions/weekloom.fish'), script('fish'))
      writeFileSync(join(home, '.config/fish/config.fish'), `function fish_greeting; end\nfunction fish_prompt; echo 'ready> '; end\n`)
    },
  },
]

/** What the line became after the Tab key. */
async function completed(typed: string, expected: RegExp): Promise<string> {
  tmux('send-keys', '-t', 'run', '-l', typed)
  tmux('send-keys', '-t', 'run', 'Tab')
  const last = () =>
    screen()
      .trimEnd()
      .split('\n')
      .findLast(line => line.startsWith('ready> ')) ?? ''
  for (let tries = 0; tries < 200 && !expected.test(last()); tries++) await wait(50)
  const line = last()
  // The next line begins anew.
  tmux('send-keys', '-t', 'run', 'C-c')
  await wait(100)
  tmux('clear-history', '-t', 'run')
  return line
}

/** Where tmux is missing, it is what the title names. */
const needs = (shell: string) => (hasProgram('tmux') ? shell : 'tmux')

describe('the Tab key', () => {
  for (const { shell, by, start, prepare } of shells) {
    itWith(needs(shell), `completes commands, flags and files in ${shell}, by ${by}`, async () => {
      prepare()
      socket = `weekloom-shell-${process.pid}-${++sockets}`
      const env = `env -i HOME='${home}' XDG_CONFIG_HOME='${home}/.config' PATH='${home}/bin:${process.env['PATH']}' TERM=screen LANG=C.UTF-8 ${start}`
      tmux('-f', '/dev/null', 'new-session', '-d', '-s', 'run', '-x', '100', '-y', '30', '-c', home, 'sh', '-c', env)
      for (let tries = 0; tries < 400 && !screen().includes('ready>'); tries++) await wait(50)
      for (const [typed, expected] of [
        ['weekloom bu', /^ready> weekloom build\b/],
        ['weekloom build --fro', /^ready> weekloom build --frozen\b/],
        ['weekloom init --no-w', /^ready> weekloom init --no-workflow\b/],
        ['weekloom completion fi', /^ready> weekloom completion fish\b/],
        ['weekloom check feed', /^ready> weekloom check (?:feed\\ of\\ mine\.xml|'feed of mine\.xml')/],
      ] as const) {
        expect(await completed(typed, expected)).toMatch(expected)
      }
    })
  }
})
