/** What a shell needs to know of a command. */
export interface CommandWords {
  name: string
  description: string
  /** Long names of its options, with what each does. */
  options: readonly { flag: string; description: string }[]
  /** What its argument may be; files where it has no such list. */
  choices: readonly string[]
}

/** Shells for which there is a script. */
export const shells = ['bash', 'zsh', 'fish'] as const
export type Shell = (typeof shells)[number]

/** A script that makes a shell complete the commands and options; files are completed as everywhere else. */
export function completionScript(shell: Shell, commands: readonly CommandWords[]): string {
  return { bash, zsh, fish }[shell](commands)
}

function bash(commands: readonly CommandWords[]): string {
  const cases = commands.map(
    ({ name, options, choices }) => `    ${name}) words='${options.map(({ flag }) => flag).join(' ')}' choices='${choices.join(' ')}' ;;`,
  )
  return `# weekloom completion bash: eval "$(weekloom completion bash)"
_weekloom() {
  local word="\${COMP_WORDS[COMP_CWORD]}" words='' choices=''
  if [ "$COMP_CWORD" -eq 1 ]; then choices='${commands.map(({ name }) => name).join(' ')}'
  else case "\${COMP_WORDS[1]}" in
${cases.join('\n')}
  esac; fi
  case "$word" in
    -*) COMPREPLY=($(compgen -W "$words" -- "$word")) ;;
    *) if [ -n "$choices" ]; then COMPREPLY=($(compgen -W "$choices" -- "$word")); else local IFS=$'\\n'; COMPREPLY=($(compgen -f -- "$word")); fi ;;
  esac
}
complete -o filenames -F _weekloom weekloom
`
}

function zsh(commands: readonly CommandWords[]): string {
  const cases = commands.map(
    ({ name, options, choices }) =>
      `    ${name}) _arguments ${options.map(({ flag, description }) => `'${flag}[${plain(description)}]'`).join(' ')} ${choices.length > 0 ? `'1:choice:(${choices.join(' ')})'` : `'*:file:_files'`} ;;`,
  )
  return `#compdef weekloom
# weekloom completion zsh > a folder of $fpath, as _weekloom; or: eval "$(weekloom completion zsh)"
_weekloom() {
  local -a commands
  commands=(${commands.map(({ name, description }) => `'${name}:${plain(description)}'`).join(' ')})
  if (( CURRENT == 2 )); then _describe command commands; return; fi
  local name="$words[2]"
  shift words
  (( CURRENT-- ))
  case "$name" in
${cases.join('\n')}
  esac
}
# As a file of $fpath it is run for the first completion itself.
if [ "$funcstack[1]" = _weekloom ]; then _weekloom "$@"
elif (( $+functions[compdef] )); then compdef _weekloom weekloom
fi
`
}

function fish(commands: readonly CommandWords[]): string {
  const lines = commands.flatMap(({ name, description, options, choices }) => [
    `complete -c weekloom -n __fish_use_subcommand -a ${name} -d '${plain(description)}'`,
    ...options.map(
      option =>
        `complete -c weekloom -n '__fish_seen_subcommand_from ${name}' -l ${option.flag.slice(2)} -d '${plain(option.description)}'`,
    ),
    ...(choices.length > 0 ? [`complete -c weekloom -n '__fish_seen_subcommand_from ${name}' -f -a '${choices.join(' ')}'`] : []),
  ])
  return `# weekloom completion fish > ~/.config/fish/completions/weekloom.fish\n${lines.join('\n')}\n`
}

/** Fit to stand between single quotes, and between the brackets of zsh. */
function plain(text: string): string {
  return text.replace(/['[\]:\\]/g, ' ')
}
