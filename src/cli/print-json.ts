/** The one value that a command with `--json` prints on stdout; what it says to people goes to stderr. */
export function printJson(value: unknown): void {
  // JSON leaves as they are what it need not escape, and terminals obey.
  const text = JSON.stringify(value, null, 2).replace(/[\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, character => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
  })
  process.stdout.write(`${text}\n`)
}
