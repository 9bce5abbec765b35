#!/bin/sh
# Prints the Python that the set-up shall use: the tested 3.11 first, or the one asked for by name or path.
if [ -n "$1" ]; then
    set -- "$1"
else
    set -- python3.11 python3.12 python3.13 python3.14 python3 python
fi
new_enough='import sys; assert sys.version_info >= (3, 11)'

# the first round wants one that can make a virtual environment, the second takes any
for code in "$new_enough; import ensurepip, venv" "$new_enough"; do
    for name in "$@"; do
        if "$name" -c "$code" >/dev/null 2>&1; then # a shim that leads nowhere fails here
            command -v "$name"
            exit 0
        fi
    done
done

there=$(for name in "$@"; do "$name" --version 2>/dev/null; done | sort -u | tr '\n' ',' | sed 's/,$//; s/,/, /g')
cat >&2 <<END
Terrarium needs Python 3.11 or newer. Found: ${there:-none}.
Install it:
  Debian, Ubuntu   sudo apt install python3 python3-venv
  Fedora           sudo dnf install python3.11
  Arch             sudo pacman -S python
  macOS            brew install python@3.11, or the installer from python.org
or say where it is:  make setup PYTHON=/path/to/python3.11
END
exit 1
