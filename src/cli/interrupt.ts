let isInterrupted = false

/** Whether Ctrl-C has stopped the work of this process: code of the user's may go on, and nobody waits for it. */
export function wasInterrupted(): boolean {
  return isInterrupted
}

/** Runs work that Ctrl-C stops: the first one in good order, the second at once. */
export async function stoppable<T>(work: (stop: AbortController) => Promise<T>): Promise<T> {
  const stop = new AbortController()
  const onInterrupt = () => {
    if (stop.signal.aborted) process.exit(130)
    isInterrupted = true
    stop.abort()
  }
  process.on('SIGINT', onInterrupt).on('SIGTERM', onInterrupt)
  try {
    return await work(stop)
  } finally {
    process.off('SIGINT', onInterrupt).off('SIGTERM', onInterrupt)
  }
}
