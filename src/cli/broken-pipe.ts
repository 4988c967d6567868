import { wasInterrupted } from './interrupt.js'

/**
 * Lets work go on whose reader has read enough, as in `weekloom build | head -1`: what is written from then on is dropped. Output that cannot be
 * written for another reason, such as a full disk, ends the command.
 */
export function outliveReaders(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      // EIO: the terminal was closed.
      if (error.code === 'EPIPE' || (error.code === 'EIO' && wasInterrupted())) return
      process.stderr.write(`weekloom: the output could not be written: ${error.message}\n`)
      process.exit(2)
    })
  }
}
