/**
 * Lets a build of Rollup or Vite fail at its end while they watch: what fails at its start is watched by nobody, since no module was loaded yet, and saving the site's own files would
 * never build again.
 */
export function failLater() {
  let failure: unknown
  return {
    async attempt(step: Promise<void>, isWatching: boolean): Promise<void> {
      failure = undefined
      await step.catch(error => {
        if (!isWatching) throw error
        failure = error
      })
    },
    buildEnd(error?: Error): void {
      if (failure !== undefined && error === undefined) throw failure
    },
  }
}
