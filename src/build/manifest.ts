/** Names the files of the last build, so that only these are ever replaced or removed. */
export const manifestName = '.weekloom-files.json'

/** Nothing for one that is not there or was damaged. */
export function namesIn(manifest: string): Set<string> {
  try {
    const { files }: { files?: unknown } = JSON.parse(manifest)
    return new Set(Array.isArray(files) ? files.filter(file => typeof file === 'string') : [])
  } catch {
    return new Set()
  }
}

export function manifestOf(files: ReadonlySet<string>): string {
  return `${JSON.stringify({ about: 'Files that weekloom wrote here; it replaces and removes no others.', files: [...files].sort() }, null, 2)}\n`
}
