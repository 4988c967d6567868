/** A program that installs packages: how it is told from others, and what it is asked. */
export interface PackageManager {
  /** Files in which it keeps the very versions. */
  locks: readonly string[]
  /** Adds a package that the site is made with. */
  add: string
  /** Runs a command of an installed package. */
  run: string
  /** What a workflow needs: steps before Node is set up, what of it is kept between runs, and how exactly what the lock file says is installed. */
  workflow: (isPinned: boolean) => { before: readonly string[]; cache?: string; install: string }
}

/** What is meant where no lock file tells. */
export const npm: PackageManager = {
  locks: ['package-lock.json'],
  add: 'npm install --save-dev',
  run: 'npx',
  workflow: () => ({ before: [], cache: 'npm', install: 'npm ci' }),
}

/** In the order in which their lock files are looked for. */
export const packageManagers: readonly PackageManager[] = [
  npm,
  {
    locks: ['pnpm-lock.yaml'],
    add: 'pnpm add --save-dev',
    run: 'pnpm exec',
    workflow: isPinned => ({
      before: ['- uses: pnpm/action-setup@v4', ...(isPinned ? [] : ['  with:', '    version: latest'])],
      cache: 'pnpm',
      install: 'pnpm install --frozen-lockfile',
    }),
  },
  {
    locks: ['yarn.lock'],
    add: 'yarn add --dev',
    run: 'yarn run',
    workflow: isPinned => ({
      before: isPinned ? ['- run: corepack enable'] : [],
      cache: 'yarn',
      install: isPinned ? 'yarn install --immutable' : 'yarn install --frozen-lockfile',
    }),
  },
  {
    locks: ['bun.lock', 'bun.lockb'],
    add: 'bun add --dev',
    run: 'bunx',
    workflow: () => ({ before: ['- uses: oven-sh/setup-bun@v2'], install: 'bun install --frozen-lockfile' }),
  },
]
