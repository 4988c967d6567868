// Installs the packages when they are missing or older than the lock file, so that every script works on a fresh clone.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'

const marker = 'node_modules/.package-lock.json'

/** Runs a command with its output shown; ends this process when it fails. No shell: one would break at the space in `C:\Program Files`. */
export function run(command, args, { shell = false } = {}) {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit', shell })
  if (error) console.error(error.message)
  if (status !== 0) process.exit(status ?? 1)
}

/** Runs Node while this process goes on serving; gives the exit status. */
export function spawnNode(args, env = {}) {
  return new Promise(resolve => {
    spawn(process.execPath, args, { stdio: 'inherit', env: { ...process.env, ...env } }).on('exit', status => resolve(status ?? 1))
  })
}

/** Installs the packages of the lock file unless they are there. */
export function install() {
  if (existsSync(marker) && statSync(marker).mtimeMs >= statSync('package-lock.json').mtimeMs) return
  console.error('Installing packages …')
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error']
  const npm = process.env.npm_execpath ?? ''
  if (npm.endsWith('npm-cli.js')) run(process.execPath, [npm, ...args])
  // Started by hand. On Windows only a shell finds npm.
  else run(['npm', ...args].join(' '), [], { shell: true })
}

/** Runs a program of node_modules. */
export function runBin(name, ...args) {
  run(process.execPath, [`node_modules/${bins[name]}`, ...args])
}

const bins = {
  tsup: 'tsup/dist/cli-default.js',
  tsc: 'typescript/bin/tsc',
  biome: '@biomejs/biome/bin/biome',
  vitest: 'vitest/vitest.mjs',
}
