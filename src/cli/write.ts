/** What moves the cursor, speaks to the terminal, or turns the text around; the colours that the command itself sets stand apart. */
const controls = /(\u001b\[(?:2|22|31|33|39)m)|[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g

/** A text as a terminal may have it. Titles, addresses, names of files and answers of hosts are written by strangers: their control characters become spaces. */
function withoutControls(text: string): string {
  return text.replace(controls, (_, colour?: string) => colour ?? ' ')
}

/** Writes what a command was asked for on stdout. All that people read goes through here and {@link tell}. */
export function print(text: string): void {
  process.stdout.write(withoutControls(text))
}

/** Writes what is said beside that on stderr. */
export function tell(text: string): void {
  process.stderr.write(withoutControls(text))
}
