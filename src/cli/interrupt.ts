/** What stops the work, and the exit status that tells of it: a shell's own, 128 and the number of the signal. */
const statusOf = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const
type Stop = keyof typeof statusOf
const isStop = (signal: string): signal is Stop => signal in statusOf
const stops = Object.keys(statusOf).filter(isStop)

let stoppedBy: Stop | undefined

/** Whether Ctrl-C, `kill` or a closed terminal has stopped the work of this process: code of the user's may go on, and nobody waits for it. */
export function wasInterrupted(): boolean {
  return stoppedBy !== undefined
}

/** The exit status of work that was stopped. */
export function stoppedStatus(): number {
  return statusOf[stoppedBy ?? 'SIGINT']
}

/** Runs work that these signals stop: the first one in good order, the second at once. */
export async function stoppable<T>(work: (stop: AbortController) => Promise<T>): Promise<T> {
  const stop = new AbortController()
  const listeners = stops.map(signal => {
    // What emits a signal need not name it.
    const onStop = () => {
      if (stop.signal.aborted) process.exit(statusOf[signal])
      stoppedBy = signal
      stop.abort()
    }
    return { signal, onStop }
  })
  for (const { signal, onStop } of listeners) process.on(signal, onStop)
  try {
    return await work(stop)
  } finally {
    for (const { signal, onStop } of listeners) process.off(signal, onStop)
  }
}
