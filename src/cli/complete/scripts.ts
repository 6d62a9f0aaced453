/** The scripts that `techstore completion` prints. All ask `techstore __complete` for the words. */
import type { Shell } from './shell-words.js';

export const scripts: Readonly<Record<Shell, string>> = {
  bash: `# bash completion for techstore. Put this into ~/.bashrc:
#   source <(techstore completion bash)
_techstore() {
  local word
  COMPREPLY=()
  while IFS= read -r word; do
    COMPREPLY+=("$word")
  done < <(techstore __complete bash -- "\${COMP_LINE:0:COMP_POINT}" 2>/dev/null)
}
# Where there are no words, bash completes files.
complete -o default -F _techstore techstore
`,
  zsh: `#compdef techstore
# zsh completion for techstore. Put this into ~/.zshrc, below compinit:
#   source <(techstore completion zsh)
_techstore() {
  local -a found
  found=("\${(@f)$(techstore __complete zsh -- "\${(j: :)words[1,CURRENT]}" 2>/dev/null)}")
  found=(\${found:#})
  if (( \${#found} )); then
    compadd -a found
  else
    _files
  fi
}
if [ "\${funcstack[1]}" = "_techstore" ]; then
  _techstore "$@"
else
  compdef _techstore techstore
fi
`,
  fish: `# fish completion for techstore. Put it where fish looks for it:
#   techstore completion fish > ~/.config/fish/completions/techstore.fish
function __techstore_complete
  set -l found (techstore __complete fish -- (commandline -cp | string collect) 2>/dev/null)
  if test (count $found) -gt 0
    printf '%s\\n' $found
  else
    __fish_complete_path (commandline -ct)
  end
end
complete -c techstore -f -a '(__techstore_complete)'
`,
};
