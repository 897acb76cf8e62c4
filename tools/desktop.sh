#!/usr/bin/env bash
# desktop.sh [PROGRAM]: makes the desktop of the person who runs it open projects (.lamina) and packages to label (.lamina-session) with a double click.
# PROGRAM: lamina-studio; without it the one that ./run has built. desktop.sh --remove takes all of it away again.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
data=${XDG_DATA_HOME:-$HOME/.local/share}
desktop=$data/applications/lamina-studio.desktop
mime=$data/mime/packages/lamina-studio.xml
icon=$data/icons/hicolor/scalable/apps/lamina-studio.svg

tell_the_desktop() {
    if command -v update-mime-database > /dev/null; then update-mime-database "$data/mime" > /dev/null 2>&1 || true; fi
    if command -v update-desktop-database > /dev/null; then update-desktop-database "$data/applications" > /dev/null 2>&1 || true; fi
}

if [ "${1:-}" = --remove ]; then
    rm -f "$desktop" "$mime" "$icon"
    mkdir -p "$data/mime" "$data/applications"
    tell_the_desktop
    echo "Lamina's files are opened as before."
    exit 0
fi
program=${1:-$here/build/release/bin/lamina-studio}
if [ ! -x "$program" ]; then
    echo "There is no program $program. Build it with ./run first, or say where it is: tools/desktop.sh PROGRAM" >&2
    exit 1
fi
program=$(readlink -f "$program")
mkdir -p "$(dirname "$desktop")" "$(dirname "$mime")" "$(dirname "$icon")"
quoted=$(printf '%s' "$program" | sed 's/[\\&|]/\\&/g')
sed -e "s|^Exec=lamina-studio|Exec=\"$quoted\"|" -e "s|^TryExec=.*|TryExec=$quoted|" "$here/resources/desktop/lamina-studio.desktop" > "$desktop"
cp "$here/resources/desktop/lamina-studio.xml" "$mime"
cp "$here/resources/desktop/lamina-studio.svg" "$icon"
tell_the_desktop
if command -v xdg-mime > /dev/null; then
    xdg-mime default lamina-studio.desktop application/vnd.lamina.project application/vnd.lamina.session 2> /dev/null || true
fi
echo "A double click on a .lamina project or a .lamina-session package opens it with $program."
